// Another range for the values of an image.
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { defineElementwise } from '../activation/elementwise.ts';
import { number } from '../attribute-types.ts';
import { valuesOf } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const rescaling = defineElementwise({
  name: 'rescaling',
  className: 'Rescaling',
  doc: {
    summary: 'Scales and shifts all values, for example from 0 … 255 to 0 … 1.',
    formula: 'output = input · scale + offset',
    source: { title: 'TensorFlow.js: tf.layers.rescaling', url: 'https://js.tensorflow.org/api/latest/#layers.rescaling' },
  },
  needsConfig: true,
  attributes: {
    scale: { ...number({ doc: 'What the values are multiplied with.' }), inert: false },
    offset: number({ default: 0, doc: 'What is added to them.' }),
  },
  check({ attributes: { scale }, report }) {
    if (scale === undefined) report(failsWhenRun, { layer: 'rescaling', what: 'scale is not given' });
  },
  receptiveField: seesOnePosition,
  elementOperations: { formula: '2 · values, a scale and a shift', count: ({ output }) => [{ what: 'rescaling', product: valuesOf(output, 2) }] },
  examples: [{ config: { scale: 0.00392156862745098, offset: 0 }, inputs: [[null, 4, 5, 3]], output: [null, 4, 5, 3], params: 0 }],
});
