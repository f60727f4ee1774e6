// An inverted residual that is a residual only where the shape allows it.
import { block, residual, sequential, type Activation } from 'blockscope/vocabulary';
import { convNormAct, type ConvSettings } from './convNormAct.ts';

export interface MobileNetLikeBlockParameters extends ConvSettings {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** How many times more channels the middle convolution has than go in. */
  readonly expansion?: number;
  readonly strides?: number;
  readonly activation?: Activation;
}

/**
 * As MobileNet does it: without a shortcut where the shape changes, so that nothing has to be projected. Sandler et al.: MobileNetV2,
 * figure 4d (arXiv 1801.04381), still with a dense 3×3 convolution as the article has it at this step.
 */
export const mobileNetLikeBlock = block('mobileNetLikeBlock', ({ inFeatures, outFeatures, expansion = 4, strides = 1, activation = 'relu', ...settings }: MobileNetLikeBlockParameters) => {
  const expanded = inFeatures * expansion;
  const body = sequential(
    convNormAct({ ...settings, filters: expanded, kernelSize: 1, activation }),
    convNormAct({ ...settings, filters: expanded, kernelSize: 3, strides, activation }),
    convNormAct({ ...settings, filters: outFeatures, kernelSize: 1, activation: 'linear' }),
  );
  return inFeatures === outFeatures && strides === 1 ? residual(body) : body;
});
