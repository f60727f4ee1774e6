// Several cells as one.
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { openDim } from '../../problems/open-dim.ts';
import type { Shape } from '../../shapes/shape.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { cellsAttribute, refuseOtherLayers, stack, stackOperations } from './cells.ts';
import { cellByItself } from './recurrence.ts';

const attributes = { cells: cellsAttribute('The cells, the first of which takes the input.', { single: false }) };

const stacked = (call: LayerCall<typeof attributes>) => stack(call, call.attributes.cells, call.inputs[0]!);

export const stackedRNNCells = defineLayer({
  name: 'stackedRNNCells',
  aliases: [],
  className: 'StackedRNNCells',
  doc: {
    summary: 'Several cells as one: in each step each takes what the one before gives.',
    formula: 'states: those of the last cell first; weights = those of all cells',
    source: { title: 'TensorFlow.js: tf.layers.stackedRNNCells', url: 'https://js.tensorflow.org/api/latest/#layers.stackedRNNCells' },
    oddities: ['Applied by itself it builds, with the shape of its input as its output, but does not run.'],
  },
  needsConfig: true,
  inputs: 'one',
  rank: { atLeast: 2 },
  attributes,
  shape(call): Shape {
    const [input] = call.inputs;
    if (input!.at(-1) === null) call.report(openDim, { layer: 'stackedRNNCells', dim: 'last dim', input: input! });
    refuseOtherLayers('stackedRNNCells', call, call.attributes.cells, 'cells');
    call.report(failsWhenRun, { layer: 'stackedRNNCells', what: 'cells only work inside of a recurrent layer, which gives them their states' });
    return input!;
  },
  states: call => stacked(call).states,
  weights: call => stacked(call).weights,
  macs: call => stacked(call).macProducts,
  receptiveField: cellByItself,
  elementOperations: { formula: 'those of the cells', count: call => stackOperations(call, call.attributes.cells, stacked(call)) },
  examples: [{
    config: { cells: [{ kind: 'layer', layer: 'gruCell', attributes: { units: 5 } }, { kind: 'layer', layer: 'gruCell', attributes: { units: 2 } }] },
    inputs: [[null, 8]], output: [null, 8], params: 258,
  }],
});
