import { defineProblem } from './problem.ts';

export const kernelTooLarge = defineProblem<{ what: string; axis: string; size: number; dilation: number; length: number }>({
  id: 'kernel-too-large',
  severity: 'error',
  message: ({ what, axis, size, dilation, length }) => {
    const reach = dilation === 1 ? String(size) : `${(size - 1) * dilation + 1} (${size} dilated by ${dilation})`;
    return `The ${what} is larger than its input: ${axis} ${reach} against ${length}, without padding.`;
  },
  doc: 'Without padding a window has to fit into its input. TensorFlow.js builds the layer all the same, with an output dim of zero or less, and fails when it runs.',
});
