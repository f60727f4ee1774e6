// Long short-term memory over a sequence.
import { defineLayer } from '../define-layer.ts';
import { recurrence, recurrentActivation, recurrentAttributes, unitForgetBias } from './recurrence.ts';
import { lstmStep } from './step-operations.ts';

const attributes = { ...recurrentAttributes, recurrentActivation, unitForgetBias };

export const lstm = defineLayer<typeof attributes>({
  ...recurrence('lstm', { gates: 4, states: 2, step: lstmStep }),
  name: 'lstm',
  className: 'LSTM',
  cellClassName: 'LSTMCell',
  attributes,
  doc: {
    summary: 'Reads a sequence step by step with a memory, which gates write, forget and read.',
    formula: 'c = f · c + i · tanh(x · W + h · U + b); h = o · tanh(c); weights = 4 · units · (in features + units + 1)',
    source: { title: 'Hochreiter, Schmidhuber: Long Short-Term Memory (1997)', url: 'https://doi.org/10.1162/neco.1997.9.8.1735' },
    oddities: [
      'With returnState it gives three tensors, the output, the state and the memory, of which the first two are the same without returnSequences.',
      'The gates have hardSigmoid as their activation, where Keras 2 has sigmoid.',
    ],
  },
  examples: [
    { config: { units: 7, returnSequences: true }, inputs: [[null, 10, 4]], output: [null, 10, 7], params: 336 },
    { config: { units: 3 }, inputs: [[null, null, 5], [null, 3], [null, 3]], output: [null, 3], params: 108 },
  ],
});
