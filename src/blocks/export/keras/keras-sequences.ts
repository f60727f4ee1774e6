// Recurrent layers and wrappers in Keras.
import type { NodeFacts } from '../python/node-facts.ts';
import type { PythonArgument, PythonCall } from '../python/statements.ts';
import { innerActivation } from './keras-activations.ts';
import { channels, keyword, layer, positional, type KerasRule, type KerasRules, type KerasStep } from './keras-layer.ts';

function recurrent(facts: NodeFacts, name: string, more: readonly PythonArgument[] = []): readonly KerasStep[] {
  const made = layer(
    name, channels('units', facts.number('units')), keyword('activation', innerActivation(facts, facts.activation()), 'tanh'), ...more, keyword('use_bias', facts.flag('useBias'), true),
    keyword('dropout', facts.number('dropout'), 0), keyword('recurrent_dropout', facts.number('recurrentDropout'), 0),
    keyword('return_sequences', facts.flag('returnSequences'), false), keyword('return_state', facts.flag('returnState'), false),
    keyword('go_backwards', facts.flag('goBackwards'), false), keyword('stateful', facts.flag('stateful'), false),
  );
  return [{ call: made, ...(facts.inputs.length > 1 ? { template: statesTemplate(facts) } : {}) }];
}

/** The states to start from are an argument of their own. */
const statesTemplate = ({ inputs }: NodeFacts): string => `{layer}({0}, initial_state=[${inputs.slice(1).map((_, i) => `{${i + 1}}`).join(', ')}])`;

const gates = (facts: NodeFacts): PythonArgument => keyword('recurrent_activation', innerActivation(facts, facts.activation('recurrentActivation')), 'sigmoid');

/** A wrapper is given the call that makes the layer inside of it. */
function inside(facts: NodeFacts, express: Parameters<KerasRule>[1]): PythonCall {
  const steps = express(facts.inner('layer'));
  const [only] = steps;
  return steps.length === 1 && only!.call && only!.template === undefined ? only!.call : facts.refuse('the layer inside of it is several in Keras');
}

export const sequenceRules: KerasRules = {
  simpleRNN: facts => recurrent(facts, 'SimpleRNN'),
  lstm: facts => recurrent(facts, 'LSTM', [gates(facts), keyword('unit_forget_bias', facts.flag('unitForgetBias'), true)]),
  /** The reset gate of TensorFlow.js acts before the matrix product. */
  gru: facts => recurrent(facts, 'GRU', [gates(facts), keyword('reset_after', false)]),
  bidirectional(facts, express) {
    if (facts.inputs.length > 1) facts.refuse('the states that it starts from are not exported');
    const mode = facts.value('mergeMode');
    if (typeof mode !== 'string') return facts.refuse('both directions come out, which is not exported');
    const wrapped = inside(facts, express);
    if (wrapped.arguments.some(({ name, value }) => name === 'return_state' && value === true)) facts.refuse('the states that come out are not exported');
    return [{ call: layer('Bidirectional', positional('layer', wrapped), keyword('merge_mode', mode, 'concat')) }];
  },
  timeDistributed: (facts, express) => [{ call: layer('TimeDistributed', positional('layer', inside(facts, express))) }],
};
