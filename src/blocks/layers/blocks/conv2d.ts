// A 2-D convolution as block definitions have it: with groups, and with padding by number.
import type { Tensor4D as Kernel } from '@tensorflow/tfjs-core';
import { isKnown, unknown, type Dim } from '../../shapes/dim.ts';
import type { AttributeSchema } from '../attribute.ts';
import { count, flag, perAxis, requiredPerAxis } from '../attribute-types.ts';
import { filters, inputChannels, reportTooLarge, seesWindows, windowLengths, windowWorkings, type Windows } from '../convolution/convolution.ts';
import { defineLayer, type LayerCall, type Runtime, type Tensor } from '../define-layer.ts';
import { dataFormat, readImage, spatialAxes, writeImage } from '../layout.ts';
import { blockActivation } from './block-activations.ts';
import { withChannelsLast } from './channels-last.ts';
import { channelsOfGroup, dividesEvenly, reportGroups } from './groups.ts';
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

/** Of the kernel: what one filter sees of the channels. There is no such kernel where the groups are not of one size. */
function depth(call: Call): Dim {
  const { channels } = windowsOf(call).image;
  const { groups, filters: out } = call.attributes;
  return dividesEvenly(channels, groups) && dividesEvenly(out, groups) ? channelsOfGroup(channels, groups) : unknown('the channels cannot be divided into groups of the same size');
}

/** TensorFlow.js either moves on or dilates: where it is to do both, it convolves at every place, of which most are left out again. */
function convolve(tf: Runtime, image: Kernel, kernel: Kernel, attributes: Call['attributes']): Tensor {
  const { strides, dilationRate, padding: padded } = attributes;
  const [step, dilation] = [pairOf(strides), pairOf(dilationRate)];
  if (step.every(isOne) || dilation.every(isOne)) {
    // TensorFlow.js rounds 'same' by itself, and refuses to be told how.
    return padded === 'same' ? convolveWith(tf, image, kernel, attributes, step, 'same') : convolveWith(tf, image, kernel, attributes, step, marginsOf(pairOf(padded)));
  }
  const pad = padded === 'same' ? marginsOf(...sameMargins(image, kernel, step, dilation)) : marginsOf(pairOf(padded));
  const everywhere = convolveWith(tf, image, kernel, attributes, [1, 1], pad);
  return tf.stridedSlice(everywhere, [0, 0, 0, 0], everywhere.shape, [1, ...step, 1]);
}

/** TensorFlow.js has no groups: as many as there are channels make it a depthwise convolution, others one for each group. */
function convolveWith(tf: Runtime, image: Kernel, kernel: Kernel, { dilationRate, groups }: Call['attributes'], step: Pair, pad: 'same' | Margins): Tensor {
  const dilation = pairOf(dilationRate);
  const rounding = pad === 'same' ? undefined : 'floor';
  const count = Number(groups);
  const [height, width, inGroup, out] = kernel.shape;
  if (count === 1) return tf.conv2d(image, kernel, step, pad, 'NHWC', dilation, rounding);
  if (inGroup === 1) return tf.depthwiseConv2d(image, tf.reshape(kernel, [height, width, count, out / count]) as Kernel, step, pad, 'NHWC', dilation, rounding);
  const images = tf.split(image, count, 3) as Kernel[];
  const kernels = tf.split(kernel, count, 3) as Kernel[];
  return tf.concat(images.map((part, i) => tf.conv2d(part, kernels[i]!, step, pad, 'NHWC', dilation, rounding)), 3);
}

type Pair = [number, number];

type Margins = [Pair, Pair, Pair, Pair];

const pairOf = (dims: readonly Dim[]): Pair => [Number(dims[0]), Number(dims[1])];

const isOne = (number: number): boolean => number === 1;

const marginsOf = (before: Pair, behind = before): Margins => [[0, 0], [before[0], behind[0]], [before[1], behind[1]], [0, 0]];

/** What 'same' puts before an image and behind it. */
function sameMargins(image: Kernel, kernel: Kernel, step: Pair, dilation: Pair): [Pair, Pair] {
  const missing = [0, 1].map(i => {
    const [length, reach] = [image.shape[i + 1]!, (kernel.shape[i]! - 1) * dilation[i]! + 1];
    return Math.max((Math.ceil(length / step[i]!) - 1) * step[i]! + reach - length, 0);
  }) as Pair;
  return [missing.map(zeros => Math.floor(zeros / 2)) as Pair, missing.map(zeros => Math.ceil(zeros / 2)) as Pair];
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
