import { formatShape, type Shape } from '../shapes/shape.ts';
import { defineProblem } from './problem.ts';

export const overwritesInput = defineProblem<{ layer: string; input: Shape; output: Shape }>({
  id: 'overwrites-input',
  severity: 'warning',
  message: ({ layer, input, output }) =>
    `TensorFlow.js writes the shape of what comes out of this ${layer} over that of what goes into it: ${formatShape(output)} over ${formatShape(input)}. `
    + 'A model that begins with it refuses inputs of any other shape.',
  doc: 'The layer works its shape out in the very list that the tensor before it has as its shape. What reads that tensor\'s shape afterwards gets the new one.',
});
