import { defineProblem } from './problem.ts';

export const unknownParameter = defineProblem<{ block: string; parameter: string; suggestion: string | undefined; known: readonly string[] }>({
  id: 'unknown-parameter',
  severity: 'error',
  message: ({ block, parameter, suggestion, known }) =>
    `${block} has no parameter ${parameter}${suggestion !== undefined ? `; is ${suggestion} meant?` : known.length > 0 ? `: it has ${known.join(', ')}.` : ': it has none.'}`,
  doc: 'What a preset or `with` sets has to be a parameter of the block.',
});
