// What stands at the end of a layer's call, and of one that puts a block together: `→ 56×56×64 · 18.5k`.
//
// A line that is evaluated several times says all of its results: one distinct result prints plainly, two or three are
// joined (`56×56×64 · 36.9k | 28×28×128 · 147.6k`), more become a range per dimension with a count and the sum of the
// parameters (`112…7×112…7×64…2048 ×53 · Σ 23.5M`). A trailing `*` says that a value was assumed; the hover says which.
// While a call is focused, its results alone are shown, with `14 of 53` where they are several of the line's.
import type { Analysis, BlockSite, LayerSite } from '../analysis.ts';
import { defaultCounting, sameCounting, type Counting } from '../counting/counting.ts';
import { operationsUnit } from '../counting/words.ts';
import { addDims, isUnknown, multiplyDims, sameDim, type Dim } from '../shapes/dim.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';
import { operationCountOf, paramsOf, type SiteResult } from './counted-variant.ts';
import { shortCount } from './figures.ts';
import { resultsWithin, type FocusedCall } from './focus.ts';
import { dimLabel, shapeLabel, showsBatch } from './shape-label.ts';

export interface InlayHint {
  /** The end of the call that makes the layer. */
  readonly offset: number;
  readonly parts: readonly HintPart[];
  /** What the hint speaks of, for the hover that is made only when somebody asks. */
  readonly sites: readonly Site[];
}

export type Site = LayerSite | BlockSite;

/** A piece of the label; `at` is the place that it leads to. */
export interface HintPart {
  readonly text: string;
  readonly at?: Location;
}

export interface HintOptions {
  readonly shape: boolean;
  readonly params: boolean;
  /** The multiply-accumulates, or what is counted in their stead. */
  readonly macs: boolean;
  readonly counting: Counting;
  /** How many characters the editor shows before it cuts a hint off; 0 where it never does. */
  readonly room: number;
}

export const defaultHintOptions: HintOptions = { shape: true, params: true, macs: false, counting: defaultCounting, room: 43 };

/** The most results of one line that are printed side by side. */
const SIDE_BY_SIDE = 3;

/** At most one hint per offset, in the order of the source, where the editor draws it; layers that are never applied have none. */
export function inlayHints(analysis: Analysis, options: HintOptions = defaultHintOptions, focus?: FocusedCall, isDrawn: (offset: number) => boolean = () => true): InlayHint[] {
  if (!options.shape && !options.params && !options.macs) return [];
  const shown: Site[] = [];
  for (const site of analysis.sites) if (isShown(site, analysis.file) && isDrawn(site.call.end)) shown.push(site);
  for (const site of analysis.blockSites) if (isShown(site, analysis.file) && isDrawn(site.call.end)) shown.push(site);
  // Nearly in this order already: of calls in each other's arguments the outer one ends later.
  shown.sort((a, b) => a.call.end - b.call.end);
  const hints: InlayHint[] = [];
  for (let from = 0, to = 1; from < shown.length; from = to++) {
    const offset = shown[from]!.call.end;
    while (to < shown.length && shown[to]!.call.end === offset) to++;
    const sites = to === from + 1 ? [shown[from]!] : shown.slice(from, to);
    const parts = partsOf(sites, options, focus);
    if (parts.length > 0) hints.push({ offset, sites, parts });
  }
  return analysis.blockSites.length === 0 ? hints : hints.filter((hint, i) => !repeats(hint, hints[i - 1]));
}

const isShown = ({ call, variants }: Site, ofFile: string): boolean => call.file === ofFile && variants.length > 0;

/** Whether a block says no more than the last of its blocks, right behind it: `sequential(mbConv({ … }))`. */
const repeats = (hint: InlayHint, before: InlayHint | undefined): boolean =>
  before !== undefined && hint.offset - before.offset <= 2 && hint.sites.every(site => 'name' in site) && hintText(hint) === hintText(before);

/** What was printed of a list of results, which stays the same list for as long as no edit concerns it. */
const printed = new WeakMap<readonly SiteResult[], { readonly options: HintOptions; readonly parts: readonly HintPart[] }>();

function partsOf(sites: readonly Site[], options: HintOptions, focus: FocusedCall | undefined): readonly HintPart[] {
  if (focus || sites.length > 1) return hintParts(sites.flatMap<SiteResult>(site => site.variants), options, focus);
  const { variants } = sites[0]!;
  const before = printed.get(variants);
  if (before && sameHintOptions(before.options, options)) return before.parts;
  const parts = hintParts(variants, options, focus);
  printed.set(variants, { options, parts });
  return parts;
}

export const sameHintOptions = (a: HintOptions, b: HintOptions): boolean =>
  a === b || (a.shape === b.shape && a.params === b.params && a.macs === b.macs && a.room === b.room && sameCounting(a.counting, b.counting));

export const hintText = (hint: InlayHint): string => hint.parts.map(part => part.text).join('');

function hintParts(all: readonly SiteResult[], options: HintOptions, focus: FocusedCall | undefined): HintPart[] {
  const variants = focus ? resultsWithin(all, focus) : all;
  const count = countOf(variants);
  const outOf = countOf(all);
  const distinct = labelled(variants, options);
  if (distinct.length === 0) return [];
  if (distinct.length <= SIDE_BY_SIDE) {
    const share: HintPart[] = count > 1 && count < outOf ? [{ text: ` (${count} of ${outOf})` }] : [];
    const whole = [...sideBySide(distinct, options), ...share];
    if (fits(whole, options) || distinct.length === 1) return whole;
    // The shapes alone say more than figures that the editor cuts off.
    const shapesOnly = { ...options, params: false, macs: false };
    const shapes = options.shape && [...sideBySide(labelled(variants, shapesOnly), shapesOnly), ...share];
    if (shapes && fits(shapes, options)) return shapes;
  }
  const outputs = variants.map(variant => variant.output);
  const ofAll = (shapes: string, figures: string): HintPart[] =>
    [{ text: `→ ${shapes}${shapes === '' ? '' : ' '}×${count}${count < outOf ? ` of ${outOf}` : ''}${figures}${mark(variants)}` }];
  const shapes = options.shape ? shapeRange(outputs, true) : '';
  const figures = options.params ? sumLabel(variants, options.counting) : '';
  const whole = ofAll(shapes, figures);
  if (fits(whole, options)) return whole;
  const shapesAlone = options.shape ? ofAll(shapes, '') : undefined;
  // A dim whose results are symbolic and differ is no more than `…` then.
  return shapesAlone && fits(shapesAlone, options) ? shapesAlone : ofAll(options.shape ? shapeRange(outputs, false) : '', figures);
}

/** A result with what is printed of it. */
interface Labelled {
  readonly variant: SiteResult;
  readonly text: string;
}

/** The first result of each label that says something, as far as it matters how many there are. */
function labelled(variants: readonly SiteResult[], options: HintOptions): Labelled[] {
  const distinct: Labelled[] = [];
  for (const variant of variants) {
    const text = label(variant, options);
    if (text !== '' && !distinct.some(other => other.text === text) && distinct.push({ variant, text }) > SIDE_BY_SIDE) break;
  }
  return distinct;
}

/** Each result with a link to the call that gave it; a shape that all have in common is printed once. */
function sideBySide(results: readonly Labelled[], options: HintOptions): HintPart[] {
  const [first, second] = results;
  if (!second) return [{ text: '→ ' }, { text: first!.text }];
  const common = options.shape && results.every(({ variant }) => shapeLabel(variant.output) === shapeLabel(first!.variant.output));
  return results.flatMap(({ variant, text: whole }, i): HintPart[] => {
    const text = (common && i > 0 && label(variant, { ...options, shape: false })) || whole;
    const at = variant.callPaths[0]?.at(-1)?.at;
    return [{ text: i === 0 ? '→ ' : ' | ' }, at ? { text, at } : { text }];
  });
}

/** `56×56×64 · 18.5k`; figures that are zero are left out, those that follow from an unknown shape are one `?` with it. */
function label(variant: SiteResult, options: HintOptions): string {
  const params = options.params ? paramsOf(variant, options.counting) : 0;
  const operations = options.macs ? operationCountOf(variant, options.counting) : 0;
  let text = options.shape ? shapeLabel(variant.output) : '';
  const add = (figure: string): void => { text += text === '' ? figure : ` · ${figure}`; };
  const nothingKnown = text === '?' && isUnknown(params);
  if (params !== 0 && !nothingKnown) add(shortCount(params));
  if (operations !== 0 && !isUnknown(operations)) add(`${shortCount(operations)} ${operationsUnit(options.counting)}`);
  return text === '' ? '' : text + (variant.assumed.length > 0 ? ASSUMED : '');
}

const ASSUMED = '*';

const mark = (variants: readonly SiteResult[]): string => (variants.some(variant => variant.assumed.length > 0) ? ASSUMED : '');

/** ` · Σ 23.5M`; empty where that says nothing. */
function sumLabel(variants: readonly SiteResult[], counting: Counting): string {
  const params = sumOfParams(variants, counting);
  const sum = params === undefined || params === 0 ? '…' : shortCount(params);
  return sum === '…' ? '' : ` · Σ ${sum}`;
}

const countOf = (variants: readonly SiteResult[]): number => variants.reduce((sum, variant) => sum + variant.count, 0);

/** Weights that several results share count once; undefined where it is not clear how many layers there are. */
function sumOfParams(variants: readonly SiteResult[], counting: Counting): Dim | undefined {
  const layers = distinctBy(variants, variant => variant.weightsKey);
  if (layers.length < variants.length && variants.some(variant => variant.count > 1)) return undefined;
  return layers.reduce<Dim>((sum, variant) => addDims(sum, multiplyDims(paramsOf(variant, counting), variant.count)), 0);
}

/**
 * `112…7×112…7×64…2048`: the extremes of each dimension, the one that comes first in the order of evaluation first. Without
 * `expressions`, a dim whose results are symbolic and differ is no more than `…`.
 */
function shapeRange(shapes: readonly Shape[], expressions: boolean): string {
  const ranked = shapes.filter(isRanked);
  const rank = ranked[0]?.length ?? 0;
  const counted = (): string => `${distinctBy(shapes, shapeLabel).length} shapes`;
  if (ranked.length < shapes.length || rank < 2 || ranked.some(shape => shape.length !== rank)) return counted();
  const firstAxis = ranked.some(showsBatch) ? 0 : 1;
  const dims = ranked[0]!.slice(firstAxis).map((_, i) => dimRange(ranked.map(shape => shape[firstAxis + i]!), expressions));
  if (dims.every(dim => dim === '…')) return counted();
  return firstAxis === 0 ? `[${dims.join(', ')}]` : dims.join('×');
}

/** Numbers from one extreme to the other; expressions have no order, so that it is the first and the last result. */
function dimRange(dims: readonly Dim[], expressions: boolean): string {
  const [first] = dims;
  if (dims.every(dim => sameDim(dim, first!))) return dimLabel(first!);
  if (dims.some(isUnknown)) return '?';
  const numbers = dims.filter(dim => typeof dim === 'number');
  if (numbers.length < dims.length) return expressions ? `${dimLabel(first!)}…${dimLabel(dims.at(-1)!)}` : '…';
  const smallest = Math.min(...numbers);
  const largest = Math.max(...numbers);
  return numbers.indexOf(largest) < numbers.indexOf(smallest) ? `${largest}…${smallest}` : `${smallest}…${largest}`;
}

const fits = (parts: readonly HintPart[], options: HintOptions): boolean =>
  options.room === 0 || parts.reduce((length, part) => length + part.text.length, 0) <= options.room;

/** The first item of each key. */
function distinctBy<T>(items: readonly T[], key: (item: T) => string | number): T[] {
  const seen = new Set<string | number>();
  return items.filter(item => seen.size < seen.add(key(item)).size);
}
