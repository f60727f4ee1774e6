// An image without its margins.
import { differsWhenRun } from '../../problems/differs-when-run.ts';
import { nothingLeft } from '../../problems/nothing-left.ts';
import { addDims, isKnown, spellDim, subtractDims, type Dim } from '../../shapes/dim.ts';
import type { AttributeType } from '../attribute.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { dataFormat, readImage, spatialAxes, writeImage } from '../layout.ts';
import { marginsType, readMargins, type Margins } from './margins.ts';
import { none } from '../element-operations.ts';
import { along, alongImage } from '../receptive-field.ts';
import { shiftedSight } from '../../shapes/window-sight.ts';

const layer = 'cropping2D';

const cropping: AttributeType<Margins> = {
  type: marginsType, required: true, inert: false,
  doc: 'How many rows and columns are cut off on each side.',
  read: raw => readMargins(raw, { counted: false }),
};

/** Anything but 'channelsFirst' counts as 'channelsLast' when the shape is worked out, and the reverse when it runs. */
const uncheckedFormat: typeof dataFormat = {
  ...dataFormat,
  readsNull: true,
  read(raw) {
    const reading = dataFormat.read(raw);
    return 'expected' in reading ? { value: 'channelsLast', doubt: reading.expected } : reading;
  },
};

const attributes = { cropping, dataFormat: uncheckedFormat };

const axes = spatialAxes(2);

function cropped({ attributes: { cropping: margins, dataFormat: format }, inputs: [input] }: LayerCall<typeof attributes>) {
  const image = readImage(input!, format);
  const taken = margins.map(([before, after]) => addDims(before, after));
  const spatial = image.spatial.map((length, i) => (length === null ? null : subtractDims(length, taken[i] as Dim)));
  return { image, taken, spatial };
}

export const cropping2D = defineLayer({
  name: layer,
  aliases: [],
  className: 'Cropping2D',
  doc: {
    summary: 'Cuts rows and columns off an image.',
    formula: 'height = in height − top − bottom, width = in width − left − right; the channels stay',
    source: { title: 'TensorFlow.js: tf.layers.cropping2D', url: 'https://js.tensorflow.org/api/latest/#layers.cropping2D' },
    oddities: ['Of an open height or width TensorFlow.js makes a negative number while it builds the model; it runs all the same.'],
  },
  needsConfig: true,
  inputs: 'one',
  rank: 4,
  attributes,
  shape(call) {
    const { image, taken, spatial } = cropped(call);
    const i = spatial.findIndex((length, axis) => isKnown(length) && length <= 0 && isKnown(image.spatial[axis]!) && image.spatial[axis] > 0);
    if (i >= 0) call.report(nothingLeft, { layer, axis: axes[i]!, length: image.spatial[i] as number, taken: taken[i] as number }, 'cropping');
    const open = image.spatial.indexOf(null);
    if (open >= 0) call.report(differsWhenRun, { layer, what: `it takes the open ${axes[open]!} for 0` });
    return writeImage({ ...image, spatial }, call.attributes.dataFormat);
  },
  workings(call) {
    const { image, spatial } = cropped(call);
    return axes.map((axis, i) => `${axis}: ${[image.spatial[i]!, ...call.attributes.cropping[i]!].map(spellDim).join(' − ')} = ${spellDim(spatial[i]!)}`);
  },
  receptiveField: {
    steps: ({ attributes: { cropping: margins, dataFormat: format }, inputs: [input] }) =>
      alongImage(input!, format, (_, i, axis) => along(axis, shiftedSight(margins[i]![0]))),
  },
  elementOperations: none('values are only moved'),
  examples: [
    { config: { cropping: 1 }, inputs: [[null, 20, 21, 3]], output: [null, 18, 19, 3], params: 0 },
    { config: { cropping: [[2, 2], [0, 4]] }, inputs: [[null, 28, 28, 3]], output: [null, 24, 24, 3], params: 0 },
  ],
});
