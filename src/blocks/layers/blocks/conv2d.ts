// A 2-D convolution as block definitions have it: with groups, and with padding by number.
import { isKnown, type Dim } from '../../shapes/dim.ts';
import type { AttributeSchema } from '../attribute.ts';
import { count, flag, perAxis, requiredPerAxis } from '../attribute-types.ts';
import { filters, inputChannels, reportTooLarge, windowLengths, windowWorkings, type Windows } from '../convolution/convolution.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { dataFormat, readImage, spatialAxes, writeImage } from '../layout.ts';
import { blockActivation } from './block-activations.ts';
import { channelsOfGroup, reportGroups } from './groups.ts';
import { padding, windowPadding } from './padding.ts';

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
  examples: [
    { config: { filters: 64, kernelSize: 3, padding: 1 }, inputs: [[1, 56, 56, 32]], output: [1, 56, 56, 64], params: 18496 },
    { config: { filters: 128, kernelSize: 3, padding: 1, strides: 2, groups: 32, useBias: false }, inputs: [[1, 56, 56, 128]], output: [1, 28, 28, 128], params: 4608 },
    { config: { filters: 64, kernelSize: 7, padding: 3, strides: 2, useBias: false, dataFormat: 'channelsFirst' }, inputs: [[1, 3, 224, 224]], output: [1, 64, 112, 112], params: 9408 },
  ],
});
