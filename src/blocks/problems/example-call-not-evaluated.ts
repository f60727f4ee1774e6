// An example call in a comment cannot be evaluated.
import { defineProblem } from './problem.ts';

export const exampleCallNotEvaluated = defineProblem<{ readonly reason: string }>({
  id: 'example-call-not-evaluated',
  severity: 'warning',
  message: ({ reason }) => `This example call is not evaluated: ${reason}.`,
  doc: 'A comment `// @blockscope createModel([28, 28, 1], 10)` says how a function is meant to be called. It holds one call of a function, method or class that can be reached at the top of the file, written as in the file itself.',
});
