// A call that the user gave on top of the file cannot be evaluated.
import { defineProblem } from './problem.ts';

export const callNotEvaluated = defineProblem<{ readonly call: string; readonly reason: string }>({
  id: 'call-not-evaluated',
  severity: 'error',
  message: ({ call, reason }) => `The call ${call} cannot be evaluated: ${reason}.`,
  doc: 'A call that is given with --call must be one of a function of the file, written as in the file itself.',
});
