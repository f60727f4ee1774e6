import { defineProblem } from './problem.ts';

export const unknownAttribute = defineProblem<{ layer: string; attribute: string; suggestion: string; isOfBlocks: boolean }>({
  id: 'unknown-attribute',
  severity: 'warning',
  message: ({ layer, attribute, suggestion, isOfBlocks }) =>
    `${layer} has no attribute ${attribute}${isOfBlocks ? '' : ', and TensorFlow.js ignores it without a word'}; did you mean ${suggestion}?`,
  doc: 'A misspelt attribute does not make TensorFlow.js throw: the layer is built with the default instead.',
});
