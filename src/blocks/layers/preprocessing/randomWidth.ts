// Images that get wider or narrower by chance.
import { differsWhenRun } from '../../problems/differs-when-run.ts';
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { unknown } from '../../shapes/dim.ts';
import { isList, type AttributeType, type AttributeValue } from '../attribute.ts';
import { choice, inert, orDefault } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { notInWindows } from '../receptive-field.ts';

const layer = 'randomWidth';

const expected = 'a number above 0 and up to 1, or [lowest, highest] of at least -1';

const factor: AttributeType<AttributeValue> = {
  type: 'number or [lowest, highest]', required: true, inert: true,
  doc: 'By which share of its width an image grows or shrinks at most, or the lowest and the highest share.',
  read(raw) {
    const [lowest, highest] = isList(raw) ? raw : [-Number(raw), Number(raw)];
    const isRange = isList(raw) ? raw.length === 2 : typeof raw === 'object' || Number(raw) > 0;
    // What compares as neither less nor more passes.
    if (!isRange || below(lowest, -1) || below(highest, -1) || below(highest, lowest)) return { expected };
    return [raw].flat().every(bound => typeof bound === 'number' || typeof bound === 'object') ? { value: raw } : { value: raw, doubt: expected };
  },
};

const below = (a: AttributeValue, b: AttributeValue): boolean => typeof a !== 'object' && typeof b !== 'object' && Number(a) < Number(b);

export const randomWidth = defineLayer({
  name: layer,
  aliases: [],
  className: 'RandomWidth',
  doc: {
    summary: 'Stretches images in a batch to a width that is made up anew each time.',
    formula: 'width = round(in width · (1 + a random number from the range of factor)); height and channels stay',
    source: { title: 'TensorFlow.js: tf.layers.randomWidth', url: 'https://js.tensorflow.org/api/latest/#layers.randomWidth' },
    oddities: [
      'The shape that a model gets of it, [open, -1, in width], has neither the rank nor the channels of what comes out when it runs, so that most layers after '
      + 'it cannot be built.',
      'It changes images outside of training, too.',
    ],
  },
  needsConfig: true,
  inputs: 'one',
  attributes: {
    factor,
    interpolation: orDefault(choice({ choices: ['bilinear', 'nearest'], default: 'bilinear', inert: true, doc: 'Whether values are interpolated or repeated.' })),
    seed: inert({ type: 'integer', doc: 'Where the random numbers start.' }),
  },
  shape({ inputs: [input], report }) {
    if (input!.length !== 3 && input!.length !== 4) report(failsWhenRun, { layer, what: 'only images have a width, alone or in a batch' });
    report(differsWhenRun, { layer, what: 'the width is made up when it runs, and until then it is -1 behind an open height, with the width of the input for its channels' });
    return [null, unknown('the width is made up when the layer runs'), input![2] ?? null];
  },
  receptiveField: notInWindows('the width is made up when the layer runs'),
  elementOperations: {
    formula: 'not known, because the width is made up when the layer runs',
    count: ({ output: [, width] }) => [{ what: 'interpolation', product: [width!], fvcore: true }],
  },
  examples: [{ config: { factor: 0.2 }, inputs: [[null, 9, 8, 3]], output: [null, -1, 8], params: 0 }],
});
