// Leaves out whole branches while training.
import { defineElementwise } from '../activation/elementwise.ts';
import { number } from '../attribute-types.ts';
import { none } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const stochasticDepth = defineElementwise({
  name: 'stochasticDepth', vocabulary: 'blocks', className: 'StochasticDepth', needsConfig: true,
  doc: {
    summary: 'Drops a whole branch for some of the examples while training; does nothing otherwise.',
    formula: 'output = input · keep / (1 − rate) while training, otherwise input',
    source: { title: 'Huang et al.: Deep Networks with Stochastic Depth (2016), section 3', url: 'https://arxiv.org/abs/1603.09382' },
  },
  attributes: { rate: number({ doc: 'The share of examples for which the branch is dropped, between 0 and 1.' }) },
  run: (tf, { inputs: [x] }) => tf.clone(x!),
  receptiveField: seesOnePosition,
  elementOperations: none('it does nothing outside of training'),
  examples: [{ config: { rate: 0.2 }, inputs: [[1, 14, 14, 112]], output: [1, 14, 14, 112], params: 0 }],
});
