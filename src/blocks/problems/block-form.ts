import { defineProblem } from './problem.ts';

export const blockForm = defineProblem<{ message: string }>({
  id: 'block-form',
  severity: 'error',
  message: ({ message }) => message,
  doc: 'A part of a block file has not the form that docs/block-json.md describes.',
});
