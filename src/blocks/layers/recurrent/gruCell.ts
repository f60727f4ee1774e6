// One step of gated recurrent units.
import { notImplemented } from '../../problems/not-implemented.ts';
import type { AttributeType } from '../attribute.ts';
import { flag } from '../attribute-types.ts';
import { defineLayer, type LayerConfig } from '../define-layer.ts';
import { cellAttributes, cellRules, recurrentActivation } from './recurrence.ts';
import { gruStep } from './step-operations.ts';

export const resetAfter = flag({ default: false, doc: 'Whether the reset gate acts after the matrix product; TensorFlow.js refuses true.' });

export function refuseResetAfter(layer: string, call: LayerConfig<{ resetAfter: AttributeType<boolean> }>): void {
  if (call.attributes.resetAfter) call.report(notImplemented, { layer, what: 'resetAfter' }, 'resetAfter');
}

const attributes = { ...cellAttributes, recurrentActivation, resetAfter };

export const gruCell = defineLayer<typeof attributes>({
  ...cellRules('gruCell', { gates: 3, states: 1, step: gruStep }),
  name: 'gruCell',
  className: 'GRUCell',
  attributes,
  check: call => refuseResetAfter('gruCell', call),
  doc: {
    summary: 'One step of gated recurrent units, for rnn and stackedRNNCells.',
    formula: 'state: [batch, units]; weights = 3 · units · (in features + units + 1)',
    source: { title: 'Cho et al.: Learning Phrase Representations using RNN Encoder–Decoder (2014)', url: 'https://arxiv.org/abs/1406.1078' },
    oddities: ['Applied by itself it builds, with the shape of its input as its output, but does not run.'],
  },
  examples: [{ config: { units: 5 }, inputs: [[null, 8]], output: [null, 8], params: 210 }],
});
