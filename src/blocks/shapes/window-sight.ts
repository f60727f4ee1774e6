// What the positions of a window that slides along an axis see, and those of what enlarges or divides an axis.
import { addDims, floorDivideDims, isKnown, isSymbolic, multiplyDims, spellDim, subtractDims, unknown, type Dim, type Unknown } from './dim.ts';
import { onePosition, sight, type Doubt, type Sight } from './sight.ts';
import { windowReach, type SlidingWindow } from './window.ts';

/** A convolution or a pool over an axis of this length. */
export function windowSight(length: Dim, window: SlidingWindow): Sight {
  const size = windowReach(window);
  const { stride, padding, margin = 0 } = window;
  if (size === 1 && stride === 1 && margin === 0) return onePosition;
  if (padding !== 'same') return sight([{ from: multiplyDims(margin, -1), size }], stride);
  const { before, doubts } = samePadding(length, size, stride);
  return sight([{ from: multiplyDims(before, -1), size }], stride, doubts);
}

/**
 * Half of what is missing for ⌈length / stride⌉ windows, rounded down, stands in front. How much is missing depends on the rest that the
 * length leaves, and not at all where the window moves by 1.
 */
function samePadding(length: Dim, reach: Dim, stride: Dim): { readonly before: Dim; readonly doubts: readonly Doubt[] } {
  if (stride === 1) return { before: floorDivideDims(subtractDims(reach, 1), 2), doubts: [] };
  if (!isKnown(reach) || !isKnown(stride)) return { before: unknown('the padding depends on the size of the window'), doubts: [] };
  const half = (rest: number): number => Math.floor(Math.max(reach - (rest === 0 ? stride : rest), 0) / 2);
  if (isKnown(length)) return { before: half(length % stride), doubts: [] };
  const all = Array.from({ length: stride }, (_, rest) => half(rest));
  const [least, most] = [Math.min(...all), Math.max(...all)];
  if (least === most) return { before: least, doubts: [] };
  // Of a length that has no name it is not known which others are the same.
  if (!isSymbolic(length)) return { before: unknown('the padding depends on a length that is not known'), doubts: [] };
  return { before: least, doubts: [{ key: `${reach}/${stride} over ${length.key}`, most: most - least, times: 1 }] };
}

/** A transposed convolution: position o has something of those that spread as far as it. */
export function transposedSight({ size, stride, padding }: SlidingWindow): Sight | Unknown {
  if (stride === 1) return sight([{ from: subtractDims(padding === 'same' ? floorDivideDims(subtractDims(size, 1), 2) : 0, subtractDims(size, 1)), size }], 1);
  if (!isKnown(size) || !isKnown(stride)) return unknown(`how many positions spread as far as each depends on ${spellDim(size)} and ${spellDim(stride)}`);
  if (size < stride) return unknown('between its windows there are positions that see nothing');
  const cut = padding === 'same' ? Math.floor((size - stride) / 2) : 0;
  const windows = Array.from({ length: stride }, (_, o) => {
    const from = Math.ceil((o + cut - size + 1) / stride);
    return { from, size: Math.floor((o + cut) / stride) - from + 1 };
  });
  return sight(windows, 1);
}

/** An axis enlarged by a whole factor: its values repeated, or what lies between two of them. */
export function enlargedSight(factor: Dim, interpolated: boolean): Sight | Unknown {
  if (factor === 1) return onePosition;
  if (!isKnown(factor) || !Number.isInteger(factor) || factor < 1) return unknown(`what is seen of an axis that is enlarged by ${spellDim(factor)} is not known`);
  return sight(Array.from({ length: factor }, (_, i) => ({ from: 0, size: interpolated && i > 0 ? 2 : 1 })), 1);
}

/** As many windows as there are positions to come out: window i goes from ⌊i · in / out⌋ to ⌈(i + 1) · in / out⌉. */
export function adaptiveSight(length: Dim, count: Dim): Sight | Unknown {
  if (!isKnown(length) || !isKnown(count)) return unknown(`how large its windows are depends on ${spellDim(length)} and ${spellDim(count)}`);
  const common = divisor(length, count);
  const windows = Array.from({ length: count / common }, (_, i) => {
    const from = Math.floor(i * length / count);
    return { from, size: Math.ceil((i + 1) * length / count) - from };
  });
  return sight(windows, length / common);
}

/** An axis with something put in front of it, or cut off there. */
export const shiftedSight = (by: Dim): Sight => (by === 0 ? onePosition : sight([{ from: addDims(0, by), size: 1 }], 1));

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
