// What nearly every block is made of: a convolution, batch normalization and an activation.
import { activation, batchNormalization, block, conv2d, input, sequential } from 'blockscope/blocks';

// → [1, 56, 56, 64] · 2,240 parameters · 6,422,528 MACs
export const conv1x1BnReLU = block('conv1x1BnReLU', ({ filters }: { filters: number }) => [
  conv2d({ filters, kernelSize: 1 }),
  batchNormalization(),
  activation('relu'),
]);

export default sequential(input([1, 56, 56, 32]), conv1x1BnReLU({ filters: 64 }));
