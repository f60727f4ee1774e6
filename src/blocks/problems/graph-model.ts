// A model whose layers have been taken apart into operations.
import { defineProblem } from './problem.ts';

export const graphModel = defineProblem<{ readonly operations: string; readonly signature: string; readonly weights: string }>({
  id: 'graph-model',
  severity: 'information',
  message: ({ operations, signature, weights }) =>
    `This is a graph model: it has operations in the place of layers, and neither says what most of them give nor what they cost, nor which weights are trained. ${[operations, signature, weights].filter(part => part !== '').join('; ')}.`,
  doc: 'tfjs.converter makes graph models of SavedModels. What their layers were is not in the file. A layers model (`--output_format tfjs_layers_model`) keeps them, and has a figure for each.',
});
