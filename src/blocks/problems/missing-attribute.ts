import { defineProblem } from './problem.ts';

export const missingAttribute = defineProblem<{ layer: string; attribute: string; expected: string }>({
  id: 'missing-attribute',
  severity: 'error',
  message: ({ layer, attribute, expected }) => `${layer} needs ${attribute} (${expected}), but it is not given.`,
  doc: 'TensorFlow.js throws when the layer is made without this attribute. Give it a value.',
});
