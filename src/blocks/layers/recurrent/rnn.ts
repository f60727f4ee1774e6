// A recurrent layer over any cell.
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { openDim } from '../../problems/open-dim.ts';
import { unknown, type Dim } from '../../shapes/dim.ts';
import { isRanked, type Shape } from '../../shapes/shape.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { cellsAttribute, refuseOtherLayers, stack, stackOperations } from './cells.ts';
import { checkStates, refuseOpenBatch, seesSteps, sequenceSettings } from './recurrence.ts';
import { repeated } from '../element-operations.ts';

const attributes = { cell: cellsAttribute('What happens in one step; of a list each takes what the one before gives.', { single: true }), ...sequenceSettings };

function cellsOf(call: LayerCall<typeof attributes>) {
  const [batch, , ...dims] = call.inputs[0] as [Dim, Dim, ...Dim[]];
  return stack(call, call.attributes.cell, [batch, ...dims]);
}

export const rnn = defineLayer({
  name: 'rnn',
  aliases: [],
  className: 'RNN',
  doc: {
    summary: 'Reads a sequence step by step with a cell, or with a stack of cells.',
    formula: '[batch, steps, features] → [batch, units of the last cell], with returnSequences [batch, steps, units]; weights = those of the cells',
    source: { title: 'TensorFlow.js: tf.layers.rnn', url: 'https://js.tensorflow.org/api/latest/#layers.rnn' },
    oddities: ['With returnState the states of a stack of cells come out in reverse order, those of the last cell first.'],
  },
  needsConfig: true,
  inputs: 'one and states',
  rank: 3,
  attributes,
  shape(call): Shape {
    const [batch, steps, features] = call.inputs[0] as [Dim, Dim, Dim];
    if (features === null) call.report(openDim, { layer: 'rnn', dim: 'last dim', input: call.inputs[0]! });
    refuseOpenBatch('rnn', call as unknown as LayerCall<typeof sequenceSettings>);
    refuseOtherLayers('rnn', call, call.attributes.cell, 'cell');
    const { states } = cellsOf(call);
    if (call.attributes.cell.some(cell => cell.layer === 'convLstm2dCell')) {
      call.report(failsWhenRun, { layer: 'rnn', what: 'the steps of a convLstm2dCell are images, which only convLstm2d gives it' }, 'cell');
    }
    const ranked = states.filter(isRanked);
    if (ranked.length === states.length) checkStates('rnn', call as unknown as LayerCall<typeof sequenceSettings>, ranked);
    const [first = unknown('the cell has no state')] = states;
    if (!isRanked(first)) return first;
    return call.attributes.returnSequences ? [batch, steps, first[1]!] : [batch, first[1]!];
  },
  furtherOutputs: call => (call.attributes.returnState ? cellsOf(call).states : []),
  weights: call => cellsOf(call).weights,
  macs: call => cellsOf(call).macProducts.map(product => [call.inputs[0]![1]!, ...product]),
  receptiveField: seesSteps,
  elementOperations: {
    formula: 'those of the cells, in each step',
    count: call => repeated(stackOperations(call, call.attributes.cell, cellsOf(call)), call.inputs[0]![1]!),
  },
  examples: [
    { config: { cell: { kind: 'layer', layer: 'gruCell', attributes: { units: 5 } }, returnSequences: true }, inputs: [[null, 10, 4]], output: [null, 10, 5], params: 150 },
    {
      config: { cell: [{ kind: 'layer', layer: 'lstmCell', attributes: { units: 5 } }, { kind: 'layer', layer: 'lstmCell', attributes: { units: 6 } }] },
      inputs: [[null, 10, 4]], output: [null, 6], params: 488,
    },
  ],
});
