// The middle of images.
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { defineLayer } from '../define-layer.ts';
import { imageSize, reportMissingSize, sizeOf } from './image-size.ts';
import { isKnown, unknown, type Dim } from '../../shapes/dim.ts';
import { notInWindows } from '../receptive-field.ts';

const layer = 'centerCrop';

export const centerCrop = defineLayer({
  name: layer,
  aliases: [],
  className: 'CenterCrop',
  doc: {
    summary: 'Cuts the middle out of images; images that are too small are enlarged instead.',
    formula: '[batch, in height, in width, channels] → [batch, height, width, channels]',
    source: { title: 'TensorFlow.js: tf.layers.centerCrop', url: 'https://js.tensorflow.org/api/latest/#layers.centerCrop' },
    oddities: [
      'While a model is built the shape of the tensor that goes in is overwritten with that of the output: it is another one from there on, and a model that '
      + 'begins with this layer refuses images that are to be cropped.',
      'An image that is larger in one direction and smaller in the other is enlarged in both.',
    ],
  },
  needsConfig: true,
  inputs: 'one',
  rank: { atLeast: 2 },
  attributes: imageSize,
  overwritesInput: true,
  check: call => reportMissingSize(layer, call),
  shape(call) {
    const { inputs: [input], report } = call;
    if (input!.length !== 3 && input!.length !== 4) report(failsWhenRun, { layer, what: 'only images can be cropped, alone or in a batch' });
    // Of a vector TensorFlow.js sets the axis before the first one.
    const size = sizeOf(call).slice(input!.length === 2 ? 1 : 0);
    return [...input!.slice(0, Math.max(0, input!.length - 3)), ...size, input!.at(-1)!];
  },
  receptiveField: notInWindows('centerCrop takes rows and columns at rounded places, which do not lie equally far apart'),
  elementOperations: {
    formula: 'none where the image is large enough, otherwise 4 · height · width · channels: it is enlarged',
    count(call) {
      const [height, width] = sizeOf(call);
      const [inHeight, inWidth, channels] = call.inputs[0]!.slice(-3) as [Dim, Dim, Dim];
      const what = 'interpolation';
      if (![height, width, inHeight, inWidth].every(isKnown)) return [{ what, product: [unknown('whether the image is large enough to be cropped is not known')] }];
      return Number(inHeight) >= Number(height) && Number(inWidth) >= Number(width) ? [] : [{ what, product: [4, height, width, channels], fvcore: true }];
    },
  },
  examples: [
    { config: { height: 20, width: 24 }, inputs: [[null, 28, 28, 3]], output: [null, 20, 24, 3], params: 0 },
    { config: { height: 20, width: 24 }, inputs: [[null, 16, 16, 1]], output: [null, 20, 24, 1], params: 0 },
  ],
});
