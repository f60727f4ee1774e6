// Average pooling to a size that is given, whatever comes in.
import type { AttributeSchema } from '../attribute.ts';
import { requiredPerAxis } from '../attribute-types.ts';
import { defineLayer, type Runtime, type Tensor } from '../define-layer.ts';
import { dataFormat, readImage, spatialAxes, writeImage } from '../layout.ts';
import { withChannelsLast } from './channels-last.ts';
import { valuesOf } from '../element-operations.ts';
import { along, alongImage, whole } from '../receptive-field.ts';
import { adaptiveSight } from '../../shapes/window-sight.ts';

/** The means of windows along one axis, which may overlap where the size does not divide. */
function meansAlong(tf: Runtime, x: Tensor, axis: number, count: number): Tensor {
  const length = x.shape[axis]!;
  if (count === length) return x;
  const means = Array.from({ length: count }, (_, i) => {
    const [from, to] = [Math.floor(i * length / count), Math.ceil((i + 1) * length / count)];
    const window = tf.slice(x, x.shape.map((_size, at) => (at === axis ? from : 0)), x.shape.map((size, at) => (at === axis ? to - from : size)));
    return tf.mean(window, axis, true);
  });
  return means.length === 1 ? means[0]! : tf.concat(means, axis);
}

const attributes = {
  outputSize: requiredPerAxis({ axes: spatialAxes(2), doc: 'The height and width that come out, for both axes or one for each.' }),
  dataFormat,
} satisfies AttributeSchema;

export const adaptiveAveragePooling2d = defineLayer({
  name: 'adaptiveAveragePooling2d', vocabulary: 'blocks', aliases: [], className: 'AdaptiveAveragePooling2D', needsConfig: true, inputs: 'one', rank: 4, attributes,
  doc: {
    summary: 'Takes the mean of as many windows as there are values to come out.',
    formula: 'window i goes from ⌊i · in / out⌋ to ⌈(i + 1) · in / out⌉; the channels stay',
    source: { title: 'PyTorch: AdaptiveAvgPool2d', url: 'https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html' },
  },
  shape({ attributes: { outputSize, dataFormat: format }, inputs: [input] }) {
    return writeImage({ ...readImage(input!, format), spatial: outputSize }, format);
  },
  run: (tf, { attributes: { outputSize, dataFormat: format }, inputs: [x] }) => withChannelsLast(tf, x!, format, image => {
    const rows = meansAlong(tf, image, 1, Number(outputSize[0]));
    return tf.clone(meansAlong(tf, rows, 2, Number(outputSize[1])));
  }),
  // Down to one value it is a pool over the whole image, whatever its size.
  receptiveField: {
    steps: ({ attributes: { outputSize, dataFormat: format }, inputs: [input] }) =>
      alongImage(input!, format, (length, i, axis) => (outputSize[i] === 1 && length !== 1 ? whole : along(axis, adaptiveSight(length, outputSize[i]!)))),
  },
  elementOperations: { formula: 'values that go in, one for each', count: ({ inputs: [input] }) => [{ what: 'pool', product: valuesOf(input!), fvcore: true }] },
  examples: [{ config: { outputSize: 7 }, inputs: [[1, 8, 8, 512]], output: [1, 7, 7, 512], params: 0 }],
});
