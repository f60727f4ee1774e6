// How each layer is expressed in PyTorch: one table of all of them.
import type { NodeFacts } from '../python/node-facts.ts';
import { activationRules } from './torch-activations.ts';
import { convolutionRules } from './torch-convolutions.ts';
import { coreRules } from './torch-core.ts';
import type { Layout, TorchLayer, TorchRules } from './torch-layer.ts';
import { mergingRules } from './torch-merging.ts';
import { normalizationRules } from './torch-normalization.ts';
import { poolingRules } from './torch-pooling.ts';
import { reshapingRules } from './torch-reshaping.ts';
import { sequenceRules } from './torch-sequences.ts';

export const torchRules: TorchRules = {
  ...activationRules, ...convolutionRules, ...coreRules, ...mergingRules, ...normalizationRules, ...poolingRules, ...reshapingRules, ...sequenceRules,
};

/** `layout` is how the first tensor that goes in lies. Throws `CannotExport`. */
export function torchLayer(facts: NodeFacts, layout: Layout): TorchLayer {
  const rule = Object.hasOwn(torchRules, facts.layer) ? torchRules[facts.layer] : undefined;
  return rule ? rule(facts, layout) : facts.refuse('it has no counterpart in PyTorch that computes the same');
}
