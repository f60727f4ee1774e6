// A recurrent layer without gates.
import { defineLayer } from '../define-layer.ts';
import { recurrence, recurrentAttributes } from './recurrence.ts';
import { simpleStep } from './step-operations.ts';

export const simpleRNN = defineLayer({
  ...recurrence('simpleRNN', { gates: 1, states: 1, step: simpleStep }),
  name: 'simpleRNN',
  className: 'SimpleRNN',
  cellClassName: 'SimpleRNNCell',
  attributes: recurrentAttributes,
  doc: {
    summary: 'Reads a sequence step by step; each output goes into the next step.',
    formula: 'h = tanh(x · W + h · U + b); weights = units · (in features + units + 1)',
    source: { title: 'Elman: Finding Structure in Time (1990)', url: 'https://doi.org/10.1207/s15516709cog1402_1' },
  },
  examples: [
    { config: { units: 7, returnSequences: true }, inputs: [[null, 10, 4]], output: [null, 10, 7], params: 84 },
    { config: { units: 16 }, inputs: [[null, null, 8], [null, 16]], output: [null, 16], params: 400 },
  ],
});
