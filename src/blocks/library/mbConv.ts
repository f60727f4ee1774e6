// The block of MobileNetV2 and later, and of EfficientNet.
import { block, residual, sequential, stochasticDepth, type Activation } from 'blockscope/vocabulary';
import { convNormAct, type ConvSettings } from './convNormAct.ts';
import { squeezeExcite } from './squeezeExcite.ts';

export interface MBConvParameters extends ConvSettings {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** How many times more channels the middle convolution has than go in; with 1 there is no convolution before it. */
  readonly expansion?: number;
  /** The channels of the middle convolution, in place of what follows from the expansion. */
  readonly expandedFeatures?: number;
  readonly kernelSize?: number;
  readonly strides?: number;
  /** Channels inside of a squeeze-and-excite behind the middle convolution; 0 for none. */
  readonly squeezed?: number | undefined;
  readonly squeezeActivation?: Activation;
  readonly gate?: Activation;
  readonly activation?: Activation;
  /** The share of examples for which the block is left out while training, where it adds to what goes in: otherwise nothing would be left. */
  readonly dropRate?: number;
  /**
   * Whether the middle convolution is depthwise, as is meant. The article's code loses the number of groups on the way: its `ConvNormAct`
   * takes `**kwargs` and does not pass them on, so that what runs is a dense 3×3 convolution with eleven times the parameters.
   */
  readonly depthwise?: boolean;
}

/**
 * Expands the channels, convolves each by itself, reduces them again, and adds what goes in where the shape is the same. Sandler et al.:
 * MobileNetV2, section 3.3 (arXiv 1801.04381); with squeeze-and-excite Tan et al.: MnasNet (arXiv 1807.11626), and EfficientNet (arXiv
 * 1905.11946).
 */
export const mbConv = block('mbConv', ({
  inFeatures, outFeatures, expansion = 4, expandedFeatures = inFeatures * expansion, kernelSize = 3, strides = 1, squeezed = 0, activation = 'relu6', squeezeActivation = activation, gate = 'sigmoid',
  dropRate = 0, depthwise = true, ...settings
}: MBConvParameters) => {
  const adds = inFeatures === outFeatures && strides === 1;
  const body = sequential(
    expandedFeatures !== inFeatures && convNormAct({ ...settings, filters: expandedFeatures, kernelSize: 1, activation }),
    convNormAct({ ...settings, filters: expandedFeatures, kernelSize, strides, groups: depthwise ? expandedFeatures : 1, activation }),
    squeezed > 0 && squeezeExcite({ features: expandedFeatures, squeezed, activation: squeezeActivation, gate }),
    convNormAct({ ...settings, filters: outFeatures, kernelSize: 1, activation: 'linear' }),
    adds && dropRate > 0 && stochasticDepth(dropRate),
  );
  return adds ? residual(body) : body;
});
