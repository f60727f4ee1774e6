// A depthwise convolution: every channel has filters of its own and is not mixed with the others.
import { ignoredAttribute } from '../../problems/ignored-attribute.ts';
import { multiplyDims, spellDim, type Dim } from '../../shapes/dim.ts';
import { count } from '../attribute-types.ts';
import { constraint, initializer, refuseActivityRegularizer, regularizer } from '../core/weight-settings.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { writeImage } from '../layout.ts';
import { biasWeight, convolutionAttributes, inputChannels, reportTooLarge, seesWindows, windowLengths, windowsOf, windowWorkings, type Windows } from './convolution.ts';
import { biasAndActivation } from '../core/bias-and-activation.ts';
import { activated } from '../receptive-field.ts';

const attributes = {
  ...convolutionAttributes(2),
  depthMultiplier: count({ default: 1, tolerates: factor => factor === 0, doc: 'How many channels come out for each that goes in.' }),
  depthwiseInitializer: initializer('depthwise_kernel', 'glorotNormal'),
  depthwiseConstraint: constraint('depthwise kernel'),
  depthwiseRegularizer: regularizer('depthwise kernel'),
};

type Call = LayerCall<typeof attributes>;

/** TensorFlow.js reads the dilation but neither its shape rule nor its operation uses it. */
const undilated = (call: Call): Windows => {
  const windows = windowsOf(call);
  return { ...windows, windows: windows.windows.map(window => ({ ...window, dilation: 1 })) };
};

const outChannels = (call: Call): Dim => multiplyDims(windowsOf(call).image.channels, call.attributes.depthMultiplier);

export const depthwiseConv2d = defineLayer({
  name: 'depthwiseConv2d',
  aliases: [],
  className: 'DepthwiseConv2D',
  doc: {
    summary: 'Slides filters over each channel by itself; the channels are not mixed.',
    formula: "out = ⌊(in − kernel) / stride⌋ + 1 with 'valid', ⌈in / stride⌉ with 'same'; channels = in channels · depthMultiplier; "
      + 'weights = kernel height · kernel width · channels + channels',
    source: { title: 'TensorFlow.js: tf.layers.depthwiseConv2d', url: 'https://js.tensorflow.org/api/latest/#layers.depthwiseConv2d' },
    oddities: ['dilationRate is ignored without a word: the shape and the values are those of an undilated kernel.'],
  },
  needsConfig: true,
  inputs: 'one',
  rank: 4,
  attributes,
  check({ attributes: { dilationRate }, report }) {
    if (dilationRate.some(dim => typeof dim === 'number' && dim !== 1)) {
      report(ignoredAttribute, { layer: 'depthwiseConv2d', attribute: 'dilationRate', received: `[${dilationRate.map(spellDim).join(', ')}]` }, 'dilationRate');
    }
  },
  shape(call) {
    const windows = undilated(call);
    inputChannels('depthwiseConv2d', call, windows.image);
    refuseActivityRegularizer('depthwiseConv2d', call);
    reportTooLarge(call, 'kernel', 'kernelSize', windows);
    return writeImage({ batch: windows.image.batch, spatial: windowLengths(windows), channels: outChannels(call) }, windows.format);
  },
  weights(call) {
    const { kernelSize, depthMultiplier } = call.attributes;
    const shape = [...kernelSize, windowsOf(call).image.channels, depthMultiplier];
    return [{ name: 'depthwise_kernel', shape, trainable: true }, ...biasWeight(call, outChannels(call))];
  },
  macs: call => [[...windowLengths(undilated(call)), ...call.attributes.kernelSize, outChannels(call)]],
  workings: call => windowWorkings(undilated(call)),
  receptiveField: { steps: call => activated(seesWindows(undilated(call), call.inputs[0]!), call) },
  elementOperations: biasAndActivation,
  examples: [
    { config: { kernelSize: 3, padding: 'same' }, inputs: [[null, 112, 112, 32]], output: [null, 112, 112, 32], params: 320 },
    { config: { kernelSize: 3, strides: 2, padding: 'same', depthMultiplier: 2, useBias: false }, inputs: [[null, 15, 15, 8]], output: [null, 8, 8, 16], params: 144 },
  ],
});
