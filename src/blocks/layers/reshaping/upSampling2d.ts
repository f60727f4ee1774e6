// An image enlarged by whole factors.
import { multiplyDims, spellDim, type Dim } from '../../shapes/dim.ts';
import { choice, perAxis } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { dataFormat, readImage, spatialAxes, writeImage } from '../layout.ts';
import { valuesOf } from '../element-operations.ts';
import { along, alongImage } from '../receptive-field.ts';
import { enlargedSight } from '../../shapes/window-sight.ts';

export const upSampling2d = defineLayer({
  name: 'upSampling2d',
  aliases: [],
  className: 'UpSampling2D',
  doc: {
    summary: 'Enlarges an image by repeating or interpolating its rows and columns.',
    formula: 'height = in height · size[0], width = in width · size[1]; the channels stay',
    source: { title: 'TensorFlow.js: tf.layers.upSampling2d', url: 'https://js.tensorflow.org/api/latest/#layers.upSampling2d' },
    oddities: ['size is always [height, width]: of a single number TensorFlow.js makes NaN.'],
  },
  needsConfig: true,
  inputs: 'one',
  rank: 4,
  attributes: {
    size: perAxis({ axes: spatialAxes(2), default: 2, single: false, anyLength: true, tolerates: 'anything', doc: 'The factors of height and width.' }),
    dataFormat,
    interpolation: choice({ choices: ['nearest', 'bilinear'], default: 'nearest', inert: true, doc: 'Whether values are repeated or interpolated.' }),
  },
  shape({ attributes: { size, dataFormat: format }, inputs: [input] }) {
    const image = readImage(input!, format);
    return writeImage({ ...image, spatial: image.spatial.map((length, i) => enlarge(length, size[i]!)) }, format);
  },
  workings({ attributes: { size, dataFormat: format }, inputs: [input] }) {
    const { spatial } = readImage(input!, format);
    return spatialAxes(2).map((axis, i) => `${axis}: ${spellDim(spatial[i]!)} · ${spellDim(size[i]!)} = ${spellDim(enlarge(spatial[i]!, size[i]!))}`);
  },
  receptiveField: {
    steps: ({ attributes: { size, dataFormat: format, interpolation }, inputs: [input], undecided }) =>
      undecided('interpolation') ?? alongImage(input!, format, (_, i, axis) => along(axis, enlargedSight(size[i]!, interpolation === 'bilinear'))),
  },
  elementOperations: {
    formula: 'output values with nearest, 4 · output values with bilinear, as fvcore counts it',
    decidedBy: ['interpolation'],
    count: ({ attributes: { interpolation }, output }) => [{ what: 'interpolation', product: valuesOf(output, interpolation === 'bilinear' ? 4 : 1), fvcore: true }],
  },
  examples: [
    { config: {}, inputs: [[null, 7, 7, 256]], output: [null, 14, 14, 256], params: 0 },
    { config: { size: [2, 3], interpolation: 'bilinear' }, inputs: [[null, 4, 5, 3]], output: [null, 8, 15, 3], params: 0 },
  ],
});

const enlarge = (length: Dim, factor: Dim): Dim => (length === null ? null : multiplyDims(length, factor));
