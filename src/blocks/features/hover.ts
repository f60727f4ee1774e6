// The hover in a layer's call: what the layer is, what goes in and out, how each figure is worked out, and what was taken for granted.
import type { Analysis, LayerSite, LayerVariant } from '../analysis.ts';
import { defaultCounting, type Counting } from '../counting/counting.ts';
import { countedWeights } from '../counting/parameters.ts';
import { operationsInFull, operationsUnit } from '../counting/words.ts';
import { findLayerOf } from '../layers/registry.ts';
import { isUnknown, type Dim } from '../shapes/dim.ts';
import { attributeHover } from './attribute-hover.ts';
import { blockHover, blockMarkdown } from './block-hover.ts';
import { buffersIn, operationsOf, paramsOf } from './counted-variant.ts';
import { odditiesOfLayer } from './oddities.ts';
import { exactCount, sumOfProducts } from './figures.ts';
import { resultsWithin, type FocusedCall } from './focus.ts';
import { assumptions, focusLine, paragraphs, reasons, resultList, type Hover } from './hover-results.ts';
import { code, escapeMarkdown, link } from './markdown.ts';
import type { Site } from './inlay-hints.ts';
import { parameterHover } from './parameter-hover.ts';
import type { Places } from './places.ts';
import { seenBy } from './seen-by.ts';
import { settingHover } from './setting-hover.ts';
import { wholeShape, wholeShapes } from './shape-label.ts';

/** More names than this are counted instead of listed. */
const MOST_NAMES = 3;

/** The hover on the layer, the block, the attribute or the parameter that the offset names; other arguments are left to the language itself. */
export const hoverAt = (analysis: Analysis, text: string, offset: number, places: Places, focus?: FocusedCall, counting: Counting = defaultCounting): Hover | undefined =>
  parameterHover(analysis, offset) ?? settingHover(analysis, offset) ?? layerHover(analysis, offset, places, focus, counting)
    ?? blockHover(analysis, offset, places, focus, counting) ?? attributeHover(analysis, text, offset);

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

/** Everything that is known of what a hint speaks of, as Markdown. */
export const siteMarkdown = (site: Site, analysis: Analysis, places: Places, focus: FocusedCall | undefined, counting: Counting): string =>
  ('layer' in site ? layerMarkdown(site, analysis, places, focus, counting) : blockMarkdown(site, analysis, places, focus, counting));

/** Everything that is known of one layer in the source, as Markdown. */
export function layerMarkdown(site: LayerSite, analysis: Analysis, places: Places, focus?: FocusedCall, counting: Counting = defaultCounting): string {
  const definition = findLayerOf(site);
  const doc = definition?.doc;
  const shown = focus ? resultsWithin(site.variants, focus) : site.variants;
  const [first] = shown;
  return paragraphs(
    `**${escapeMarkdown(site.layer)}**${doc ? ` — ${doc.summary}` : ''}`,
    ...(first
      ? [
          focus && shown !== site.variants ? focusLine(analysis, focus, places) : undefined,
          shown.length > 1 ? resultList(shown, analysis, places, counting) : undefined,
          workedOut(first, places, shown.length > 1, counting, seenBy(site, first, analysis)),
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

/** Shapes, parameters and MACs of one result with the arithmetic behind them, and what it sees. */
function workedOut(variant: LayerVariant, places: Places, oneOfSeveral: boolean, counting: Counting, seen: readonly string[]): string {
  const { node } = variant;
  const title = oneOfSeveral ? 'The first of them: ' : '';
  const shapes = `${title}${variant.inputs.length > 0 ? `${code(wholeShapes(variant.inputs))} → ` : ''}${code(wholeShape(variant.output))}`;
  return [
    shapes + (variant.count > 1 && !oneOfSeveral ? ` ×${variant.count}` : ''),
    ...reasons(variant, places, counting),
    ...node.workings.map(code),
    parameters(variant, counting),
    operations(variant, counting),
    ...seen,
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
