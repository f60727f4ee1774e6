// The masks that recurrent layers keep from one application to the next: TensorFlow.js frees them only when the layer is applied again.
import * as tf from './tensorflow.ts';

/** What a layer may be in this respect: a cell has masks, and a layer around others has these. */
interface Around {
  dropoutMask?: tf.Tensor | tf.Tensor[] | null;
  recurrentDropoutMask?: tf.Tensor | tf.Tensor[] | null;
  readonly cell?: Around;
  readonly cells?: readonly Around[];
  readonly layer?: Around;
  readonly forwardLayer?: Around;
  readonly backwardLayer?: Around;
  readonly layers?: readonly Around[];
}

/** Frees the masks of a layer and of all layers in it. The next application makes others. */
export function freeDropoutMasks(layer: object): void {
  const around = layer as Around;
  for (const mask of ['dropoutMask', 'recurrentDropoutMask'] as const) {
    if (!around[mask]) continue;
    tf.dispose(around[mask]);
    around[mask] = null;
  }
  const { cell, cells = [], layer: inner, forwardLayer, backwardLayer, layers = [] } = around;
  for (const one of [cell, inner, forwardLayer, backwardLayer, ...cells, ...layers]) if (one) freeDropoutMasks(one);
}
