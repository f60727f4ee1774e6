// The text cannot be parsed at a place.
import { defineProblem } from './problem.ts';

export const syntaxError = defineProblem<{ readonly message: string }>({
  id: 'syntax-error',
  severity: 'error',
  message: ({ message }) => message,
  doc: 'The file has a syntax error. Layers elsewhere in the file are read all the same. The editor shows such errors by itself; the terminal lists them.',
});
