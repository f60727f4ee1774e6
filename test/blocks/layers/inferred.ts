// Asks Blockscope what TensorFlow.js is asked in the same words: a configuration of plain values, and input shapes.
import type { Attributes, AttributeValue } from '../../../src/blocks/layers/attribute.ts';
import type { LayerDefinition } from '../../../src/blocks/layers/define-layer.ts';
import { checkConfig, inferLayer, type Inference, type LayerProblem } from '../../../src/blocks/layers/infer.ts';
import type { Shape } from '../../../src/blocks/shapes/shape.ts';
import type { Config } from './tensorflow.ts';

/** The configuration's values, or values of the evaluator's, as attributes. */
export const attributesOf = (config: Config | undefined): Attributes =>
  Object.fromEntries(Object.entries(config ?? {}).map(([name, value]) => [name, { value: value as AttributeValue }]));

export interface Answer extends Inference {
  /** Those of the configuration and those of the inputs. */
  readonly problems: readonly LayerProblem[];
  readonly errors: readonly string[];
}

export function infer(definition: LayerDefinition, config: Config | undefined, inputs: readonly Shape[]): Answer {
  const inference = inferLayer(definition, attributesOf(config), inputs);
  const problems = [...checkConfig(definition, config && attributesOf(config)), ...inference.problems];
  return { ...inference, problems, errors: problems.filter(problem => problem.severity === 'error').map(problem => problem.message) };
}
