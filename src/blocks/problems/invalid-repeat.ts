import { defineProblem } from './problem.ts';

export const invalidRepeat = defineProblem<{ received: string; most: number }>({
  id: 'invalid-repeat',
  severity: 'error',
  message: ({ received, most }) => `repeat must be an integer from 0 to ${most.toLocaleString('en')}, but it is ${received}.`,
  doc: 'A block file repeats layers a whole number of times, and not so often that nobody could follow it.',
});
