// One step of an LSTM that convolves.
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { openDim } from '../../problems/open-dim.ts';
import { defineLayer } from '../define-layer.ts';
import { convLstmAttributes, convLstmMacs, convLstmOperations, convLstmState, convLstmWeights, isOpenChannels } from './conv-lstm.ts';
import { lstmStep, stepOperations } from './step-operations.ts';
import { cellByItself } from './recurrence.ts';

const layer = 'convLstm2dCell';

export const convLstm2dCell = defineLayer({
  name: layer,
  aliases: [],
  className: 'ConvLSTM2DCell',
  doc: {
    summary: 'One step of an LSTM that convolves; convLstm2d makes one for itself.',
    formula: 'states: h and c; weights = 4 · filters · (kernel height · kernel width · (in channels + filters) + 1)',
    source: { title: 'Shi et al.: Convolutional LSTM Network (2015)', url: 'https://arxiv.org/abs/1506.04214' },
    oddities: [
      'Applied by itself it builds, with the shape of its input as its output, but does not run.',
      'tf.layers.rnn builds with it, on sequences of vectors, but does not run either: only convLstm2d has images for its steps.',
    ],
  },
  needsConfig: true,
  inputs: 'one',
  rank: { atLeast: 2 },
  attributes: convLstmAttributes,
  shape(call) {
    const [input] = call.inputs;
    if (isOpenChannels(call, input!)) call.report(openDim, { layer, dim: 'channels', input: input! });
    call.report(failsWhenRun, { layer, what: 'a cell only works inside of a recurrent layer, which gives it its states' });
    return input!;
  },
  // As TensorFlow.js counts them, which takes the cell for one of vectors.
  states: ({ attributes: { filters }, inputs: [input] }) => [[input![0]!, filters], [input![0]!, filters]],
  weights: call => convLstmWeights(call, call.inputs[0]!),
  macs: call => (call.inputs[0]!.length === 4 ? convLstmMacs(call, call.inputs[0]!) : []),
  receptiveField: cellByItself,
  elementOperations: {
    ...convLstmOperations,
    count: call => (call.inputs[0]!.length === 4 ? stepOperations(lstmStep, call.attributes, convLstmState(call, call.inputs[0]!).slice(1)) : []),
  },
  examples: [{ config: { filters: 4, kernelSize: 3 }, inputs: [[null, 9, 8, 3]], output: [null, 9, 8, 3], params: 1024 }],
});
