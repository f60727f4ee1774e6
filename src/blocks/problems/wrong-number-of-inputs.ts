import { defineProblem } from './problem.ts';

export const wrongNumberOfInputs = defineProblem<{ layer: string; expected: string; received: number }>({
  id: 'wrong-number-of-inputs',
  severity: 'error',
  message: ({ layer, expected, received }) =>
    `${layer} is applied to ${expected}, but received ${received === 1 ? 'one tensor' : `${received} tensors`}.`,
  doc: 'Layers that merge take a list of at least two tensors, all others exactly one.',
});
