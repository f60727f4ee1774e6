// A bottleneck that ends without an activation.
import { block, residual, sequential, type Activation } from 'blockscope/vocabulary';
import { convNormAct, type ConvSettings } from './convNormAct.ts';

export interface LinearBottleneckParameters extends ConvSettings {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** How many times fewer channels the middle convolution has than come out. */
  readonly reduction?: number;
  readonly strides?: number;
  readonly activation?: Activation;
}

/**
 * A bottleneck without the activation behind it: where few channels come out, ReLU would destroy what they carry. Sandler et al.:
 * MobileNetV2, section 3.2 (arXiv 1801.04381).
 */
export const linearBottleneck = block('linearBottleneck', ({ inFeatures, outFeatures, reduction = 4, strides = 1, activation = 'relu', ...settings }: LinearBottleneckParameters) => {
  const reduced = Math.floor(outFeatures / reduction);
  const body = sequential(
    convNormAct({ ...settings, filters: reduced, kernelSize: 1, activation }),
    convNormAct({ ...settings, filters: reduced, kernelSize: 3, strides, activation }),
    convNormAct({ ...settings, filters: outFeatures, kernelSize: 1, activation: 'linear' }),
  );
  const changes = inFeatures !== outFeatures || strides !== 1;
  return residual(body, changes ? convNormAct({ ...settings, filters: outFeatures, kernelSize: 1, strides, activation }) : undefined);
});
