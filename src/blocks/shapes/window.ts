// The arithmetic of a window that slides along one axis: convolutions, pools, and what undoes them.
import { addDims, ceilDivideDims, floorDivideDims, isKnown, isUnknown, multiplyDims, spellDim, subtractDims, unknown, type Dim } from './dim.ts';

export interface SlidingWindow {
  readonly size: Dim;
  readonly stride: Dim;
  /** `causal` pads nothing in TensorFlow.js, so that it counts as `valid`. */
  readonly padding: 'valid' | 'same' | 'causal';
  readonly dilation?: Dim;
  /** Zeros at each end, as PyTorch pads, where `padding` is 'valid'. */
  readonly margin?: Dim;
  /** Whether a last window that sticks out over the end counts too. */
  readonly roundsUp?: boolean;
}

/** How far the window reaches: `(size − 1) · dilation + 1`. */
export const windowReach = ({ size, dilation = 1 }: SlidingWindow): Dim =>
  dilation === 1 ? size : addDims(multiplyDims(subtractDims(size, 1), dilation), 1);

/**
 * The number of places where the window fits: `⌈length / stride⌉` with padding 'same', otherwise
 * `⌊(length − reach) / stride⌋ + 1`, which is zero or less where the window is larger than the axis.
 * (https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2) A margin makes the axis longer at both ends. Where it rounds
 * up, a last window counts that starts inside of the axis (https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html).
 */
export function windowLength(length: Dim, window: SlidingWindow): Dim {
  if (length === null) return null;
  const { stride, margin = 0, roundsUp = false } = window;
  if (window.padding === 'same') return ceilDivideDims(length, stride);
  const room = subtractDims(withMargin(length, margin), windowReach(window));
  if (!roundsUp) return addDims(floorDivideDims(room, stride), 1);
  const places = addDims(ceilDivideDims(room, stride), 1);
  // A window that would start behind the end is none; there can be one only where steps are long.
  const longestStep = subtractDims(window.size, margin);
  if (isKnown(stride) && isKnown(longestStep) && stride <= longestStep) return places;
  const startOfLast = multiplyDims(subtractDims(places, 1), stride);
  if (!isKnown(places) || !isKnown(startOfLast) || !isKnown(length) || !isKnown(margin)) return unknown('whether the last window starts inside of the input is not known');
  return startOfLast >= length + margin ? places - 1 : places;
}

const withMargin = (length: Dim, margin: Dim): Dim => (margin === 0 ? length : addDims(length, multiplyDims(margin, 2)));

/** The rule of `windowLength` with its numbers: `height: ⌊(56 − 3) / 2⌋ + 1 = 27`. */
export function windowWorking(axis: string, length: Dim, window: SlidingWindow): string {
  const result = spellDim(windowLength(length, window));
  const stride = spellDim(window.stride);
  if (window.padding === 'same') return `${axis}: ⌈${spellDim(length)} / ${stride}⌉ = ${result}`;
  const { dilation = 1, margin = 0, roundsUp = false } = window;
  const reach = dilation === 1 ? spellDim(window.size) : `((${spellDim(window.size)} − 1) · ${spellDim(dilation)} + 1)`;
  const padded = margin === 0 ? spellDim(length) : `${spellDim(length)} + 2 · ${spellDim(margin)}`;
  const [open, close] = roundsUp ? ['⌈', '⌉'] : ['⌊', '⌋'];
  return `${axis}: ${open}(${padded} − ${reach}) / ${stride}${close} + 1 = ${result}`;
}

/** True where the window certainly does not fit into an axis that has a size at all. */
export function exceeds(length: Dim, window: SlidingWindow): boolean {
  const reach = windowReach(window);
  const padded = withMargin(length, window.margin ?? 0);
  return window.padding !== 'same' && isKnown(length) && length > 0 && isKnown(padded) && isKnown(reach) && reach > padded;
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
