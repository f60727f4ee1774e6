import { defineProblem } from './problem.ts';

export const invalidParameter = defineProblem<{ block: string; parameter: string; type: string; received: string }>({
  id: 'invalid-parameter',
  severity: 'error',
  message: ({ block, parameter, type, received }) => `${parameter} of ${block} is ${type}, but here it is ${received}.`,
  doc: 'What a block of the library takes is written in its TypeScript, which nothing checks in a block file.',
});
