import { formatShape, type Shape } from '../shapes/shape.ts';
import { defineProblem } from './problem.ts';

export const weightsMismatch = defineProblem<{ layer: string; weight: string; built: Shape; needed: Shape }>({
  id: 'weights-mismatch',
  severity: 'error',
  message: ({ layer, weight, built, needed }) =>
    `${layer} is applied again to an input that it does not fit: its ${weight} has shape ${formatShape(built)}, but this input needs ${formatShape(needed)}.`,
  doc: 'A layer makes its weights for the first input that it is applied to. Further inputs must have the same channels; otherwise make a layer of its own for them.',
});
