import { defineProblem } from './problem.ts';

export const nothingLeft = defineProblem<{ layer: string; axis: string; length: number; taken: number }>({
  id: 'nothing-left',
  severity: 'error',
  message: ({ layer, axis, length, taken }) => `${layer} takes ${taken} from a ${axis} of ${length}, which leaves nothing.`,
  doc: 'A dim of the output would be zero or less. TensorFlow.js builds the layer all the same and fails when it runs.',
});
