// Dropout of whole channels of a sequence.
import { inert, number } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { none } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const spatialDropout1d = defineLayer({
  name: 'spatialDropout1d',
  aliases: [],
  className: 'SpatialDropout1D',
  doc: {
    summary: 'Drops whole channels of a sequence while training; does nothing otherwise.',
    formula: 'output = input · mask / (1 − rate) while training, with one mask for all steps, otherwise input',
    source: { title: 'TensorFlow.js: tf.layers.spatialDropout1d', url: 'https://js.tensorflow.org/api/latest/#layers.spatialDropout1d' },
  },
  needsConfig: true,
  inputs: 'one',
  rank: 3,
  attributes: {
    rate: number({ doc: 'The share of channels that is dropped, between 0 and 1.' }),
    noiseShape: inert({ type: '[number | null, …]', doc: 'Not used: the mask is the same for all steps.' }),
    seed: number({ doc: 'Makes the mask reproducible.' }),
  },
  shape: ({ inputs: [input] }) => input!,
  receptiveField: seesOnePosition,
  elementOperations: none('it does nothing outside of training'),
  examples: [{ config: { rate: 0.5 }, inputs: [[null, 10, 4]], output: [null, 10, 4], params: 0 }],
});
