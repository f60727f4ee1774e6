import { formatShape, type Shape } from '../shapes/shape.ts';
import { defineProblem } from './problem.ts';

export const wrongRank = defineProblem<{ layer: string; expected: string; input: Shape & readonly unknown[] }>({
  id: 'wrong-rank',
  severity: 'error',
  message: ({ layer, expected, input }) =>
    `${layer} expects an input of rank ${expected}, the batch counted, but received ${formatShape(input)} of rank ${input.length}.`,
  doc: 'A 2-D convolution needs [batch, height, width, channels], a flatten at least three dims. Reshape the input, or leave the layer out.',
});
