import { defineProblem } from './problem.ts';

export const unknownName = defineProblem<{ message: string }>({
  id: 'unknown-name',
  severity: 'error',
  message: ({ message }) => message,
  doc: 'An expression of a block file mentions what is neither a parameter nor what a repetition counts with `as`. The default of a parameter can mention those before it.',
});
