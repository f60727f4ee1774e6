// Dropout that keeps mean and variance, for self-normalizing networks.
import { defineElementwise } from '../activation/elementwise.ts';
import { inert, number } from '../attribute-types.ts';
import { none } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const alphaDropout = defineElementwise({
  name: 'alphaDropout',
  className: 'AlphaDropout',
  doc: {
    summary: 'Drops values while training such that mean and variance stay, which suits the selu activation.',
    formula: 'output = a · (input · mask + alpha · (mask − 1)) + b while training, otherwise input',
    source: { title: 'Klambauer et al.: Self-Normalizing Neural Networks (2017)', url: 'https://arxiv.org/abs/1706.02515' },
  },
  needsConfig: true,
  attributes: {
    rate: number({ doc: 'The share of values that is dropped, between 0 and 1.' }),
    noiseShape: inert({ type: '[number | null, …]', doc: 'The shape of the mask.' }),
  },
  receptiveField: seesOnePosition,
  elementOperations: none('it does nothing outside of training'),
  examples: [{ config: { rate: 0.1 }, inputs: [[null, 32]], output: [null, 32], params: 0 }],
});
