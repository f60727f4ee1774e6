// One step of long short-term memory.
import { defineLayer } from '../define-layer.ts';
import { cellAttributes, cellRules, recurrentActivation, unitForgetBias } from './recurrence.ts';
import { lstmStep } from './step-operations.ts';

const attributes = { ...cellAttributes, recurrentActivation, unitForgetBias };

export const lstmCell = defineLayer<typeof attributes>({
  ...cellRules('lstmCell', { gates: 4, states: 2, step: lstmStep }),
  name: 'lstmCell',
  className: 'LSTMCell',
  attributes,
  doc: {
    summary: 'One step of an LSTM, for rnn and stackedRNNCells.',
    formula: 'states: h and c, [batch, units] each; weights = 4 · units · (in features + units + 1)',
    source: { title: 'Hochreiter, Schmidhuber: Long Short-Term Memory (1997)', url: 'https://doi.org/10.1162/neco.1997.9.8.1735' },
    oddities: ['Applied by itself it builds, with the shape of its input as its output, but does not run.'],
  },
  examples: [{ config: { units: 5 }, inputs: [[null, 8]], output: [null, 8], params: 280 }],
});
