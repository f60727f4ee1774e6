// The rectified linear unit as a layer.
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { number } from '../attribute-types.ts';
import { defineElementwise } from './elementwise.ts';
import { oneForEachValue } from './one-for-each-value.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const reLU = defineElementwise({
  name: 'reLU',
  className: 'ReLU',
  doc: {
    summary: 'Sets negative values to zero.',
    formula: 'output = min(max(input, 0), maxValue)',
    source: { title: 'TensorFlow.js: tf.layers.reLU', url: 'https://js.tensorflow.org/api/latest/#layers.reLU' },
  },
  needsConfig: false,
  attributes: { maxValue: number({ doc: 'The largest value that is let through; none by default.' }) },
  check({ attributes: { maxValue }, report }) {
    if (typeof maxValue === 'number' && maxValue < 0) report(failsWhenRun, { layer: 'reLU', what: `maxValue ${maxValue} is below 0` }, 'maxValue');
  },
  receptiveField: seesOnePosition,
  elementOperations: oneForEachValue,
  examples: [{ config: { maxValue: 6 }, inputs: [[null, 28, 28, 32]], output: [null, 28, 28, 32], params: 0 }],
});
