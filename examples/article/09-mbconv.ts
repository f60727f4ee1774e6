// All of it together: an inverted residual with a depthwise convolution and a linear end (MobileNetV2, arXiv 1801.04381).
import { block, convNormAct, input, residual, sequential } from 'blockscope/blocks';

// → [1, 56, 56, 64] · 14,400 parameters · 42,147,840 MACs
export const mbConv = block('mbConv', ({ inFeatures, outFeatures, expansion = 4 }: { inFeatures: number; outFeatures: number; expansion?: number }) => {
  const expanded = inFeatures * expansion;
  const body = sequential(
    convNormAct({ filters: expanded, kernelSize: 1, activation: 'relu6' }),
    convNormAct({ filters: expanded, kernelSize: 3, groups: expanded, activation: 'relu6' }),
    convNormAct({ filters: outFeatures, kernelSize: 1, activation: 'linear' }),
  );
  return inFeatures === outFeatures ? residual(body) : body;
});

export default sequential(input([1, 56, 56, 32]), mbConv({ inFeatures: 32, outFeatures: 64 }));
