// The block of ResNet-18 and ResNet-34.
import { activation, block, residual, sequential, type Activation } from 'blockscope/vocabulary';
import { convNormAct, type ConvSettings } from './convNormAct.ts';

export interface BasicBlockParameters extends ConvSettings {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** Of the first convolution, and of the shortcut. */
  readonly strides?: number;
  readonly activation?: Activation;
}

/**
 * Two 3×3 convolutions with a residual connection around them; a 1×1 convolution in the shortcut where the shape changes. He et al.:
 * Deep Residual Learning for Image Recognition, section 4.1 and figure 5, left (arXiv 1512.03385).
 */
export const basicBlock = block('basicBlock', ({ inFeatures, outFeatures, strides = 1, activation: name = 'relu', ...settings }: BasicBlockParameters) => {
  const body = sequential(
    convNormAct({ ...settings, filters: outFeatures, kernelSize: 3, strides, activation: name }),
    convNormAct({ ...settings, filters: outFeatures, kernelSize: 3, activation: 'linear' }),
  );
  const changes = inFeatures !== outFeatures || strides !== 1;
  const shortcut = changes ? convNormAct({ ...settings, filters: outFeatures, kernelSize: 1, strides, activation: 'linear' }) : undefined;
  return sequential(residual(body, shortcut), activation(name));
});
