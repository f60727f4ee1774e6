// The hover in a layer's call: what the layer is, what goes in and out, how each figure is worked out, and what was taken for granted.
import type { Analysis, LayerSite, LayerVariant } from '../analysis.ts';
import { defaultCounting, type Counting } from '../counting/counting.ts';
import { countedWeights } from '../counting/parameters.ts';
import { operationsInFull, operationsUnit, parametersUnit } from '../counting/words.ts';
import type { CallPath } from '../graph/block-graph.ts';
import { findLayer } from '../layers/registry.ts';
import { isUnknown, type Dim, type Unknown } from '../shapes/dim.ts';
import { unknownIn } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';
import { attributeHover } from './attribute-hover.ts';
import { callPathLinks, sharedCalls, ways } from './call-paths.ts';
import { buffersIn, operationCountOf, operationsOf, paramsOf } from './counted-variant.ts';
import { odditiesOfLayer } from './oddities.ts';
import { exactCount, shortCount, sumOfProducts } from './figures.ts';
import { focusLabel, focusOnCalls, resultsWithin, type FocusedCall } from './focus.ts';
import { code, escapeMarkdown, link } from './markdown.ts';
import { placeLink, type Places } from './places.ts';
import { shapeLabel, shapesLabel, wholeShape, wholeShapes } from './shape-label.ts';

export interface Hover {
  /** What the hover speaks of: the callee, `tf.layers.conv2d`, or an attribute's name. */
  readonly at: Location;
  readonly markdown: string;
}

/** More names than this are counted instead of listed. */
const MOST_NAMES = 3;

/** More results than this are counted instead of listed. */
const MOST_RESULTS = 12;

/** The hover on the layer, or on the attribute, that the offset names; other arguments are left to the language itself. */
export const hoverAt = (analysis: Analysis, text: string, offset: number, places: Places, focus?: FocusedCall, counting: Counting = defaultCounting): Hover | undefined =>
  layerHover(analysis, offset, places, focus, counting) ?? attributeHover(analysis, text, offset);

function layerHover(analysis: Analysis, offset: number, places: Places, focus: FocusedCall | undefined, counting: Counting): Hover | undefined {
  const sites = analysis.sites.filter(({ at, call }) => at.file === analysis.file && call.start <= offset && offset <= at.end);
  const nearest = sites.reduce<LayerSite | undefined>((best, site) => (best && best.at.start <= site.at.start ? best : site), undefined);
  if (!nearest) return undefined;
  const same = sites.filter(site => site.at.start === nearest.at.start);
  return {
    at: { file: nearest.at.file, start: nearest.call.start, end: nearest.at.end },
    markdown: same.map(site => layerMarkdown(site, analysis, places, focus, counting)).join('\n\n---\n\n'),
  };
}

/** Everything that is known of one layer in the source, as Markdown. */
export function layerMarkdown(site: LayerSite, analysis: Analysis, places: Places, focus?: FocusedCall, counting: Counting = defaultCounting): string {
  const definition = findLayer(site.layer);
  const doc = definition?.doc;
  const shown = focus ? resultsWithin(site.variants, focus) : site.variants;
  const [first] = shown;
  return paragraphs(
    `**${escapeMarkdown(site.layer)}**${doc ? ` — ${doc.summary}` : ''}`,
    ...(first
      ? [
          focus && shown !== site.variants ? focusLine(analysis, focus, places) : undefined,
          shown.length > 1 ? resultList(shown, analysis, places, counting) : undefined,
          workedOut(first, places, shown.length > 1, counting),
          assumptions(shown),
          nameLine(shown),
        ]
      : ['It is made here, but nothing that can be read applies it to a tensor, so it has no shape yet.']),
    doc?.formula ? `Rule: ${code(doc.formula)}` : undefined,
    definition && odditiesOfLayer(definition).map(oddity => `⚠ ${oddity}`).join('  \n'),
    `*Inferred from the source; nothing was run.*${doc ? ` ${link(doc.source.title, doc.source.url)}` : ''}`,
  );
}

/** What `model.getLayer` finds the layers by; nothing where a name is not certain. */
function nameLine(variants: readonly LayerVariant[]): string | undefined {
  const names = [...new Set(variants.flatMap(variant => variant.names))];
  if (names.includes(undefined)) return undefined;
  const rest = names.length - MOST_NAMES;
  return `Named ${names.slice(0, MOST_NAMES).map(name => code(name!)).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Shapes, parameters and MACs of one result with the arithmetic behind them. */
function workedOut(variant: LayerVariant, places: Places, oneOfSeveral: boolean, counting: Counting): string {
  const { node } = variant;
  const title = oneOfSeveral ? 'The first of them: ' : '';
  const shapes = `${title}${variant.inputs.length > 0 ? `${code(wholeShapes(variant.inputs))} → ` : ''}${code(wholeShape(variant.output))}`;
  return [
    shapes + (variant.count > 1 && !oneOfSeveral ? ` ×${variant.count}` : ''),
    ...reasons(variant, places, counting),
    ...node.workings.map(code),
    parameters(variant, counting),
    operations(variant, counting),
  ].filter(line => line !== undefined && line !== '').join('  \n');
}

/** `Parameters: 3·3·64·128 + 128 = 73,856 (kernel, bias)`, with the split where some are not trained, and whose count it is where that matters. */
function parameters(variant: LayerVariant, counting: Counting): string | undefined {
  const { trainableParams, node } = variant;
  if (variant.params === 0) return undefined;
  const params = paramsOf(variant, counting);
  if (isUnknown(params) || node.weights.length === 0) return `Parameters: **${exactCount(params)}**`;
  const weights = countedWeights(node, counting);
  const names = [...new Set(weights.map(weight => weight.name))].map(escapeMarkdown).join(', ');
  const sum = sumOfProducts(weights.map(weight => weight.shape));
  return `Parameters: ${equation(sum, params)} (${names})${notTrained(params, trainableParams)}${convention(variant, counting)}`;
}

/** Where Keras and PyTorch do not count the same. */
function convention(variant: LayerVariant, { parameters: counted }: Counting): string {
  const buffers = buffersIn(variant);
  if (buffers === 0) return '';
  return counted === 'pytorch'
    ? `; as PyTorch counts them: without ${exactCount(buffers)} running statistics`
    : `; as Keras counts them: ${exactCount(buffers)} are running statistics, which PyTorch does not count`;
}

function notTrained(params: Dim, trainable: Dim): string {
  if (typeof params !== 'number' || typeof trainable !== 'number' || trainable === params) return '';
  return trainable === 0 ? ', not trainable' : `, ${exactCount(trainable)} trainable and ${exactCount(params - trainable)} not`;
}

/** `MACs: 56·56·3·3·64·128 = 231,211,008`, or what is counted in their stead; none where the layer has none. */
function operations(variant: LayerVariant, counting: Counting): string | undefined {
  const { count, products } = operationsOf(variant, counting);
  if (count === 0 && products.length === 0) return undefined;
  const [unit, inFull] = [operationsUnit(counting), operationsInFull(counting)];
  if (isUnknown(count) || products.length === 0) return `${unit}: **${exactCount(count)}** (${inFull})`;
  return `${unit}: ${equation(sumOfProducts(products), count)} (${inFull})`;
}

/** The sum and its value; only the value where the sum is no more than that. */
const equation = (sum: string, value: Dim): string => {
  const result = exactCount(value);
  return sum === result ? `**${result}**` : `${code(sum)} = **${escapeMarkdown(result)}**`;
};

/** Why something is `?`, with the place where that began. */
function reasons(variant: LayerVariant, places: Places, counting: Counting): string[] {
  const unknowns = [unknownIn(variant.output), variant.params, operationCountOf(variant, counting)].filter((u): u is Unknown => u !== undefined && isUnknown(u));
  const told = new Map(unknowns.map(u => [u.reason, u]));
  return [...told.values()].map(u => `${code('?')}: ${escapeMarkdown(u.reason)}${u.at ? ` (${placeLink(u.at, places)})` : ''}`);
}

/** `Only stage line 40 › block line 12 · show all`. */
const focusLine = (analysis: Analysis, focus: FocusedCall, places: Places): string =>
  `Only **${escapeMarkdown(focusLabel(analysis, focus, places))}**${places.focus ? ` · ${link('show all', places.focus.showAll)}` : ''}`;

/** A list and not a table, because the columns of a table become narrow and overflow where shapes are long expressions. */
function resultList(variants: readonly LayerVariant[], analysis: Analysis, places: Places, counting: Counting): string {
  const shared = sharedCalls(variants.flatMap(variant => variant.callPaths));
  const rest = variants.length - MOST_RESULTS;
  return [
    ...variants.slice(0, MOST_RESULTS).map(variant => `- ${[resultLine(variant, counting), callers(variant.callPaths, shared, analysis, places)].filter(part => part !== '').join(' — ')}`),
    ...(rest > 0 ? ['', `and ${rest} more results`] : []),
  ].join('\n');
}

/** `56×56×64 → 56×56×256 · 16,640 params · 51.4M MACs ×4`, with what comes out in bold. */
function resultLine(variant: LayerVariant, counting: Counting): string {
  const { inputs, output, count } = variant;
  const params = paramsOf(variant, counting);
  const computed = operationCountOf(variant, counting);
  const shapes = `${inputs.length > 0 ? `${escapeMarkdown(shapesLabel(inputs))} ` : ''}→ **${escapeMarkdown(shapeLabel(output))}**`;
  const figures = [
    [params, typeof params === 'number' ? exactCount(params) : shortCount(params), parametersUnit(counting)],
    [computed, shortCount(computed), operationsUnit(counting)],
  ] as const;
  const said = figures.filter(([count, text]) => count !== 0 && text !== '…').map(([, text, what]) => ` · ${escapeMarkdown(text)} ${what}`);
  return `${shapes}${said.join('')}${count > 1 ? ` ×${count}` : ''}`;
}

/** The first way that leads to a result; the calls of the rest are counted. */
function callers(callPaths: readonly CallPath[], shared: number, analysis: Analysis, places: Places): string {
  const [calls] = ways(callPaths.filter(path => path.length > shared));
  if (!calls) return '';
  // The last call is of the function in which the hover is.
  const way = calls[0]!.slice(shared).map((step, i, { length }) => (i === length - 1 ? { ...step, name: '' } : step));
  const focus = places.focus ? ` (${link('focus', places.focus.on(focusOnCalls(analysis, calls)))})` : '';
  const more = callPaths.length - calls.length;
  const called = analysis.calledFunctions.find(fn => fn.callPaths.includes(callPaths[0]!));
  return `${callPathLinks(way, places)}${focus}${more > 0 ? ` and ${link(`${more} more`, called && places.focus?.choose(called.at))}` : ''}`;
}

function assumptions(variants: readonly LayerVariant[]): string | undefined {
  const assumed = [...new Set(variants.flatMap(variant => variant.assumed))];
  return assumed.length > 0 ? `\\* Assumed, because nothing that can be read says otherwise: ${assumed.map(code).join(', ')}` : undefined;
}

const paragraphs = (...parts: readonly (string | undefined)[]): string => parts.filter(part => part).join('\n\n');
