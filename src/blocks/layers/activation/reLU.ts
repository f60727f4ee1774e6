// The rectified linear unit as a layer.
import { inert } from '../attribute-types.ts';
import { defineElementwise } from './elementwise.ts';

export const reLU = defineElementwise({
  name: 'reLU',
  className: 'ReLU',
  doc: {
    summary: 'Sets negative values to zero.',
    formula: 'output = min(max(input, 0), maxValue)',
    source: { title: 'TensorFlow.js: tf.layers.reLU', url: 'https://js.tensorflow.org/api/4.22.0/#layers.reLU' },
  },
  needsConfig: false,
  attributes: { maxValue: inert({ type: 'number', doc: 'The largest value that is let through; none by default.' }) },
  examples: [{ config: { maxValue: 6 }, inputs: [[null, 28, 28, 32]], output: [null, 28, 28, 32], params: 0 }],
});
