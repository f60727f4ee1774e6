import { defineProblem } from './problem.ts';

export const unknownLayer = defineProblem<{ layer: string; suggestion: string | undefined }>({
  id: 'unknown-layer',
  severity: 'error',
  message: ({ layer, suggestion }) => `There is no layer ${JSON.stringify(layer)}.${suggestion === undefined ? '' : ` Is ${JSON.stringify(suggestion)} meant?`}`,
  doc: 'Blocks are made of the layers of TensorFlow.js, and of those that the library adds to them.',
});
