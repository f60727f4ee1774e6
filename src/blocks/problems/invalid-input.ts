import { defineProblem } from './problem.ts';

export const invalidInput = defineProblem<{ received: string }>({
  id: 'invalid-input',
  severity: 'error',
  message: ({ received }) => `A size of the input must be a positive integer, or null where it is open, but it is ${received}.`,
  doc: 'What goes into a block has at least one value along each axis.',
});
