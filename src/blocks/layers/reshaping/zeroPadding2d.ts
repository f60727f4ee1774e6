// Zeros around an image.
import { addDims, multiplyDims, spellDim } from '../../shapes/dim.ts';
import type { AttributeType } from '../attribute.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { dataFormat, readImage, spatialAxes, writeImage } from '../layout.ts';
import { marginsType, readMargins, type Margins } from './margins.ts';
import { none } from '../element-operations.ts';
import { along, alongImage } from '../receptive-field.ts';
import { shiftedSight } from '../../shapes/window-sight.ts';

const padding: AttributeType<Margins> = {
  type: marginsType, required: false, inert: false, default: [[1, 1], [1, 1]],
  doc: 'How many rows and columns of zeros are added on each side.',
  read: raw => readMargins(raw, { counted: true }),
};

const attributes = { padding, dataFormat };

function padded({ attributes: { padding: margins, dataFormat: format }, inputs: [input] }: LayerCall<typeof attributes>) {
  const image = readImage(input!, format);
  return { image, spatial: image.spatial.map((length, i) => addDims(length, addDims(...margins[i]!))) };
}

export const zeroPadding2d = defineLayer({
  name: 'zeroPadding2d',
  aliases: [],
  className: 'ZeroPadding2D',
  doc: {
    summary: 'Adds rows and columns of zeros around an image.',
    formula: 'height = in height + top + bottom, width = in width + left + right; the channels stay',
    source: { title: 'TensorFlow.js: tf.layers.zeroPadding2d', url: 'https://js.tensorflow.org/api/latest/#layers.zeroPadding2d' },
  },
  needsConfig: false,
  inputs: 'one',
  rank: 4,
  attributes,
  shape(call) {
    const { image, spatial } = padded(call);
    return writeImage({ ...image, spatial }, call.attributes.dataFormat);
  },
  workings(call) {
    const { image, spatial } = padded(call);
    return spatialAxes(2).map((axis, i) =>
      `${axis}: ${[image.spatial[i]!, ...call.attributes.padding[i]!].map(spellDim).join(' + ')} = ${spellDim(spatial[i]!)}`);
  },
  receptiveField: {
    steps: ({ attributes: { padding: margins, dataFormat: format }, inputs: [input] }) =>
      alongImage(input!, format, (_, i, axis) => along(axis, shiftedSight(multiplyDims(margins[i]![0], -1)))),
  },
  elementOperations: none('values are only moved'),
  examples: [
    { config: { padding: 3 }, inputs: [[null, 224, 224, 3]], output: [null, 230, 230, 3], params: 0 },
    { config: { padding: [[0, 1], [0, 1]] }, inputs: [[null, 112, 112, 64]], output: [null, 113, 113, 64], params: 0 },
    { config: { padding: [1, 2], dataFormat: 'channelsFirst' }, inputs: [[null, 3, 8, 9]], output: [null, 3, 10, 13], params: 0 },
  ],
});
