import { formatShape, type Shape } from '../shapes/shape.ts';
import { defineProblem } from './problem.ts';

export const shapeMismatch = defineProblem<{ layer: string; shapes: readonly Shape[]; rule: string }>({
  id: 'shape-mismatch',
  severity: 'error',
  message: ({ layer, shapes, rule }) => `${layer} cannot join ${shapes.map(shape => formatShape(shape)).join(' and ')}: ${rule}.`,
  doc: 'The shapes that come in contradict each other. In a residual block the shortcut usually lacks a 1×1 convolution, or a stride.',
});
