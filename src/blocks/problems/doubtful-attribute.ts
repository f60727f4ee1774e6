import { defineProblem } from './problem.ts';

export const doubtfulAttribute = defineProblem<{ attribute: string; expected: string; received: string }>({
  id: 'doubtful-attribute',
  severity: 'warning',
  message: ({ attribute, expected, received }) =>
    `${attribute} should be ${expected}, but it is ${received}; TensorFlow.js does not check it and calculates on.`,
  doc: 'TensorFlow.js builds a layer with this value, but what comes out is not what anybody means.',
});
