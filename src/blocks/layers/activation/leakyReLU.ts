// A rectified linear unit that lets a little of negative values through.
import { number } from '../attribute-types.ts';
import { defineElementwise } from './elementwise.ts';
import { oneForEachValue } from './one-for-each-value.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const leakyReLU = defineElementwise({
  name: 'leakyReLU',
  className: 'LeakyReLU',
  doc: {
    summary: 'Scales negative values down instead of setting them to zero.',
    formula: 'output = input where input ≥ 0, otherwise alpha · input',
    source: { title: 'TensorFlow.js: tf.layers.leakyReLU', url: 'https://js.tensorflow.org/api/latest/#layers.leakyReLU' },
  },
  needsConfig: false,
  attributes: { alpha: number({ default: 0.3, doc: 'The slope for negative values.' }) },
  receptiveField: seesOnePosition,
  elementOperations: oneForEachValue,
  examples: [{ config: { alpha: 0.1 }, inputs: [[null, 100]], output: [null, 100], params: 0 }],
});
