import { defineProblem } from './problem.ts';

export const invalidCondition = defineProblem<{ received: string }>({
  id: 'invalid-condition',
  severity: 'error',
  message: ({ received }) => `when must be true or false, but it is ${received}.`,
  doc: 'Other values would count as true or false by the rules of JavaScript, which is hardly what a file of data means.',
});
