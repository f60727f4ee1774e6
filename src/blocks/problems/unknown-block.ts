import { defineProblem } from './problem.ts';

export const unknownBlock = defineProblem<{ message: string }>({
  id: 'unknown-block',
  severity: 'error',
  message: ({ message }) => message,
  doc: '`use` names a block of the library, or a block file beside this one as `./name.block.json`.',
});
