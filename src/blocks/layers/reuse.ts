// A layer that is applied more than once has the weights that it was built with.
import { weightsMismatch } from '../problems/weights-mismatch.ts';
import { isKnown } from '../shapes/dim.ts';
import type { LayerDefinition, WeightShape } from './define-layer.ts';
import type { Inference } from './infer.ts';
import { describe, type LayerProblem } from './read-attributes.ts';

/**
 * What is wrong with applying a layer again: the weights it was built with are not those that the input needs. Only
 * sizes that are certain contradict each other.
 */
export function checkReuse(definition: LayerDefinition, built: readonly WeightShape[], again: Inference): readonly LayerProblem[] {
  for (const { name: weight, shape: needed } of again.weights) {
    const shape = built.find(({ name }) => name === weight)?.shape;
    const contradicts = shape?.some((dim, i) => isKnown(dim) && isKnown(needed[i]!) && dim !== needed[i]);
    if (contradicts) return [describe(weightsMismatch, { layer: definition.name, weight, built: shape!, needed })];
  }
  return [];
}
