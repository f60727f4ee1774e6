// Softmax as a layer.
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { inert } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';

export const softmax = defineLayer({
  name: 'softmax',
  aliases: [],
  className: 'Softmax',
  doc: {
    summary: 'Turns the values along an axis into probabilities that sum to 1.',
    formula: 'output = exp(input) / Σ exp(input)',
    source: { title: 'TensorFlow.js: tf.layers.softmax', url: 'https://js.tensorflow.org/api/4.22.0/#layers.softmax' },
    oddities: ['The default axis is 1 and only the last axis is implemented, so that on more than two dims it needs `axis: -1` to run.'],
  },
  needsConfig: false,
  inputs: 'one',
  attributes: { axis: inert({ type: 'integer', default: 1, doc: 'The axis that sums to 1; only the last one works.' }) },
  shape({ attributes: { axis }, inputs: [input], report }) {
    if (typeof axis === 'number' && axis !== -1 && axis !== input!.length - 1) {
      report(failsWhenRun, { layer: 'softmax', what: `axis ${axis} is not the last of ${input!.length}, and others are not implemented` }, 'axis');
    }
    return input!;
  },
  examples: [
    { config: {}, inputs: [[null, 10]], output: [null, 10], params: 0 },
    { config: { axis: -1 }, inputs: [[null, 7, 7, 21]], output: [null, 7, 7, 21], params: 0 },
  ],
});
