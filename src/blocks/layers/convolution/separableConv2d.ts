// A separable convolution: a depthwise one, and a 1×1 convolution that mixes its channels.
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { invalidCombination } from '../../problems/invalid-combination.ts';
import { notImplemented } from '../../problems/not-implemented.ts';
import { multiplyDims, type Dim } from '../../shapes/dim.ts';
import { count, inert } from '../attribute-types.ts';
import { constraint, initializer, refuseActivityRegularizer, regularizer } from '../core/weight-settings.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { writeImage } from '../layout.ts';
import {
  biasWeight, convolutionAttributes, filters, inputChannels, reportTooLarge, reportWhatFailsWhenRun, seesWindows,
  windowLengths, windowsOf, windowWorkings,
} from './convolution.ts';
import { biasAndActivation } from '../core/bias-and-activation.ts';
import { activated } from '../receptive-field.ts';

const layer = 'separableConv2d';

/** The layer has two kernels, so that TensorFlow.js does not know which is meant. */
const refused = inert({ type: 'undefined', doc: 'Not for this layer: it has a depthwise and a pointwise kernel.' });

const attributes = {
  filters,
  ...convolutionAttributes(2),
  kernelInitializer: refused,
  kernelRegularizer: refused,
  kernelConstraint: refused,
  depthMultiplier: count({ default: 1, tolerates: factor => factor === 0, doc: 'How many channels the depthwise step makes of each that goes in.' }),
  depthwiseInitializer: initializer('depthwise_kernel', 'glorotUniform'),
  depthwiseConstraint: constraint('depthwise kernel'),
  depthwiseRegularizer: regularizer('depthwise kernel'),
  pointwiseInitializer: inert({ type: 'undefined', doc: 'Ignored: the pointwise kernel starts as depthwiseInitializer says.' }),
  pointwiseConstraint: constraint('pointwise kernel'),
  pointwiseRegularizer: regularizer('pointwise kernel'),
};

type Call = LayerCall<typeof attributes>;

const betweenChannels = (call: Call): Dim => multiplyDims(windowsOf(call).image.channels, call.attributes.depthMultiplier);

export const separableConv2d = defineLayer({
  name: layer,
  aliases: [],
  className: 'SeparableConv2D',
  doc: {
    summary: 'A depthwise convolution and a 1×1 convolution after it, as one layer.',
    formula: "out = ⌊(in − (kernel − 1) · dilation − 1) / stride⌋ + 1 with 'valid', ⌈in / stride⌉ with 'same'; "
      + 'weights = kernel height · kernel width · c + c · filters + filters with c = in channels · depthMultiplier',
    source: { title: 'Chollet: Xception (2017)', url: 'https://arxiv.org/abs/1610.02357' },
    oddities: [
      'pointwiseInitializer is ignored: the pointwise kernel starts as depthwiseInitializer says.',
      "With dataFormat 'channelsFirst' the bias is added along the wrong axis, which throws when the layer runs.",
    ],
  },
  needsConfig: true,
  inputs: 'one',
  rank: 4,
  attributes,
  check({ attributes: given, report }) {
    for (const name of ['kernelInitializer', 'kernelRegularizer', 'kernelConstraint'] as const) {
      const instead = `${name.replace('kernel', 'depthwise')} and ${name.replace('kernel', 'pointwise')}`;
      if (given[name] !== undefined) report(invalidCombination, { layer, rule: `has no ${name}; it has ${instead}` }, name);
    }
    if (given.padding === 'causal') report(notImplemented, { layer, what: "padding 'causal'" }, 'padding');
  },
  shape(call) {
    const windows = windowsOf(call);
    inputChannels(layer, call, windows.image);
    refuseActivityRegularizer(layer, call);
    reportTooLarge(call, 'kernel', 'kernelSize', windows);
    if (call.attributes.padding !== 'causal') reportWhatFailsWhenRun(layer, call);
    if (windows.format === 'channelsFirst' && call.attributes.useBias) {
      call.report(failsWhenRun, { layer, what: 'it adds the bias along the wrong axis when the channels come first' }, 'dataFormat');
    }
    return writeImage({ batch: windows.image.batch, spatial: windowLengths(windows), channels: call.attributes.filters }, windows.format);
  },
  weights(call) {
    const { kernelSize, depthMultiplier } = call.attributes;
    return [
      { name: 'depthwise_kernel', shape: [...kernelSize, windowsOf(call).image.channels, depthMultiplier], trainable: true },
      { name: 'pointwise_kernel', shape: [1, 1, betweenChannels(call), call.attributes.filters], trainable: true },
      ...biasWeight(call, call.attributes.filters),
    ];
  },
  macs(call) {
    const lengths = windowLengths(windowsOf(call));
    const between = betweenChannels(call);
    return [[...lengths, ...call.attributes.kernelSize, between], [...lengths, between, call.attributes.filters]];
  },
  workings: call => windowWorkings(windowsOf(call)),
  receptiveField: { steps: call => activated(seesWindows(windowsOf(call), call.inputs[0]!), call) },
  elementOperations: biasAndActivation,
  examples: [
    { config: { filters: 128, kernelSize: 3, padding: 'same' }, inputs: [[null, 147, 147, 64]], output: [null, 147, 147, 128], params: 8896 },
    { config: { filters: 8, kernelSize: 3, depthMultiplier: 3, useBias: false }, inputs: [[null, 20, 20, 4]], output: [null, 18, 18, 8], params: 204 },
  ],
});
