// Zeros around an image.
import { addDims, isSymbolic, isUnknown, spellDim, unknown, type Dim } from '../../shapes/dim.ts';
import { isList, type AttributeType, type AttributeValue, type Reading } from '../attribute.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { dataFormat, readImage, spatialAxes, writeImage } from '../layout.ts';

/** Before and after, for each spatial axis. */
export type Margins = readonly (readonly [Dim, Dim])[];

/** A number for all sides, [height, width], or [[top, bottom], [left, right]]. */
export const marginsType = 'integer, [height, width] or [[top, bottom], [left, right]]';

export function readMargins(raw: AttributeValue): Reading<Margins> {
  const expected = `an integer, [height, width] or [[top, bottom], [left, right]]`;
  if (isUnknown(raw)) return { value: [[raw, raw], [raw, raw]] };
  const sides = isList(raw) ? raw : [raw, raw];
  if (sides.length !== 2) return { expected };
  const nested = sides.every(isList);
  if (!nested && sides.some(isList)) return { expected };
  const pairs = sides.map(side => (isList(side) ? side : [side, side]));
  if (pairs.some(pair => pair.length !== 2)) return { expected };
  const margins = pairs.map(pair => pair.map(readMargin));
  if (margins.flat().includes(undefined)) return { expected };
  const doubtful = pairs.flat().some(margin => typeof margin === 'number' && !isSensible(margin));
  return doubtful ? { value: margins as unknown as Margins, doubt: `${expected}, none of them negative` } : { value: margins as unknown as Margins };
}

const isSensible = (margin: number): boolean => Number.isInteger(margin) && margin >= 0;

function readMargin(value: AttributeValue): Dim | undefined {
  if (isUnknown(value) || isSymbolic(value)) return value;
  if (typeof value !== 'number') return undefined;
  return isSensible(value) ? value : unknown(`${value} is no number of rows or columns`);
}

const padding: AttributeType<Margins> = {
  type: marginsType, required: false, inert: false, default: [[1, 1], [1, 1]],
  doc: 'How many rows and columns of zeros are added on each side.',
  read: readMargins,
};

const attributes = { padding, dataFormat };

function padded({ attributes: { padding: margins }, inputs: [input], ...call }: LayerCall<typeof attributes> & { readonly format: 'channelsLast' | 'channelsFirst' }) {
  const image = readImage(input!, call.format);
  return { image, spatial: image.spatial.map((length, i) => addDims(length, addDims(...margins[i]!))) };
}

export const zeroPadding2d = defineLayer({
  name: 'zeroPadding2d',
  aliases: [],
  className: 'ZeroPadding2D',
  doc: {
    summary: 'Adds rows and columns of zeros around an image.',
    formula: 'height = in height + top + bottom, width = in width + left + right; the channels stay',
    source: { title: 'TensorFlow.js: tf.layers.zeroPadding2d', url: 'https://js.tensorflow.org/api/4.22.0/#layers.zeroPadding2d' },
  },
  needsConfig: false,
  inputs: 'one',
  rank: 4,
  attributes,
  shape(call) {
    const format = call.attributes.dataFormat;
    const { image, spatial } = padded({ ...call, format });
    return writeImage({ ...image, spatial }, format);
  },
  workings(call) {
    const { image, spatial } = padded({ ...call, format: call.attributes.dataFormat });
    return spatialAxes(2).map((axis, i) =>
      `${axis}: ${[image.spatial[i]!, ...call.attributes.padding[i]!].map(spellDim).join(' + ')} = ${spellDim(spatial[i]!)}`);
  },
  examples: [
    { config: { padding: 3 }, inputs: [[null, 224, 224, 3]], output: [null, 230, 230, 3], params: 0 },
    { config: { padding: [[0, 1], [0, 1]] }, inputs: [[null, 112, 112, 64]], output: [null, 113, 113, 64], params: 0 },
    { config: { padding: [1, 2], dataFormat: 'channelsFirst' }, inputs: [[null, 3, 8, 9]], output: [null, 3, 10, 13], params: 0 },
  ],
});
