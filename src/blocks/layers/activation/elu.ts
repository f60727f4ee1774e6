// The exponential linear unit as a layer.
import { notImplemented } from '../../problems/not-implemented.ts';
import { number } from '../attribute-types.ts';
import { defineElementwise } from './elementwise.ts';
import { oneForEachValue } from './one-for-each-value.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const elu = defineElementwise({
  name: 'elu',
  className: 'ELU',
  doc: {
    summary: 'Lets positive values through and bends negative ones towards -1.',
    formula: 'output = input where input > 0, otherwise exp(input) − 1',
    source: { title: 'Clevert, Unterthiner, Hochreiter: ELUs (2016)', url: 'https://arxiv.org/abs/1511.07289' },
    oddities: ['TensorFlow.js throws for any alpha but 1.'],
  },
  needsConfig: false,
  attributes: { alpha: number({ default: 1, doc: 'The value that negative ones are bent towards; only 1 is implemented.' }) },
  check({ attributes: { alpha }, report }) {
    const known = alpha !== null && typeof alpha !== 'object';
    if (known && alpha !== 1) report(notImplemented, { layer: 'elu', what: `alpha ${String(alpha)}` }, 'alpha');
  },
  receptiveField: seesOnePosition,
  elementOperations: oneForEachValue,
  examples: [{ config: {}, inputs: [[null, 28, 28, 32]], output: [null, 28, 28, 32], params: 0 }],
});
