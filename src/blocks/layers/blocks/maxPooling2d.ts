// Maximum pooling as block definitions have it: with padding by number, and with a last window that may stick out.
import { invalidCombination } from '../../problems/invalid-combination.ts';
import { isKnown, spellDim, type Dim } from '../../shapes/dim.ts';
import type { AttributeSchema } from '../attribute.ts';
import { flag, optionalPerAxis, perAxis } from '../attribute-types.ts';
import { reportTooLarge, seesWindows, windowLengths, windowWorkings, type Windows } from '../convolution/convolution.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { dataFormat, readImage, spatialAxes, writeImage } from '../layout.ts';
import { withChannelsLast } from './channels-last.ts';
import { padding, windowPadding } from './padding.ts';
import { valuesOf } from '../element-operations.ts';

const axes = spatialAxes(2);

const numbersOf = (dims: readonly Dim[]): [number, number] => [Number(dims[0]), Number(dims[1])];

const attributes = {
  poolSize: perAxis({ axes, default: 2, doc: 'The size of the window, for both axes or one for each.' }),
  strides: optionalPerAxis({ axes, doc: 'How far the window moves; by default as far as it is long, so that windows do not overlap.' }),
  padding,
  ceilMode: flag({ default: false, doc: 'Whether a last window counts that sticks out over the end.' }),
  dataFormat,
} satisfies AttributeSchema;

function windowsOf({ attributes: { poolSize, strides = poolSize, padding: padded, ceilMode, dataFormat: format }, inputs: [input] }: LayerCall<typeof attributes>): Windows {
  const windows = poolSize.map((size, i) => ({ size, stride: strides[i]!, roundsUp: ceilMode, ...windowPadding(padded, i) }));
  return { image: readImage(input!, format), format, windows, axes };
}

export const maxPooling2d = defineLayer({
  name: 'maxPooling2d', vocabulary: 'blocks', aliases: ['maxPool2d'], className: 'MaxPooling2D', needsConfig: false, inputs: 'one', rank: 4, attributes,
  doc: {
    summary: 'Takes the largest value of each window.',
    formula: 'out = ⌊(in + 2 · padding − pool) / stride⌋ + 1, rounded up with ceilMode; the channels stay',
    source: { title: 'PyTorch: MaxPool2d', url: 'https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html' },
  },
  // As PyTorch does: a window that sees nothing but padding has no largest value.
  check({ attributes: { poolSize, padding: padded }, report }) {
    if (padded === 'same') return;
    const i = poolSize.findIndex((size, axis) => isKnown(size) && isKnown(padded[axis]!) && padded[axis] * 2 > size);
    if (i >= 0) report(invalidCombination, { layer: 'maxPooling2d', rule: `pads by ${spellDim(padded[i]!)}, which is more than half of its ${axes[i]!} of ${spellDim(poolSize[i]!)}` }, 'padding');
  },
  shape(call) {
    const windows = windowsOf(call);
    reportTooLarge(call, 'pool', 'poolSize', windows);
    return writeImage({ ...windows.image, spatial: windowLengths(windows) }, windows.format);
  },
  workings: call => windowWorkings(windowsOf(call)),
  run: (tf, { attributes, inputs: [x], output }) => withChannelsLast(tf, x!, attributes.dataFormat, image => {
    const { poolSize, strides = poolSize, padding: padded, dataFormat: format } = attributes;
    const [size, step] = [numbersOf(poolSize), numbersOf(strides)];
    if (padded === 'same') return tf.maxPool(image, size, step, 'same');
    const out = format === 'channelsFirst' ? output.slice(2) : output.slice(1, 3);
    // The last window may stick out over the end, or not reach it.
    const before = numbersOf(padded as readonly Dim[]);
    const after = out.map((places, i) => Math.max(0, (places - 1) * step[i]! + size[i]! - before[i]! - image.shape[i + 1]!));
    return tf.maxPool(image, size, step, [[0, 0], [before[0], after[0]!], [before[1], after[1]!], [0, 0]], 'floor');
  }),
  receptiveField: { steps: call => seesWindows(windowsOf(call), call.inputs[0]!) },
  elementOperations: { formula: 'values that go in, one for each', count: ({ inputs: [input] }) => [{ what: 'pool', product: valuesOf(input!) }] },
  examples: [
    { config: { poolSize: 3, strides: 2, padding: 1 }, inputs: [[1, 112, 112, 64]], output: [1, 56, 56, 64], params: 0 },
    { config: { poolSize: 3, strides: 2, ceilMode: true }, inputs: [[1, 54, 54, 64]], output: [1, 27, 27, 64], params: 0 },
  ],
});
