// Images of another size.
import { differsWhenRun } from '../../problems/differs-when-run.ts';
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { choice, flag, orDefault } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { imageSize, reportMissingSize, sizeOf } from './image-size.ts';
import { notInWindows } from '../receptive-field.ts';

const layer = 'resizing';

export const resizing = defineLayer({
  name: layer,
  aliases: [],
  className: 'Resizing',
  doc: {
    summary: 'Enlarges or shrinks images to a size.',
    formula: '[in height, in width, channels] → [height, width, channels]',
    source: { title: 'TensorFlow.js: tf.layers.resizing', url: 'https://js.tensorflow.org/api/latest/#layers.resizing' },
    oddities: [
      'Of a batch of images the model gets a wrong shape: [height, width, in width], without batch and channels, so that most layers after it cannot be built. '
      + 'What comes out when it runs is right.',
      'With cropToAspectRatio nothing is cropped: the corners of the images are aligned otherwise.',
    ],
  },
  needsConfig: true,
  inputs: 'one',
  attributes: {
    ...imageSize,
    interpolation: orDefault(choice({ choices: ['bilinear', 'nearest'], default: 'bilinear', inert: true, doc: 'Whether values are interpolated or repeated.' })),
    cropToAspectRatio: flag({ default: false, inert: true, doc: 'Keras crops what does not fit; TensorFlow.js only aligns corners otherwise.' }),
  },
  check: call => reportMissingSize(layer, call),
  shape(call) {
    const { inputs: [input], report } = call;
    if (input!.length === 4) report(differsWhenRun, { layer, what: 'it takes the width of the input for its channels, and leaves the batch out' });
    else if (input!.length !== 3) report(failsWhenRun, { layer, what: 'only images have a size to be changed, alone or in a batch' });
    return [...sizeOf(call), input![2] ?? null];
  },
  receptiveField: notInWindows('TensorFlow.js gives what is resized a shape without batch, in which the axes stand elsewhere'),
  elementOperations: {
    formula: 'height · width · channels with nearest, 4 times as many with bilinear, as for upSampling2d',
    decidedBy: ['interpolation'],
    // The shape that TensorFlow.js gives of a batch has no channels.
    count: ({ attributes, inputs: [input] }) =>
      [{ what: 'interpolation', product: [...(attributes.interpolation === 'bilinear' ? [4] : []), attributes.height ?? null, attributes.width ?? null, input!.at(-1)!], fvcore: true }],
  },
  examples: [{ config: { height: 5, width: 6 }, inputs: [[9, 8, 3]], output: [5, 6, 3], params: 0 }],
});
