// What hovers say of the results of a place, be it a layer's or a block's.
import type { Analysis } from '../analysis.ts';
import type { Counting } from '../counting/counting.ts';
import { operationsUnit, parametersUnit } from '../counting/words.ts';
import type { CallPath } from '../graph/block-graph.ts';
import { isUnknown, type Unknown } from '../shapes/dim.ts';
import { unknownIn } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';
import { callPathLinks, sharedCalls, ways } from './call-paths.ts';
import { operationCountOf, paramsOf, type SiteResult } from './counted-variant.ts';
import { exactCount, shortCount } from './figures.ts';
import { focusLabel, focusOnCalls, type FocusedCall } from './focus.ts';
import { code, escapeMarkdown, link } from './markdown.ts';
import { placeLink, type Places } from './places.ts';
import { shapeLabel, shapesLabel } from './shape-label.ts';

export interface Hover {
  /** What the hover speaks of: the callee, `tf.layers.conv2d`, or an attribute's name. */
  readonly at: Location;
  readonly markdown: string;
}

/** More results than this are counted instead of listed. */
const MOST_RESULTS = 12;

/** Why something is `?`, with the place where that began. */
export function reasons(variant: SiteResult, places: Places, counting: Counting): string[] {
  const unknowns = [unknownIn(variant.output), variant.params, operationCountOf(variant, counting)].filter((u): u is Unknown => u !== undefined && isUnknown(u));
  const told = new Map(unknowns.map(u => [u.reason, u]));
  return [...told.values()].map(u => `${code('?')}: ${escapeMarkdown(u.reason)}${u.at ? ` (${placeLink(u.at, places)})` : ''}`);
}

/** `Only stage line 40 › block line 12 · show all`. */
export const focusLine = (analysis: Analysis, focus: FocusedCall, places: Places): string =>
  `Only **${escapeMarkdown(focusLabel(analysis, focus, places))}**${places.focus ? ` · ${link('show all', places.focus.showAll)}` : ''}`;

/** A list and not a table, because the columns of a table become narrow and overflow where shapes are long expressions. */
export function resultList(variants: readonly SiteResult[], analysis: Analysis, places: Places, counting: Counting): string {
  const shared = sharedCalls(variants.flatMap(variant => variant.callPaths));
  const rest = variants.length - MOST_RESULTS;
  return [
    ...variants.slice(0, MOST_RESULTS).map(variant => `- ${[resultLine(variant, counting), callers(variant.callPaths, shared, analysis, places)].filter(part => part !== '').join(' — ')}`),
    ...(rest > 0 ? ['', `and ${rest} more results`] : []),
  ].join('\n');
}

/** `56×56×64 → 56×56×256 · 16,640 params · 51.4M MACs ×4`, with what comes out in bold. */
function resultLine(variant: SiteResult, counting: Counting): string {
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

export function assumptions(variants: readonly SiteResult[]): string | undefined {
  const assumed = [...new Set(variants.flatMap(variant => variant.assumed))];
  return assumed.length > 0 ? `\\* Assumed, because nothing that can be read says otherwise: ${assumed.map(code).join(', ')}` : undefined;
}

export const paragraphs = (...parts: readonly (string | undefined)[]): string => parts.filter(part => part).join('\n\n');
