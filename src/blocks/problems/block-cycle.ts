import { defineProblem } from './problem.ts';

export const blockCycle = defineProblem<{ files: readonly string[] }>({
  id: 'block-cycle',
  severity: 'error',
  message: ({ files }) => `A block cannot be a part of itself: ${files.join(' uses ')}.`,
  doc: 'Block files that use each other in a circle would never end.',
});
