// A convolution in two steps: over space, then over channels.
import { activation, block, conv2d, sequential, type Activation } from 'blockscope/vocabulary';
import { normalization, type ConvSettings } from './convNormAct.ts';

export interface DepthwiseSeparableConvParameters extends ConvSettings {
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly kernelSize?: number;
  readonly strides?: number;
  /** Zeros at each end; none by default, as the article writes it. */
  readonly padding?: number;
  /** Behind both convolutions; none by default. */
  readonly activation?: Activation;
}

/**
 * A depthwise convolution, where each channel sees itself alone, and a 1×1 convolution that mixes them: about `1 / filters + 1 / kernel²`
 * of the work of a dense one. Howard et al.: MobileNets, section 3.1 (arXiv 1704.04861).
 */
export const depthwiseSeparableConv = block('depthwiseSeparableConv', ({ inFeatures, outFeatures, kernelSize = 3, strides = 1, padding = 0, useBias = true, norm = 'none', activation: name = 'linear' }: DepthwiseSeparableConvParameters) => {
  const after = [normalization(norm), name !== 'linear' && activation(name)];
  return sequential(
    conv2d({ filters: inFeatures, kernelSize, strides, padding, groups: inFeatures, useBias }),
    ...after,
    conv2d({ filters: outFeatures, kernelSize: 1, useBias }),
    ...after,
  );
});
