// ConvNeXt: a ResNet brought up to date with what transformers do.
import { growingRate, sum } from '../growingRate.ts';
import { activation, adaptiveAveragePooling2d, block, conv2d, dense, flatten, layerNormalization, layerScale, residual, sequential, stochasticDepth, type Block } from 'blockscope/vocabulary';

export interface ConvnextParameters {
  readonly size: keyof typeof sizes;
  readonly classes?: number;
  /** Of the last block, in place of the size's own; the first has none, and it grows evenly between them. */
  readonly stochasticDepthRate?: number;
}

export interface ConvnextBlockParameters {
  readonly features: number;
  /** The share of examples for which the block is left out while training. */
  readonly dropRate?: number;
}

/** Blocks and channels of the four stages: the paper's section 3; rates as torchvision trains them. */
const sizes = {
  tiny: { depths: [3, 3, 9, 3], features: [96, 192, 384, 768], stochasticDepthRate: 0.1 },
  small: { depths: [3, 3, 27, 3], features: [96, 192, 384, 768], stochasticDepthRate: 0.4 },
  base: { depths: [3, 3, 27, 3], features: [128, 256, 512, 1024], stochasticDepthRate: 0.5 },
  large: { depths: [3, 3, 27, 3], features: [192, 384, 768, 1536], stochasticDepthRate: 0.5 },
};

/** How many times more channels there are between the two 1×1 convolutions. */
const expansion = 4;

/**
 * A 7×7 depthwise convolution, and two dense layers at every place, which are 1×1 convolutions: the paper's figure 4. The layer scale is that
 * of its section 3.1.
 */
export const convnextBlock = block('convnextBlock', ({ features, dropRate = 0 }: ConvnextBlockParameters) => residual(sequential(
  conv2d({ filters: features, kernelSize: 7, padding: 3, groups: features }),
  layerNormalization({ epsilon: 1e-6 }),
  conv2d({ filters: expansion * features, kernelSize: 1 }),
  activation('gelu'),
  conv2d({ filters: features, kernelSize: 1 }),
  layerScale({ initialValue: 1e-6 }),
  dropRate > 0 && stochasticDepth(dropRate),
)));

/** Liu et al.: A ConvNet for the 2020s, sections 2 and 3 (arXiv 2201.03545). Defaults: 1000 classes, the size's stochastic depth. */
export const convnext = block('convnext', ({ size, classes = 1000, stochasticDepthRate = sizes[size].stochasticDepthRate }: ConvnextParameters) => {
  const { depths, features } = sizes[size];
  const dropRateAt = growingRate(depths, { rate: stochasticDepthRate, behind: sum(depths) - 1 });
  const stages = depths.flatMap((depth, i) => [
    ...(i === 0 ? stem(features[0]!) : downsampling(features[i]!)),
    ...Array.from({ length: depth }, (_, index) => convnextBlock({ features: features[i]!, dropRate: dropRateAt(i, index) })),
  ]);
  return [
    ...stages,
    adaptiveAveragePooling2d({ outputSize: 1 }),
    layerNormalization({ epsilon: 1e-6 }),
    flatten(),
    dense({ units: classes }),
  ];
});

/** Cuts the image into patches of 4×4, as transformers do. */
const stem = (filters: number): readonly Block[] => [conv2d({ filters, kernelSize: 4, strides: 4 }), layerNormalization({ epsilon: 1e-6 })];

const downsampling = (filters: number): readonly Block[] => [layerNormalization({ epsilon: 1e-6 }), conv2d({ filters, kernelSize: 2, strides: 2 })];
