import { defineProblem } from './problem.ts';

export const invalidExpression = defineProblem<{ message: string }>({
  id: 'invalid-expression',
  severity: 'error',
  message: ({ message }) => message,
  doc: 'An expression of a block file, which begins with `=`, cannot be read, or gives no number that a computer can count with.',
});
