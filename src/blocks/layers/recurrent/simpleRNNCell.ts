// One step of a recurrent layer without gates.
import { defineLayer } from '../define-layer.ts';
import { cellAttributes, cellRules } from './recurrence.ts';
import { simpleStep } from './step-operations.ts';

const attributes = cellAttributes;

export const simpleRNNCell = defineLayer<typeof attributes>({
  ...cellRules('simpleRNNCell', { gates: 1, states: 1, step: simpleStep }),
  name: 'simpleRNNCell',
  className: 'SimpleRNNCell',
  attributes,
  doc: {
    summary: 'One step of a recurrent layer without gates, for rnn and stackedRNNCells.',
    formula: 'state: [batch, units]; weights = units · (in features + units + 1)',
    source: { title: 'Elman: Finding Structure in Time (1990)', url: 'https://doi.org/10.1207/s15516709cog1402_1' },
    oddities: ['Applied by itself it builds, with the shape of its input as its output, but does not run.'],
  },
  examples: [{ config: { units: 5 }, inputs: [[null, 8]], output: [null, 8], params: 70 }],
});
