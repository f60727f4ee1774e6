import { defineProblem } from './problem.ts';

export const classNameMissing = defineProblem<{ className: string }>({
  id: 'class-name-missing',
  severity: 'error',
  message: ({ className }) => `${className} has no static className, and this layer no name: TensorFlow.js throws, because it makes the one from the other.`,
  doc: "A layer of the program's own needs `static className = '…'`, from which TensorFlow.js makes the names of layers that are given none.",
});
