// Activations in PyTorch, as layers and behind others.
import type { NodeFacts } from '../python/node-facts.ts';
import { call, channels, expression, keyword, positional, torchAxis, type TorchRules, type TorchStep } from './torch-layer.ts';

const plain = (callee: string, wanted: string): TorchStep => ({ call: call(callee), wanted });

/** By their names in TensorFlow.js and in block definitions. */
const activations: Readonly<Record<string, TorchStep>> = {
  linear: plain('nn.Identity', 'identity'),
  relu: plain('nn.ReLU', 'relu'),
  relu6: plain('nn.ReLU6', 'relu6'),
  sigmoid: plain('nn.Sigmoid', 'sigmoid'),
  swish: plain('nn.SiLU', 'silu'),
  silu: plain('nn.SiLU', 'silu'),
  hardSwish: plain('nn.Hardswish', 'hardswish'),
  gelu: plain('nn.GELU', 'gelu'),
  gelu_new: { call: call('nn.GELU', keyword('approximate', 'tanh')), wanted: 'gelu' },
  tanh: plain('nn.Tanh', 'tanh'),
  elu: plain('nn.ELU', 'elu'),
  selu: plain('nn.SELU', 'selu'),
  mish: plain('nn.Mish', 'mish'),
  softplus: plain('nn.Softplus', 'softplus'),
  softsign: plain('nn.Softsign', 'softsign'),
};

/** That of MobileNetV3 is PyTorch's own; that of tf.layers has another slope. */
const hardSigmoid = (ofBlocks: boolean): TorchStep => (ofBlocks ? plain('nn.Hardsigmoid', 'hardsigmoid') : expression('torch.clamp(0.2 * {0} + 0.5, 0, 1)', 'hard sigmoid as in TensorFlow.js'));

/** `axis` is the one of PyTorch's tensor whose values sum to 1 behind a softmax. */
export function activationStep(facts: NodeFacts, name: string, axis: number): TorchStep {
  if (name === 'hardSigmoid') return hardSigmoid(facts.ofBlocks);
  if (name === 'softmax') return { call: call('nn.Softmax', keyword('dim', axis)), wanted: 'softmax' };
  if (name === 'logSoftmax') return { call: call('nn.LogSoftmax', keyword('dim', axis)), wanted: 'log_softmax' };
  return activations[name] ?? facts.refuse(`the activation ${name} has no counterpart in PyTorch`);
}

/** Behind a layer; nothing where there is none. */
export function activationBehind(facts: NodeFacts, axis: number): readonly TorchStep[] {
  const name = facts.activation();
  return name === 'linear' ? [] : [activationStep(facts, name, axis)];
}

export const activationRules: TorchRules = {
  activation: (facts, layout) => ({ steps: [activationStep(facts, facts.activation(), torchAxis(-1, facts.rank, layout))] }),
  reLU(facts) {
    const largest = facts.optionalNumber('maxValue');
    if (largest === undefined) return { steps: [activations['relu']!] };
    return { steps: [largest === 6 ? activations['relu6']! : { call: call('nn.Hardtanh', positional('min_val', 0), positional('max_val', largest)), wanted: 'relu' }] };
  },
  leakyReLU: facts => ({ steps: [{ call: call('nn.LeakyReLU', positional('negative_slope', facts.number('alpha'))), wanted: 'leaky_relu' }] }),
  elu: facts => ({ steps: [{ call: call('nn.ELU', keyword('alpha', facts.number('alpha'), 1)), wanted: 'elu' }] }),
  thresholdedReLU: facts => ({ steps: [{ call: call('nn.Threshold', positional('threshold', facts.number('theta')), positional('value', 0)), wanted: 'threshold' }] }),
  softmax(facts, layout) {
    const axis = Number(facts.value('axis'));
    if (axis !== -1 && axis !== facts.rank - 1) facts.refuse('TensorFlow.js has softmax over the last axis alone');
    return { steps: [{ call: call('nn.Softmax', keyword('dim', torchAxis(-1, facts.rank, layout))), wanted: 'softmax' }] };
  },
  /** PyTorch has one slope for each channel, which it takes for the axis behind the batch. */
  prelu(facts) {
    const shared = facts.numbers('sharedAxes');
    const own = facts.input.map((_, axis) => axis).slice(1).filter(axis => !shared.includes(axis));
    const last = facts.rank - 1;
    if (own.length !== 1 || (own[0] !== last && own[0] !== 1)) facts.refuse('PyTorch has slopes for each channel, and not for each value');
    const step: TorchStep = { call: call('nn.PReLU', channels('num_parameters', facts.inputDim(own[0]!)), keyword('init', 0)), wanted: 'prelu' };
    if (own[0] === 1) return { layout: 'asGraph', steps: [step] };
    return facts.rank < 4 ? { steps: [{ ...step, template: '{layer}({0}.movedim(-1, 1)).movedim(1, -1)' }] } : { layout: 'channelsFirst', steps: [step] };
  },
};
