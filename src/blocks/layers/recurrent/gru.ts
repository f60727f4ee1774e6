// Gated recurrent units over a sequence.
import { defineLayer } from '../define-layer.ts';
import { refuseResetAfter, resetAfter } from './gruCell.ts';
import { recurrence, recurrentActivation, recurrentAttributes } from './recurrence.ts';
import { gruStep } from './step-operations.ts';

const attributes = { ...recurrentAttributes, recurrentActivation, resetAfter };

export const gru = defineLayer<typeof attributes>({
  ...recurrence('gru', { gates: 3, states: 1, step: gruStep }),
  name: 'gru',
  className: 'GRU',
  cellClassName: 'GRUCell',
  attributes,
  check: call => refuseResetAfter('gru', call),
  doc: {
    summary: 'Reads a sequence step by step; two gates say what of the state is kept and what is renewed.',
    formula: 'h = z · h + (1 − z) · tanh(x · W + (r · h) · U + b); weights = 3 · units · (in features + units + 1)',
    source: { title: 'Cho et al.: Learning Phrase Representations using RNN Encoder–Decoder (2014)', url: 'https://arxiv.org/abs/1406.1078' },
    oddities: ['The reset gate acts before the matrix product, with one bias per gate: resetAfter, the default of Keras 2, is not implemented.'],
  },
  examples: [
    { config: { units: 7 }, inputs: [[null, 10, 4]], output: [null, 7], params: 252 },
    { config: { units: 5, returnSequences: true, useBias: false }, inputs: [[2, null, 3]], output: [2, null, 5], params: 120 },
  ],
});
