// What the positions along one axis see of another axis: windows that move on by the same way again and again. One position of a convolution sees
// one window over its input; put together they are what it sees of whatever its input was made of.
//
// The recurrence is that of Araujo, Norris, Sim: Computing Receptive Fields of Convolutional Neural Networks (Distill, 2019,
// https://distill.pub/2019/computing-receptive-fields): r_out = r_in + (kernel − 1) · jump_in and jump_out = jump_in · stride. It is kept with the
// places of the windows besides, because branches that are joined see from the first to the last of what either sees, and because after an
// enlargement not every position sees as much.
import { addDims, isKnown, isSymbolic, isUnknown, multiplyDims, sameDim, subtractDims, unknown, type Dim, type SymbolicDim, type Unknown } from './dim.ts';

/** What one position sees. */
export interface Window {
  /** Its first position; 0 is the first of the axis, and padding lies before it. */
  readonly from: Dim;
  /** From the first to the last, with the holes that dilation leaves. */
  readonly size: Dim;
}

export interface Sight {
  /** Of the first positions: after so many the same windows come again. */
  readonly windows: readonly Window[];
  /** Further on by so much. */
  readonly advance: Dim;
  /** All windows may lie further in front than they say, because padding depends on a length that is not known. */
  readonly doubts: readonly Doubt[];
}

/** Between 0 and `most`, `times` over. Equal keys stand for the same number. */
export interface Doubt {
  readonly key: string;
  readonly most: number;
  readonly times: Dim;
}

const certain: readonly Doubt[] = [];

export const sight = (windows: readonly Window[], advance: Dim, doubts = certain): Sight => ({ windows, advance, doubts });

/** Each position sees the one at its own place. */
export const onePosition: Sight = sight([{ from: 0, size: 1 }], 1);

/** After more windows than this they are not told apart any more. */
const mostWindows = 1_000;

/** What is seen through a step of what is seen already. */
export function through(before: Sight, step: Sight): Sight | Unknown {
  if (step === onePosition) return before;
  const doubts = [...before.doubts, ...step.doubts.map(doubt => ({ ...doubt, times: multiplyDims(doubt.times, before.advance) }))];
  const [only, another] = before.windows;
  if (only && !another) {
    const windows = step.windows.map(({ from, size }) => ({
      from: addDims(only.from, multiplyDims(from, before.advance)),
      size: addDims(only.size, multiplyDims(subtractDims(size, 1), before.advance)),
    }));
    return sight(windows, multiplyDims(before.advance, step.advance), doubts);
  }
  const [from, to] = [numbers(before), numbers(step)];
  if (!from || !to || step.doubts.length > 0) return unknown('it follows an enlargement, and where its windows begin there depends on a size that is not known');
  return throughNumbers(from, to, doubts);
}

function throughNumbers(before: Numbers, step: Numbers, doubts: readonly Doubt[]): Sight | Unknown {
  const repeats = before.windows.length / commonDivisor(before.windows.length, step.advance);
  const count = step.windows.length * repeats;
  if (count > mostWindows) return tooMany;
  const windows = Array.from({ length: count }, (_, i) => {
    const seen = windowAt(step, i);
    const [first, last] = [windowAt(before, seen.from), windowAt(before, seen.from + seen.size - 1)];
    return { from: first.from, size: last.from + last.size - first.from };
  });
  return shortest({ windows, advance: before.advance * step.advance * repeats / before.windows.length }, doubts);
}

const tooMany = unknown('what its positions see repeats too seldom to be followed');

/** What two branches see together, from the first to the last. */
export function union(a: Sight, b: Sight): Sight | Unknown {
  if (a === b) return a;
  if (!sameDim(multiplyDims(a.advance, b.windows.length), multiplyDims(b.advance, a.windows.length))) return unknown('its branches move in different steps');
  const count = leastMultiple(a.windows.length, b.windows.length);
  if (count > mostWindows) return tooMany;
  const [x, y] = [repeated(a, count), repeated(b, count)];
  const doubts = difference(a.doubts, b.doubts);
  if (doubts && covers(x, y, doubts.least, doubts.most)) return a;
  if (doubts && covers(y, x, -doubts.most, -doubts.least)) return b;
  const [p, q] = [numbers(x), numbers(y)];
  if (!doubts || doubts.least !== 0 || doubts.most !== 0 || !p || !q) return unknown('where its branches lie to one another depends on a size that is not known');
  const windows = p.windows.map((one, i) => {
    const other = q.windows[i]!;
    const from = Math.min(one.from, other.from);
    return { from, size: Math.max(one.from + one.size, other.from + other.size) - from };
  });
  return shortest({ windows, advance: p.advance }, a.doubts);
}

/** Whether each window of `a` has that of `b` in it, which may lie further behind by what is between `least` and `most`. */
const covers = (a: Sight, b: Sight, least: number, most: number): boolean => a.windows.every((outer, i) => {
  const inner = b.windows[i]!;
  const before = subtractDims(inner.from, outer.from);
  const behind = subtractDims(subtractDims(outer.size, inner.size), before);
  return lowest(before) + least >= 0 && lowest(behind) - most >= 0;
});

/** How much further behind the windows of `b` may lie than those of `a`, besides what is known; undefined where that has no bounds. */
function difference(a: readonly Doubt[], b: readonly Doubt[]): { readonly least: number; readonly most: number } | undefined {
  const times = new Map<string, { readonly most: number; readonly times: Dim }>();
  const add = ({ key, most, times: by }: Doubt, sign: 1 | -1): void => {
    times.set(key, { most, times: addDims(times.get(key)?.times ?? 0, multiplyDims(by, sign)) });
  };
  // Both lie further in front than they say: what `a` has of that puts `b` behind.
  for (const doubt of a) add(doubt, 1);
  for (const doubt of b) add(doubt, -1);
  let [least, most] = [0, 0];
  for (const { most: upTo, times: by } of times.values()) {
    if (!isKnown(by)) return undefined;
    if (by < 0) least += by * upTo;
    else most += by * upTo;
  }
  return { least, most };
}

/** What a dim is at least, where its names stand for sizes; `-Infinity` where that is not known. */
function lowest(dim: Dim): number {
  if (isKnown(dim)) return dim;
  if (!isSymbolic(dim)) return -Infinity;
  return dim.terms.reduce((sum, { coefficient, atoms }) => {
    const least = atoms.reduce((product, atom) => product * (atom.kind === 'name' ? 1 : Math.floor(lowest(atom.of as SymbolicDim) / atom.divisor)), 1);
    return coefficient > 0 && least >= 0 ? sum + coefficient * least : -Infinity;
  }, dim.constant);
}

/** How large the windows are: a number, an expression, or an unknown. `varies` where not all are as large as that. */
export function sizeOf({ windows }: Sight): { readonly size: Dim; readonly varies: boolean } {
  const [first, ...others] = windows.map(({ size }) => size) as [Dim, ...Dim[]];
  if (others.every(size => sameDim(size, first))) return { size: first, varies: false };
  const known = windows.map(({ size }) => size).filter(isKnown);
  return { size: known.length === windows.length ? Math.max(...known) : unknown('how much its positions see differs'), varies: true };
}

/** How far a window moves from one position to the next, as a fraction. */
export function stepOf({ windows, advance }: Sight): { readonly step: Dim; readonly of: number } {
  if (!isKnown(advance)) return { step: advance, of: windows.length };
  const common = commonDivisor(windows.length, advance);
  return { step: advance / common, of: windows.length / common };
}

/** The same where attributes are one of several; undefined where there is no telling. */
export function joinSights(a: Sight, b: Sight): Sight | undefined {
  if (a === b) return a;
  const same = a.windows.length === b.windows.length && sameDim(a.advance, b.advance) && a.windows.every(({ size }, i) => sameDim(size, b.windows[i]!.size));
  if (!same) return undefined;
  const placed = a.windows.every(({ from }, i) => sameDim(from, b.windows[i]!.from)) && difference(a.doubts, b.doubts)?.most === 0 && difference(b.doubts, a.doubts)?.most === 0;
  return placed ? a : sight(a.windows.map(({ size }) => ({ from: unknown('where its windows begin is not known'), size })), a.advance);
}

interface Numbers {
  readonly windows: readonly { readonly from: number; readonly size: number }[];
  readonly advance: number;
}

function numbers({ windows, advance }: Sight): Numbers | undefined {
  const known = windows.flatMap(({ from, size }) => (isKnown(from) && isKnown(size) ? [{ from, size }] : []));
  return known.length === windows.length && isKnown(advance) ? { windows: known, advance } : undefined;
}

/** That of any position, also of one in the padding. */
function windowAt({ windows, advance }: Numbers, position: number): { readonly from: number; readonly size: number } {
  const turn = Math.floor(position / windows.length);
  const { from, size } = windows[position - turn * windows.length]!;
  return { from: from + turn * advance, size };
}

function repeated({ windows, advance, doubts }: Sight, count: number): Sight {
  const turns = count / windows.length;
  const all = Array.from({ length: turns }, (_, turn) => windows.map(({ from, size }) => ({ from: addDims(from, multiplyDims(advance, turn)), size })));
  return sight(all.flat(), multiplyDims(advance, turns), doubts);
}

/** With each window as seldom as it can be listed. */
function shortest(whole: Numbers, doubts: readonly Doubt[]): Sight {
  const { windows, advance } = whole;
  for (let count = 1; count < windows.length; count++) {
    const part = { windows: windows.slice(0, count), advance: advance * count / windows.length };
    if (windows.length % count !== 0 || !Number.isInteger(part.advance)) continue;
    const again = windows.every(({ from, size }, i) => {
      const window = windowAt(part, i);
      return window.from === from && window.size === size;
    });
    if (again) return sight(part.windows, part.advance, doubts);
  }
  return sight(windows, advance, doubts);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

const leastMultiple = (a: number, b: number): number => a / commonDivisor(a, b) * b;

/** The first reason why not all of a sight is known, but for where its windows begin. */
export const unknownInSight = ({ windows, advance }: Sight): Unknown | undefined => [advance, ...windows.map(({ size }) => size)].find(isUnknown);
