// The block of ResNet-50 and deeper, and what ResNeXt, Wide ResNet and RegNet make of it.
import { activation, block, residual, sequential, type Activation } from 'blockscope/vocabulary';
import { convNormAct, type ConvSettings } from './convNormAct.ts';
import { squeezeExcite } from './squeezeExcite.ts';

export interface BottleneckParameters extends ConvSettings {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** How many times fewer channels the middle convolution has than come out. */
  readonly reduction?: number;
  /** The channels of the middle convolution, in place of what follows from the reduction. */
  readonly reducedFeatures?: number;
  readonly strides?: number;
  /** The convolution that has the stride: the 3×3 one (ResNet v1.5, and the article), or the first as in the paper. */
  readonly strideAt?: 'middle' | 'first';
  /** Of the 3×3 convolution. */
  readonly groups?: number;
  /** Channels inside of a squeeze-and-excite behind the 3×3 convolution; 0 for none. */
  readonly squeezed?: number;
  readonly activation?: Activation;
  /** Of the shortcut's convolution: the article has one there, ResNet none. */
  readonly shortcutActivation?: Activation;
}

/**
 * Reduces the channels with a 1×1 convolution, works on them with a 3×3 one, and expands them again: cheap where there are many. He et
 * al.: Deep Residual Learning for Image Recognition, section 4.1 and figure 5, right (arXiv 1512.03385). With groups it is the block
 * of ResNeXt (arXiv 1611.05431, figure 3c), with squeeze-and-excite besides that of RegNetY (arXiv 2003.13678, section 4).
 */
export const bottleneck = block('bottleneck', ({
  inFeatures, outFeatures, reduction = 4, reducedFeatures = Math.floor(outFeatures / reduction), strides = 1, strideAt = 'middle', groups = 1, squeezed = 0,
  activation: name = 'relu', shortcutActivation = name, ...settings
}: BottleneckParameters) => {
  const body = sequential(
    convNormAct({ ...settings, filters: reducedFeatures, kernelSize: 1, strides: strideAt === 'first' ? strides : 1, activation: name }),
    convNormAct({ ...settings, filters: reducedFeatures, kernelSize: 3, strides: strideAt === 'middle' ? strides : 1, groups, activation: name }),
    squeezed > 0 && squeezeExcite({ features: reducedFeatures, squeezed, activation: name }),
    convNormAct({ ...settings, filters: outFeatures, kernelSize: 1, activation: 'linear' }),
  );
  const changes = inFeatures !== outFeatures || strides !== 1;
  const shortcut = changes ? convNormAct({ ...settings, filters: outFeatures, kernelSize: 1, strides, activation: shortcutActivation }) : undefined;
  return sequential(residual(body, shortcut), activation(name));
});
