// A vector several times in a row.
import { doubtfulAttribute } from '../../problems/doubtful-attribute.ts';
import type { Dim } from '../../shapes/dim.ts';
import type { AttributeType } from '../attribute.ts';
import { requiredCount } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { none } from '../element-operations.ts';
import { along } from '../receptive-field.ts';

/** TensorFlow.js does not notice where it is missing: the dim is then left open. */
const n: AttributeType<Dim> = { ...requiredCount({ doc: 'How many times the vector is repeated.' }), required: false, default: null };

export const repeatVector = defineLayer({
  name: 'repeatVector',
  aliases: [],
  className: 'RepeatVector',
  doc: {
    summary: 'Makes a sequence of a vector by repeating it.',
    formula: '[batch, features] → [batch, n, features]',
    source: { title: 'TensorFlow.js: tf.layers.repeatVector', url: 'https://js.tensorflow.org/api/latest/#layers.repeatVector' },
  },
  needsConfig: true,
  inputs: 'one',
  rank: 2,
  attributes: { n },
  check({ attributes: { n: times }, report }) {
    if (times === null) report(doubtfulAttribute, { attribute: 'n', expected: 'a positive integer', received: 'not given' });
  },
  shape: ({ attributes: { n: times }, inputs: [input] }) => [input![0]!, times, input![1]!],
  receptiveField: { steps: () => [along(2)] },
  elementOperations: none('values are only moved'),
  examples: [{ config: { n: 3 }, inputs: [[null, 5]], output: [null, 3, 5], params: 0 }],
});
