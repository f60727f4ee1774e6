// Activations in Keras, as layers, behind others and inside of them.
import type { NodeFacts } from '../python/node-facts.ts';
import { PythonCode, type PythonValue } from '../python/statements.ts';
import { keyword, positional, step, type KerasRules, type KerasStep } from './keras-layer.ts';

/** By their names in TensorFlow.js and in block definitions: what Keras 3 calls the same function. */
const names: Readonly<Record<string, string>> = {
  linear: 'linear', relu: 'relu', relu6: 'relu6', sigmoid: 'sigmoid', swish: 'silu', silu: 'silu', hardSwish: 'hard_silu', gelu: 'gelu', tanh: 'tanh', elu: 'elu', selu: 'selu',
  mish: 'mish', softplus: 'softplus', softsign: 'softsign', softmax: 'softmax', logSoftmax: 'log_softmax',
};

/** What has no name there. The hard sigmoid of Keras 3 is that of MobileNetV3; that of TensorFlow.js has another slope. */
const expressions: Readonly<Record<string, KerasStep>> = {
  hardSigmoid: { template: 'ops.clip(0.2 * {0} + 0.5, 0.0, 1.0)', remark: 'hard sigmoid as in TensorFlow.js' },
  gelu_new: { template: 'keras.activations.gelu({0}, approximate=True)' },
};

const nameOf = (facts: NodeFacts, name: string): string | undefined => (name === 'hardSigmoid' && facts.ofBlocks ? 'hard_sigmoid' : names[name]);

export function activationStep(facts: NodeFacts, name: string): KerasStep {
  const known = nameOf(facts, name);
  if (known !== undefined) return step('Activation', positional('activation', known));
  return expressions[name] ?? facts.refuse(`the activation ${name} has no counterpart in Keras`);
}

/** The activation of a layer: as an argument where Keras has it by a name, and as a step behind where not. */
export function activationOf(facts: NodeFacts): { readonly inside: PythonValue; readonly behind: readonly KerasStep[] } {
  const name = facts.activation();
  if (name === 'linear') return { inside: null, behind: [] };
  const channelsFirst = facts.dataFormat === 'channelsFirst';
  // Inside of a layer both work on the last axis. Those of tf.layers do so too.
  if (name === 'softmax' && channelsFirst && facts.ofBlocks) return { inside: null, behind: [step('Softmax', keyword('axis', 1))] };
  const known = nameOf(facts, name);
  return known === undefined ? { inside: null, behind: [activationStep(facts, name)] } : { inside: known, behind: [] };
}

/** Where a layer applies it itself, step by step. */
export function innerActivation(facts: NodeFacts, name: string): PythonValue {
  if (name === 'hardSigmoid') return new PythonCode('hard_sigmoid');
  return nameOf(facts, name) ?? facts.refuse(`the activation ${name} has no counterpart in Keras`);
}

export const activationRules: KerasRules = {
  activation: facts => [activationStep(facts, facts.activation())],
  reLU(facts) {
    const largest = facts.optionalNumber('maxValue');
    return [step('ReLU', ...(largest === undefined ? [] : [keyword('max_value', largest)]))];
  },
  leakyReLU: facts => [step('LeakyReLU', keyword('negative_slope', facts.number('alpha'), 0.3))],
  elu: facts => [step('ELU', keyword('alpha', facts.number('alpha'), 1))],
  thresholdedReLU: facts => [step('ReLU', keyword('threshold', facts.number('theta')))],
  softmax(facts) {
    const axis = Number(facts.value('axis'));
    if (axis !== -1 && axis !== facts.rank - 1) facts.refuse('TensorFlow.js has softmax over the last axis alone');
    return [step('Softmax')];
  },
  prelu(facts) {
    const shared = facts.numbers('sharedAxes');
    return [step('PReLU', ...(shared.length > 0 ? [keyword('shared_axes', shared)] : []))];
  },
};
