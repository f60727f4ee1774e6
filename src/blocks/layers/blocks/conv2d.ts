// A 2-D convolution as block definitions have it: with groups, and with padding by number.
import type { Tensor4D as Kernel } from '@tensorflow/tfjs';
import { isKnown, type Dim } from '../../shapes/dim.ts';
import type { AttributeSchema } from '../attribute.ts';
import { count, flag, perAxis, requiredPerAxis } from '../attribute-types.ts';
import { filters, inputChannels, reportTooLarge, seesWindows, windowLengths, windowWorkings, type Windows } from '../convolution/convolution.ts';
import { defineLayer, type LayerCall, type Runtime, type Tensor } from '../define-layer.ts';
import { dataFormat, readImage, spatialAxes, writeImage } from '../layout.ts';
import { blockActivation } from './block-activations.ts';
import { withChannelsLast } from './channels-last.ts';
import { channelsOfGroup, reportGroups } from './groups.ts';
import { padding, windowPadding } from './padding.ts';
import { applyActivation } from './run-activation.ts';
import { biasAndActivation } from '../core/bias-and-activation.ts';

const axes = spatialAxes(2);

const attributes = {
  filters,
  kernelSize: requiredPerAxis({ axes, doc: 'The size of the window, for both axes or one for each.' }),
  strides: perAxis({ axes, default: 1, doc: 'How far the window moves.' }),
  padding,
  dilationRate: perAxis({ axes, default: 1, doc: 'The distance between the values that the kernel looks at.' }),
  groups: count({ default: 1, doc: 'Into how many groups the channels are divided; each filter sees those of one. As many as there are channels make it depthwise.' }),
  useBias: flag({ default: true, doc: 'Whether one value per channel is added.' }),
  activation: blockActivation('Applied to the output.'),
  dataFormat,
} satisfies AttributeSchema;

type Call = LayerCall<typeof attributes>;

function windowsOf({ attributes: { kernelSize, strides, padding: padded, dilationRate, dataFormat: format }, inputs: [input] }: Call): Windows {
  const windows = kernelSize.map((size, i) => ({ size, stride: strides[i]!, dilation: dilationRate[i]!, ...windowPadding(padded, i) }));
  return { image: readImage(input!, format), format, windows, axes };
}

/** Of the kernel: what one filter sees of the channels. */
const depth = (call: Call): Dim => channelsOfGroup(windowsOf(call).image.channels, call.attributes.groups);

/** TensorFlow.js has no groups: as many as there are channels make it a depthwise convolution, others one for each group. */
function convolve(tf: Runtime, image: Kernel, kernel: Kernel, { strides, dilationRate, padding: padded, groups }: Call['attributes']): Tensor {
  const [step, dilation] = [pairOf(strides), pairOf(dilationRate)];
  // TensorFlow.js rounds 'same' by itself, and refuses to be told how.
  const [pad, rounding] = padded === 'same' ? ['same', undefined] as const : [marginsOf(padded), 'floor'] as const;
  const count = Number(groups);
  const [height, width, inGroup, out] = kernel.shape;
  if (count === 1) return tf.conv2d(image, kernel, step, pad, 'NHWC', dilation, rounding);
  if (inGroup === 1) return tf.depthwiseConv2d(image, tf.reshape(kernel, [height, width, count, out / count]) as Kernel, step, pad, 'NHWC', dilation, rounding);
  const images = tf.split(image, count, 3) as Kernel[];
  const kernels = tf.split(kernel, count, 3) as Kernel[];
  return tf.concat(images.map((part, i) => tf.conv2d(part, kernels[i]!, step, pad, 'NHWC', dilation, rounding)), 3);
}

const pairOf = (dims: readonly Dim[]): [number, number] => [Number(dims[0]), Number(dims[1])];

function marginsOf(padded: readonly Dim[]): [[number, number], [number, number], [number, number], [number, number]] {
  const [rows, columns] = pairOf(padded);
  return [[0, 0], [rows, rows], [columns, columns], [0, 0]];
}

export const conv2d = defineLayer({
  name: 'conv2d', vocabulary: 'blocks', aliases: [], className: 'Conv2D', needsConfig: true, inputs: 'one', rank: 4, attributes,
  doc: {
    summary: 'Slides filters over an image; each gives one channel of the output.',
    formula: 'out = ⌊(in + 2 · padding − (kernel − 1) · dilation − 1) / stride⌋ + 1; weights = kernel height · kernel width · in channels / groups · filters + filters',
    source: { title: 'Dumoulin, Visin: A guide to convolution arithmetic for deep learning (2016)', url: 'https://arxiv.org/abs/1603.07285' },
  },
  shape(call) {
    const windows = windowsOf(call);
    const channels = inputChannels('conv2d', call, windows.image);
    const { groups, filters: out } = call.attributes;
    if (groups !== 1) reportGroups('conv2d', call, 'groups', groups, { 'channels that go in': channels, filters: out });
    reportTooLarge(call, 'kernel', 'kernelSize', windows);
    return writeImage({ batch: windows.image.batch, spatial: windowLengths(windows), channels: out }, windows.format);
  },
  weights(call) {
    const { kernelSize, filters: out, useBias } = call.attributes;
    const kernel = { name: 'kernel', shape: [...kernelSize, depth(call), out], trainable: true };
    return useBias ? [kernel, { name: 'bias', shape: [out], trainable: true }] : [kernel];
  },
  macs: call => [[...windowLengths(windowsOf(call)), ...call.attributes.kernelSize, depth(call), call.attributes.filters]],
  workings(call) {
    const { groups } = call.attributes;
    const grouped = isKnown(groups) && groups > 1 ? [`groups: ${groups}, so that each filter sees 1/${groups} of the channels`] : [];
    return [...windowWorkings(windowsOf(call)), ...grouped];
  },
  run(tf, { attributes, inputs: [x], weights: { kernel, bias } }) {
    const convolved = withChannelsLast(tf, x!, attributes.dataFormat, image => {
      const y = convolve(tf, image, kernel as Kernel, attributes);
      return bias ? tf.add(y, bias) : y;
    });
    return applyActivation(tf, String(attributes.activation), convolved, attributes.dataFormat === 'channelsFirst' ? 1 : 3);
  },
  receptiveField: { steps: call => seesWindows(windowsOf(call), call.inputs[0]!) },
  elementOperations: biasAndActivation,
  examples: [
    { config: { filters: 64, kernelSize: 3, padding: 1 }, inputs: [[1, 56, 56, 32]], output: [1, 56, 56, 64], params: 18496 },
    { config: { filters: 128, kernelSize: 3, padding: 1, strides: 2, groups: 32, useBias: false }, inputs: [[1, 56, 56, 128]], output: [1, 28, 28, 128], params: 4608 },
    { config: { filters: 64, kernelSize: 7, padding: 3, strides: 2, useBias: false, dataFormat: 'channelsFirst' }, inputs: [[1, 3, 224, 224]], output: [1, 64, 112, 112], params: 9408 },
  ],
});
