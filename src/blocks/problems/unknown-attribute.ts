import { defineProblem } from './problem.ts';

export const unknownAttribute = defineProblem<{ layer: string; attribute: string; suggestion: string }>({
  id: 'unknown-attribute',
  severity: 'warning',
  message: ({ layer, attribute, suggestion }) =>
    `${layer} has no attribute ${attribute}, and TensorFlow.js ignores it without a word; did you mean ${suggestion}?`,
  doc: 'A misspelt attribute does not make TensorFlow.js throw: the layer is built with the default instead.',
});
