// Narrow, wide, narrow: the residual connection is between the ends with few channels. The 3×3 convolution is still a dense one.
import { block, conv1x1BnReLU, conv3x3BnReLU, convNormAct, input, residual, sequential } from 'blockscope/blocks';

// → [1, 56, 56, 64] · 162,944 parameters · 507,379,712 MACs
export const invertedResidual = block('invertedResidual', ({ inFeatures, outFeatures, expansion = 4 }: { inFeatures: number; outFeatures: number; expansion?: number }) =>
  residual(
    sequential(
      conv1x1BnReLU({ filters: inFeatures * expansion }),
      conv3x3BnReLU({ filters: inFeatures * expansion }),
      convNormAct({ filters: outFeatures, kernelSize: 1, activation: 'linear' }),
    ),
    conv1x1BnReLU({ filters: outFeatures }),
  ));

export default sequential(input([1, 56, 56, 32]), invertedResidual({ inFeatures: 32, outFeatures: 64 }));
