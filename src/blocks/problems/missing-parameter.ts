import { defineProblem } from './problem.ts';

export const missingParameter = defineProblem<{ block: string; parameters: readonly string[] }>({
  id: 'missing-parameter',
  severity: 'error',
  message: ({ block, parameters }) => `${block} needs ${parameters.join(' and ')}.`,
  doc: 'A parameter without a default needs a value from whoever uses the block.',
});
