// An MBConv whose first two convolutions are one.
import { block, residual, sequential, stochasticDepth, type Activation } from 'blockscope/vocabulary';
import { convNormAct, type ConvSettings } from './convNormAct.ts';

export interface FusedMBConvParameters extends ConvSettings {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** How many times more channels the 3×3 convolution has than go in; with 1 it is the only one. */
  readonly expansion?: number;
  readonly kernelSize?: number;
  readonly strides?: number;
  readonly activation?: Activation;
  /** The share of examples for which the block is left out while training, where it adds to what goes in: otherwise nothing would be left. */
  readonly dropRate?: number;
}

/**
 * One dense 3×3 convolution in the place of a 1×1 and a depthwise one: more work, but of a kind that accelerators do faster. Tan, Le:
 * EfficientNetV2, section 3.1 and figure 2 (arXiv 2104.00298).
 */
export const fusedMbConv = block('fusedMbConv', ({ inFeatures, outFeatures, expansion = 4, kernelSize = 3, strides = 1, activation = 'relu6', dropRate = 0, ...settings }: FusedMBConvParameters) => {
  const adds = inFeatures === outFeatures && strides === 1;
  const body = sequential(
    ...(expansion === 1
      ? [convNormAct({ ...settings, filters: outFeatures, kernelSize, strides, activation })]
      : [
        convNormAct({ ...settings, filters: inFeatures * expansion, kernelSize, strides, activation }),
        convNormAct({ ...settings, filters: outFeatures, kernelSize: 1, activation: 'linear' }),
      ]),
    adds && dropRate > 0 && stochasticDepth(dropRate),
  );
  return adds ? residual(body) : body;
});
