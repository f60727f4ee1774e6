import { formatShape, type Shape } from '../shapes/shape.ts';
import { defineProblem } from './problem.ts';

export const axisOutOfRange = defineProblem<{ layer: string; axis: number; input: Shape }>({
  id: 'axis-out-of-range',
  severity: 'error',
  message: ({ layer, axis, input }) => `${layer} has axis ${axis}, which ${formatShape(input)} does not have.`,
  doc: 'Axes count from 0, which is the batch; negative ones count from the end.',
});
