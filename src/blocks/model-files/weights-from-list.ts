// The parameters of a layer that Blockscope cannot work out, from the file's own list of weights.
import type { WeightShape } from '../layers/define-layer.ts';
import { sizeOf, type Inference } from '../layers/infer.ts';
import { unknown } from '../shapes/dim.ts';
import type { Location } from '../text/location.ts';
import { pairsOf } from './weights-differences.ts';
import { sizeOfListed } from './weights-manifest.ts';
import type { WeightOfLayer } from './weights-of-layers.ts';

const told = 'parameters: from the list of weights of the file';

/** Of a layer of which nothing but the list is known. */
export function withListedWeights(inference: Inference, listed: readonly WeightOfLayer[], isFrozen: boolean, at: Location): Inference {
  const params = listed.reduce((sum, weight) => sum + sizeOfListed(weight), 0);
  return {
    ...inference, params, workings: [...inference.workings, told],
    trainableParams: params === 0 || isFrozen ? 0 : unknown('the list of weights does not say which of them are trained', at),
    weights: listed.map(({ own, shape }) => ({ name: own, shape, trainable: !isFrozen, ...(isStatistic(own) ? { buffer: true } : {}) })),
  };
}

/** By these names Keras keeps what is never learnt. */
const isStatistic = (name: string): boolean => name === 'moving_mean' || name === 'moving_variance';

/** Of a layer that has one of these lists of weights, in which dims are open; the same where the list of the file contradicts all of them. */
export function withListedDims(inference: Inference, possible: readonly (readonly WeightShape[])[], listed: readonly WeightOfLayer[]): Inference {
  for (const weights of possible) {
    const pairs = weights.length > 0 ? pairsOf(weights, listed) : undefined;
    if (!pairs?.every(([{ shape }, other]) => shape.length === other.shape.length && shape.every((dim, i) => typeof dim !== 'number' || dim === other.shape[i]))) continue;
    const known = pairs.map(([weight, { shape }]) => ({ ...weight, shape }));
    return { ...inference, weights: known, params: sizeOf(known), trainableParams: sizeOf(known.filter(({ trainable }) => trainable)), workings: [...inference.workings, told] };
  }
  return inference;
}
