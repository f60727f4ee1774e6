import { defineProblem } from './problem.ts';

export const notABlock = defineProblem<{ what: string }>({
  id: 'not-a-block',
  severity: 'error',
  message: ({ what }) => `A block is made of blocks, and this is ${what}.`,
  doc: 'Layers and blocks are what the words of the vocabulary return: a function has to be called first.',
});
