// A rectified linear unit with a threshold.
import { number } from '../attribute-types.ts';
import { defineElementwise } from './elementwise.ts';
import { oneForEachValue } from './one-for-each-value.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const thresholdedReLU = defineElementwise({
  name: 'thresholdedReLU',
  className: 'ThresholdedReLU',
  doc: {
    summary: 'Sets values up to a threshold to zero.',
    formula: 'output = input where input > theta, otherwise 0',
    source: { title: 'TensorFlow.js: tf.layers.thresholdedReLU', url: 'https://js.tensorflow.org/api/latest/#layers.thresholdedReLU' },
  },
  needsConfig: false,
  attributes: { theta: number({ default: 1, doc: 'The threshold.' }) },
  receptiveField: seesOnePosition,
  elementOperations: oneForEachValue,
  examples: [{ config: { theta: 0.5 }, inputs: [[null, 100]], output: [null, 100], params: 0 }],
});
