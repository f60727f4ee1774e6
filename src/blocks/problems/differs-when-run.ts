import { defineProblem } from './problem.ts';

export const differsWhenRun = defineProblem<{ layer: string; what: string }>({
  id: 'differs-when-run',
  severity: 'warning',
  message: ({ layer, what }) => `TensorFlow.js gives this ${layer} another shape when it runs than when it builds it: ${what}.`,
  doc: 'The shape that the model knows and the shape that comes out are not the same, because the layer and the operation behind it read the configuration differently.',
});
