// The parameters of a layer by a convention. They follow from its weights, one by one.
import type { WeightShape } from '../layers/define-layer.ts';
import { sizeOf } from '../layers/infer.ts';
import { isUnknown, subtractDims, type Dim } from '../shapes/dim.ts';
import type { Counting } from './counting.ts';

interface Weighted {
  readonly params: Dim;
  readonly weights: readonly WeightShape[];
}

export const countedParams = (layer: Weighted, { parameters }: Pick<Counting, 'parameters'>): Dim =>
  (parameters === 'keras' ? layer.params : subtractDims(layer.params, buffersOf(layer)));

/** The weights that the parameters are the sum of. */
export const countedWeights = ({ weights }: Pick<Weighted, 'weights'>, { parameters }: Pick<Counting, 'parameters'>): readonly WeightShape[] =>
  (parameters === 'keras' ? weights : weights.filter(({ buffer }) => !buffer));

/** The values that are kept and never learnt; PyTorch calls them buffers. */
export const buffersOf = ({ params, weights }: Weighted): Dim => (isUnknown(params) ? params : sizeOf(weights.filter(({ buffer }) => buffer)));
