// Recurrent layers and wrappers in PyTorch, as far as they compute the same there.
import type { NodeFacts } from '../python/node-facts.ts';
import type { PythonArgument } from '../python/statements.ts';
import { call, channels, keyword, type TorchLayer, type TorchRules, type TorchStep } from './torch-layer.ts';

const secondBias = 'has a second bias, bias_hh, which the original has not: set it to zero';

/** What PyTorch's recurrent layers cannot be told. */
function refuseSettings(facts: NodeFacts): void {
  if (facts.inputs.length > 1 || facts.flag('returnState')) facts.refuse('its states go in or come out, which PyTorch does in another shape');
  if (facts.flag('stateful')) facts.refuse('PyTorch keeps no states from batch to batch');
  if (facts.number('dropout') !== 0 || facts.number('recurrentDropout') !== 0) facts.refuse('PyTorch has no dropout inside of a recurrent layer');
}

function recurrent(facts: NodeFacts, callee: string, wanted: string, more: readonly PythonArgument[], bidirectional: boolean): TorchStep {
  refuseSettings(facts);
  const backwards = facts.flag('goBackwards');
  const sequences = facts.flag('returnSequences');
  const useBias = facts.flag('useBias');
  if (bidirectional && (!sequences || backwards)) facts.refuse('PyTorch gives the last output of the other direction elsewhere');
  return {
    wanted,
    template: `{layer}({0}${backwards ? '.flip(1)' : ''})[0]${sequences ? '' : '[:, -1]'}`,
    call: call(
      callee, channels('input_size', facts.inputDim(-1)), channels('hidden_size', facts.number('units')), ...more, keyword('bias', useBias, true), keyword('batch_first', true),
      keyword('bidirectional', bidirectional, false),
    ),
    ...(useBias ? { remark: secondBias } : {}),
  };
}

function stepOf(facts: NodeFacts, bidirectional: boolean): TorchStep {
  const activation = facts.activation();
  if (facts.layer === 'lstm') {
    const gates = facts.activation('recurrentActivation');
    if (activation !== 'tanh' || gates !== 'sigmoid') facts.refuse(`PyTorch's has tanh and sigmoid, and not ${activation} and ${gates}`);
    facts.value('unitForgetBias');
    return recurrent(facts, 'nn.LSTM', 'lstm', [], bidirectional);
  }
  if (facts.layer === 'simpleRNN') {
    if (activation !== 'tanh' && activation !== 'relu') facts.refuse(`PyTorch's has tanh or relu, and not ${activation}`);
    return recurrent(facts, 'nn.RNN', 'rnn', [keyword('nonlinearity', activation, 'tanh')], bidirectional);
  }
  return facts.refuse("PyTorch's resets the state behind the matrix product, which is another unit");
}

function bidirectional(facts: NodeFacts): TorchLayer {
  if (facts.value('mergeMode') !== 'concat') facts.refuse('PyTorch joins the directions one behind the other alone');
  if (facts.inputs.length > 1) facts.refuse('its states go in, which PyTorch does in another shape');
  const inner = facts.inner('layer');
  return { steps: [stepOf(inner, true)] };
}

export const sequenceRules: TorchRules = {
  simpleRNN: facts => ({ steps: [stepOf(facts, false)] }),
  lstm: facts => ({ steps: [stepOf(facts, false)] }),
  gru: facts => ({ steps: [stepOf(facts, false)] }),
  bidirectional,
  /** A dense layer works on the last axis of any tensor. */
  timeDistributed(facts) {
    const inner = facts.inner('layer');
    if (inner.layer !== 'dense' || facts.rank !== 3) facts.refuse(`PyTorch has no wrapper that applies ${inner.layer} to each step`);
    if (inner.activation() !== 'linear') facts.refuse('a dense layer with an activation inside of it is not exported');
    return { steps: [{ wanted: 'linear', call: call('nn.Linear', channels('in_features', facts.inputDim(-1)), channels('out_features', inner.number('units')), keyword('bias', inner.flag('useBias'), true)) }] };
  },
};
