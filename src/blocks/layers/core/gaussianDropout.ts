// Multiplicative noise while training.
import { defineElementwise } from '../activation/elementwise.ts';
import { number } from '../attribute-types.ts';
import { none } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const gaussianDropout = defineElementwise({
  name: 'gaussianDropout',
  className: 'GaussianDropout',
  doc: {
    summary: 'Multiplies with normally distributed noise around 1 while training; does nothing otherwise.',
    formula: 'output = input · N(1, rate / (1 − rate)) while training, otherwise input',
    source: { title: 'Srivastava et al.: Dropout (2014)', url: 'https://jmlr.org/papers/v15/srivastava14a.html' },
  },
  needsConfig: true,
  attributes: { rate: number({ doc: 'The share of values that a dropout of the same strength would drop.' }) },
  receptiveField: seesOnePosition,
  elementOperations: none('it does nothing outside of training'),
  examples: [{ config: { rate: 0.3 }, inputs: [[null, 32]], output: [null, 32], params: 0 }],
});
