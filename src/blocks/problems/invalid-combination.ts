import { defineProblem } from './problem.ts';

export const invalidCombination = defineProblem<{ layer: string; rule: string }>({
  id: 'invalid-combination',
  severity: 'error',
  message: ({ layer, rule }) => `${layer} ${rule}.`,
  doc: 'Each attribute by itself is right, but TensorFlow.js refuses them together.',
});
