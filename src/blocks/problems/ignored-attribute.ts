import { defineProblem } from './problem.ts';

export const ignoredAttribute = defineProblem<{ layer: string; attribute: string; received: string }>({
  id: 'ignored-attribute',
  severity: 'information',
  message: ({ layer, attribute, received }) => `TensorFlow.js ignores ${attribute} of ${layer}: ${received} has no effect.`,
  doc: 'The attribute exists in Keras, or in the documentation, but the TensorFlow.js layer never reads it.',
});
