// A bottleneck turned inside out: wide in the middle.
import { block, residual, sequential, type Activation } from 'blockscope/vocabulary';
import { convNormAct, type ConvSettings } from './convNormAct.ts';

export interface InvertedResidualParameters extends ConvSettings {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** How many times more channels the middle convolution has than go in. */
  readonly expansion?: number;
  readonly strides?: number;
  /** Whether each channel of the middle convolution sees itself alone, as in MobileNetV2; the article adds it in a later step. */
  readonly depthwise?: boolean;
  readonly activation?: Activation;
}

/**
 * Expands the channels with a 1×1 convolution, works on many with a 3×3 one, and reduces them again, with the residual connection between
 * the narrow ends. Sandler et al.: MobileNetV2, section 3.3 (arXiv 1801.04381).
 */
export const invertedResidual = block('invertedResidual', ({ inFeatures, outFeatures, expansion = 4, strides = 1, depthwise = false, activation = 'relu', ...settings }: InvertedResidualParameters) => {
  const expanded = inFeatures * expansion;
  const body = sequential(
    convNormAct({ ...settings, filters: expanded, kernelSize: 1, activation }),
    convNormAct({ ...settings, filters: expanded, kernelSize: 3, strides, groups: depthwise ? expanded : 1, activation }),
    convNormAct({ ...settings, filters: outFeatures, kernelSize: 1, activation: 'linear' }),
  );
  const changes = inFeatures !== outFeatures || strides !== 1;
  return residual(body, changes ? convNormAct({ ...settings, filters: outFeatures, kernelSize: 1, strides, activation }) : undefined);
});
