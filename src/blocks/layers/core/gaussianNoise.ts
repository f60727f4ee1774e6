// Additive noise while training.
import { defineElementwise } from '../activation/elementwise.ts';
import { number } from '../attribute-types.ts';
import { none } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const gaussianNoise = defineElementwise({
  name: 'gaussianNoise',
  className: 'GaussianNoise',
  doc: {
    summary: 'Adds normally distributed noise while training; does nothing otherwise.',
    formula: 'output = input + N(0, stddev²) while training, otherwise input',
    source: { title: 'TensorFlow.js: tf.layers.gaussianNoise', url: 'https://js.tensorflow.org/api/latest/#layers.gaussianNoise' },
  },
  needsConfig: true,
  attributes: { stddev: number({ doc: 'The standard deviation of the noise.' }) },
  receptiveField: seesOnePosition,
  elementOperations: none('it does nothing outside of training'),
  examples: [{ config: { stddev: 0.1 }, inputs: [[null, 32]], output: [null, 32], params: 0 }],
});
