import { defineProblem } from './problem.ts';

export const invalidAttribute = defineProblem<{ attribute: string; expected: string; received: string; suggestion?: string | undefined }>({
  id: 'invalid-attribute',
  severity: 'error',
  message: ({ attribute, expected, received, suggestion }) =>
    `${attribute} must be ${expected}, but it is ${received}${suggestion === undefined ? '.' : `; did you mean ${suggestion}?`}`,
  doc: 'TensorFlow.js refuses this value, or makes a shape of it that is none. Give the attribute a value of the type that its documentation names.',
});
