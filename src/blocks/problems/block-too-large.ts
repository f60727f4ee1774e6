import { defineProblem } from './problem.ts';

export const blockTooLarge = defineProblem<{ nested: number; layers: number }>({
  id: 'block-too-large',
  severity: 'error',
  message: ({ nested, layers }) => `The block nests more than ${nested} deep, or has more than ${layers.toLocaleString('en')} layers: what follows is not known.`,
  doc: 'A block that is built without an end would take the editor with it.',
});
