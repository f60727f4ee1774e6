// An LSTM over a sequence of images: its products are convolutions.
import { notImplemented } from '../../problems/not-implemented.ts';
import { openDim } from '../../problems/open-dim.ts';
import type { Dim } from '../../shapes/dim.ts';
import { flag } from '../attribute-types.ts';
import { reportTooLarge, reportWhatFailsWhenRun } from '../convolution/convolution.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { convLstmAttributes, convLstmMacs, convLstmOperations, convLstmState, convLstmWeights, convLstmWorkings, isOpenChannels, windowsOfStep } from './conv-lstm.ts';
import { refuseOpenBatch, sequenceSettings } from './recurrence.ts';
import { repeated } from '../element-operations.ts';
import { lstmStep, stepOperations } from './step-operations.ts';
import { notInWindows } from '../receptive-field.ts';

const layer = 'convLstm2d';

const attributes = {
  ...convLstmAttributes,
  ...sequenceSettings,
  unroll: flag({ default: false, doc: 'TensorFlow.js refuses true.' }),
};

/** One image of the sequence. */
function stepOf(call: LayerCall<typeof attributes>): readonly Dim[] {
  const [batch, , ...image] = call.inputs[0] as [Dim, Dim, ...Dim[]];
  return [batch, ...image];
}

/** TensorFlow.js refuses to keep states of unknown size. */
function refuseOpenState(call: LayerCall<typeof attributes>): void {
  refuseOpenBatch(layer, call);
  const open = convLstmState(call, stepOf(call)).indexOf(null, 1);
  if (call.attributes.stateful && open > 0) call.report(openDim, { layer, dim: 'size of the images', input: call.inputs[0]! }, 'stateful');
}

export const convLstm2d = defineLayer<typeof attributes>({
  name: layer,
  aliases: [],
  className: 'ConvLSTM2D',
  cellClassName: 'ConvLSTM2DCell',
  doc: {
    summary: 'Reads a sequence of images step by step with a memory, which is an image itself: an LSTM that convolves.',
    formula: '[batch, steps, height, width, channels] → [batch, out height, out width, filters], with returnSequences [batch, steps, …]; the outs are those '
      + 'of conv2d; weights = 4 · filters · (kernel height · kernel width · (in channels + filters) + 1)',
    source: { title: 'Shi et al.: Convolutional LSTM Network (2015)', url: 'https://arxiv.org/abs/1506.04214' },
    oddities: [
      'States to start from are refused while a model is built, although the layer runs with them.',
      "padding 'causal' is built but throws when the layer runs, and so do strides and dilation that are both larger than 1.",
      'Anything falsy as strides, padding, dataFormat or dilationRate stands for the default.',
    ],
  },
  needsConfig: true,
  inputs: 'one',
  rank: 5,
  attributes,
  check({ attributes: { unroll }, report }) {
    if (unroll) report(notImplemented, { layer, what: 'unroll' }, 'unroll');
  },
  shape(call) {
    const { attributes: { returnSequences }, inputs: [input] } = call;
    const step = stepOf(call);
    const windows = windowsOfStep(call, step);
    if (isOpenChannels(call, step)) call.report(openDim, { layer, dim: 'channels', input: input! });
    refuseOpenState(call);
    reportTooLarge(call, 'kernel', 'kernelSize', windows);
    reportWhatFailsWhenRun(layer, call);
    const [batch, ...image] = convLstmState(call, step);
    return returnSequences ? [batch!, input![1]!, ...image] : [batch!, ...image];
  },
  furtherOutputs(call) {
    const state = convLstmState(call, stepOf(call));
    return call.attributes.returnState ? [state, state] : [];
  },
  weights: call => convLstmWeights(call, stepOf(call)),
  macs: call => convLstmMacs(call, stepOf(call)).map(product => [call.inputs[0]![1]!, ...product]),
  workings: call => convLstmWorkings(call, stepOf(call)),
  receptiveField: notInWindows('its state is convolved anew in each step, so that what is seen of the images grows'),
  elementOperations: {
    ...convLstmOperations,
    count: call => repeated(stepOperations(lstmStep, call.attributes, convLstmState(call, stepOf(call)).slice(1)), call.inputs[0]![1]!),
  },
  examples: [
    { config: { filters: 4, kernelSize: 3 }, inputs: [[null, 5, 9, 8, 3]], output: [null, 7, 6, 4], params: 1024 },
    { config: { filters: 2, kernelSize: [3, 1], strides: 2, padding: 'same', returnSequences: true, useBias: false }, inputs: [[null, null, 9, 8, 3]], output: [null, null, 5, 4, 2], params: 120 },
    { config: { filters: 4, kernelSize: 3, dataFormat: 'channelsFirst' }, inputs: [[2, 5, 3, 9, 8]], output: [2, 4, 7, 6], params: 1024 },
  ],
});
