// How each layer is expressed in Keras 3: one table of all of them.
import type { NodeFacts } from '../python/node-facts.ts';
import { activationRules } from './keras-activations.ts';
import { convolutionRules } from './keras-convolutions.ts';
import { coreRules } from './keras-core.ts';
import type { KerasRules, KerasStep } from './keras-layer.ts';
import { poolingRules } from './keras-pooling.ts';
import { sequenceRules } from './keras-sequences.ts';

export const kerasRules: KerasRules = { ...activationRules, ...convolutionRules, ...coreRules, ...poolingRules, ...sequenceRules };

/** Throws `CannotExport`. */
export function kerasSteps(facts: NodeFacts): readonly KerasStep[] {
  const rule = Object.hasOwn(kerasRules, facts.layer) ? kerasRules[facts.layer] : undefined;
  return rule ? rule(facts, kerasSteps) : facts.refuse('it has no counterpart in Keras that computes the same');
}
