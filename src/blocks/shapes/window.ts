// The arithmetic of a window that slides along one axis: convolutions, pools, and what undoes them.
import { addDims, ceilDivideDims, floorDivideDims, isKnown, isUnknown, multiplyDims, spellDim, subtractDims, unknown, type Dim } from './dim.ts';

export interface SlidingWindow {
  readonly size: Dim;
  readonly stride: Dim;
  /** `causal` pads nothing in TensorFlow.js, so that it counts as `valid`. */
  readonly padding: 'valid' | 'same' | 'causal';
  readonly dilation?: Dim;
}

/** How far the window reaches: `(size − 1) · dilation + 1`. */
export const windowReach = ({ size, dilation = 1 }: SlidingWindow): Dim =>
  dilation === 1 ? size : addDims(multiplyDims(subtractDims(size, 1), dilation), 1);

/**
 * The number of places where the window fits: `⌈length / stride⌉` with padding 'same', otherwise
 * `⌊(length − reach) / stride⌋ + 1`, which is zero or less where the window is larger than the axis.
 * (https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2)
 */
export function windowLength(length: Dim, window: SlidingWindow): Dim {
  if (length === null) return null;
  if (window.padding === 'same') return ceilDivideDims(length, window.stride);
  return addDims(floorDivideDims(subtractDims(length, windowReach(window)), window.stride), 1);
}

/** The rule of `windowLength` with its numbers: `height: ⌊(56 − 3) / 2⌋ + 1 = 27`. */
export function windowWorking(axis: string, length: Dim, window: SlidingWindow): string {
  const result = spellDim(windowLength(length, window));
  const stride = spellDim(window.stride);
  if (window.padding === 'same') return `${axis}: ⌈${spellDim(length)} / ${stride}⌉ = ${result}`;
  const { dilation = 1 } = window;
  const reach = dilation === 1 ? spellDim(window.size) : `((${spellDim(window.size)} − 1) · ${spellDim(dilation)} + 1)`;
  return `${axis}: ⌊(${spellDim(length)} − ${reach}) / ${stride}⌋ + 1 = ${result}`;
}

/** True where the window certainly does not fit into an axis that has a size at all. */
export function exceeds(length: Dim, window: SlidingWindow): boolean {
  const reach = windowReach(window);
  return window.padding !== 'same' && isKnown(length) && length > 0 && isKnown(reach) && reach > length;
}

/** The length that a transposed window spreads an axis to: `length · stride`, and without padding what sticks out. */
export function transposedLength(length: Dim, window: SlidingWindow): Dim {
  if (length === null) return null;
  const spread = multiplyDims(length, window.stride);
  return window.padding === 'same' ? spread : addDims(spread, overhang(window));
}

/** The rule of `transposedLength` with its numbers: `height: 28 · 2 + max(3 − 2, 0) = 57`. */
export function transposedWorking(axis: string, length: Dim, window: SlidingWindow): string {
  const spread = `${axis}: ${spellDim(length)} · ${spellDim(window.stride)}`;
  const over = window.padding === 'same' ? '' : ` + max(${spellDim(window.size)} − ${spellDim(window.stride)}, 0)`;
  return `${spread}${over} = ${spellDim(transposedLength(length, window))}`;
}

function overhang({ size, stride }: SlidingWindow): Dim {
  const over = subtractDims(size, stride);
  if (isKnown(over)) return Math.max(over, 0);
  // A size that is only a name is at least 1, so that nothing is cut off where the stride is 1.
  return stride === 1 ? over : isUnknown(over) ? over : unknown(`max(${spellDim(over)}, 0) has no simple form`);
}
