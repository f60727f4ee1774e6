// Wide, narrow, wide: the 3×3 convolution works on a quarter of the channels (ResNet-50, arXiv 1512.03385).
import { activation, block, conv1x1BnReLU, conv3x3BnReLU, convNormAct, input, residual, sequential } from 'blockscope/blocks';

// → [1, 56, 56, 64] · 6,368 parameters · 18,464,768 MACs
export const bottleneck = block('bottleneck', ({ filters, reduction = 4 }: { filters: number; reduction?: number }) => [
  residual(
    sequential(
      conv1x1BnReLU({ filters: filters / reduction }),
      conv3x3BnReLU({ filters: filters / reduction }),
      convNormAct({ filters, kernelSize: 1, activation: 'linear' }),
    ),
    conv1x1BnReLU({ filters }),
  ),
  activation('relu'),
]);

export default sequential(input([1, 56, 56, 32]), bottleneck({ filters: 64 }));
