// Code that takes too long to be followed.
import { defineProblem } from './problem.ts';

export const notFollowed = defineProblem<{ readonly reason: string }>({
  id: 'not-followed',
  severity: 'information',
  message: ({ reason }) => `Blockscope does not know what this gives: ${reason}.`,
  doc: 'Code is followed with a limit on steps, nested calls and sizes, so that an endless loop cannot hang the editor. What lies behind the limit is unknown; other code is read all the same. It is said of code that has layers in it; of other code the layers that need what it gives tell.',
});
