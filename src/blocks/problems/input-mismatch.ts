import { formatShape, type Shape } from '../shapes/shape.ts';
import { defineProblem } from './problem.ts';

export const inputMismatch = defineProblem<{ given: Shape; expected: Shape }>({
  id: 'input-mismatch',
  severity: 'error',
  message: ({ given, expected }) => `The block is made for ${formatShape(expected)} and is given ${formatShape(given)}.`,
  doc: 'A block that begins with `input(…)` says what goes into it.',
});
