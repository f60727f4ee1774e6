import { defineProblem } from './problem.ts';

export const notImplemented = defineProblem<{ layer: string; what: string }>({
  id: 'not-implemented',
  severity: 'error',
  message: ({ layer, what }) => `TensorFlow.js does not implement ${what} of ${layer}: it throws.`,
  doc: 'The attribute exists because Keras has it, but TensorFlow.js throws as soon as it is used.',
});
