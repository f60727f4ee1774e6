import { formatShape, type Shape } from '../shapes/shape.ts';
import { defineProblem } from './problem.ts';

export const openDim = defineProblem<{ layer: string; dim: string; input: Shape }>({
  id: 'open-dim',
  severity: 'error',
  message: ({ layer, dim, input }) => `${layer} needs to know the ${dim} of its input, but it is left open in ${formatShape(input)}.`,
  doc: 'The sizes of weights follow from this dim, so that `null` will not do. Give it a number in `inputShape`, or in the layer before.',
});
