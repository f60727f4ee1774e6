// Marks steps of a sequence as padding.
import { defineElementwise } from '../activation/elementwise.ts';
import { number } from '../attribute-types.ts';
import { valuesOf } from '../element-operations.ts';
import { mixesLastAxis } from '../receptive-field.ts';

export const masking = defineElementwise({
  name: 'masking',
  className: 'Masking',
  doc: {
    summary: 'Marks the steps of a sequence that hold nothing but one value, so that later layers skip them.',
    formula: 'output = input, with steps masked where all values are maskValue',
    source: { title: 'TensorFlow.js: tf.layers.masking', url: 'https://js.tensorflow.org/api/latest/#layers.masking' },
  },
  needsConfig: false,
  attributes: { maskValue: number({ default: 0, doc: 'The value that padding is made of.' }) },
  receptiveField: mixesLastAxis,
  elementOperations: { formula: '2 · values, a comparison and a product', count: ({ output }) => [{ what: 'mask', product: valuesOf(output, 2) }] },
  examples: [{ config: { maskValue: 0 }, inputs: [[null, 10, 4]], output: [null, 10, 4], params: 0 }],
});
