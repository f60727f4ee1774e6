// Numbers that have to be the same, however they were computed.
import type * as tf from './tensorflow.ts';
import { withTimeout } from './backends.ts';

export interface Difference {
  /** The largest, between any two values. */
  readonly largest: number;
  /** The largest value. */
  readonly scale: number;
  /** Whether they are the same, as far as rounding allows. */
  readonly agrees: boolean;
}

/** A lost context never answers. */
const DOWNLOAD_MS = 20_000;

export const valuesOf = (tensors: readonly tf.Tensor[]): Promise<ArrayLike<number>[]> =>
  Promise.all(tensors.map(tensor => withTimeout(tensor.data(), DOWNLOAD_MS, 'Reading the result')));

/** `tolerance` is a share of the largest value. Values that are no numbers agree with nothing. */
export function compareNumbers(a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[], tolerance: number): Difference {
  let [largest, scale] = [0, 0];
  let comparable = a.length === b.length;
  a.forEach((values, i) => {
    const others = b[i];
    if (values.length !== others?.length) comparable = false;
    else for (let k = 0; k < values.length; k++) {
      const apart = Math.abs(values[k]! - others[k]!);
      if (!(apart <= Number.MAX_VALUE)) comparable = false;
      largest = Math.max(largest, apart);
      scale = Math.max(scale, Math.abs(values[k]!));
    }
  });
  return { largest, scale, agrees: comparable && largest <= tolerance * Math.max(scale, 1e-3) };
}
