// Dropout.
import { defineElementwise } from '../activation/elementwise.ts';
import { inert, number } from '../attribute-types.ts';
import { none } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const dropout = defineElementwise({
  name: 'dropout',
  className: 'Dropout',
  doc: {
    summary: 'Sets a share of the values to zero while training; does nothing otherwise.',
    formula: 'output = input · mask / (1 − rate) while training, otherwise input',
    source: { title: 'Srivastava et al.: Dropout (2014)', url: 'https://jmlr.org/papers/v15/srivastava14a.html' },
    oddities: ['A rate outside of 0 … 1 is clipped without a word.'],
  },
  needsConfig: true,
  attributes: {
    rate: number({ doc: 'The share of values that is dropped, between 0 and 1.' }),
    noiseShape: inert({ type: '[number | null, …]', doc: 'The shape of the mask; `null` takes the dim of the input.' }),
    seed: number({ doc: 'Makes the mask reproducible.' }),
  },
  receptiveField: seesOnePosition,
  elementOperations: none('it does nothing outside of training'),
  examples: [{ config: { rate: 0.5 }, inputs: [[null, 128]], output: [null, 128], params: 0 }],
});
