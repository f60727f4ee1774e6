// EfficientNet: one network in eight sizes, scaled in depth, width and resolution together.
import { classifier } from '../classifier.ts';
import { convNormAct } from '../convNormAct.ts';
import { makeDivisible } from '../makeDivisible.ts';
import { mbConv } from '../mbConv.ts';
import { growingRate, sum } from '../growingRate.ts';
import { stage } from '../stage.ts';
import { block } from 'blockscope/vocabulary';

export type EfficientnetVariant = keyof typeof variants;

export interface EfficientnetParameters {
  readonly variant: EfficientnetVariant;
  readonly classes?: number;
  /** Before the classes, in place of the variant's own. */
  readonly dropRate?: number;
  /** What it grows to from block to block: the first has none, and one behind the last would have all of it. */
  readonly stochasticDepthRate?: number;
}

/** Factors of channels and of blocks, and the drop rate, as in the official code, which torchvision follows. */
const variants = {
  b0: { width: 1, depth: 1, dropRate: 0.2 },
  b1: { width: 1, depth: 1.1, dropRate: 0.2 },
  b2: { width: 1.1, depth: 1.2, dropRate: 0.3 },
  b3: { width: 1.2, depth: 1.4, dropRate: 0.3 },
  b4: { width: 1.4, depth: 1.8, dropRate: 0.4 },
  b5: { width: 1.6, depth: 2.2, dropRate: 0.4 },
  b6: { width: 1.8, depth: 2.6, dropRate: 0.5 },
  b7: { width: 2, depth: 3.1, dropRate: 0.5 },
};

/** The paper's table 1, which is B0. */
const stagesOfB0 = [
  { expansion: 1, kernelSize: 3, strides: 1, features: 16, depth: 1 },
  { expansion: 6, kernelSize: 3, strides: 2, features: 24, depth: 2 },
  { expansion: 6, kernelSize: 5, strides: 2, features: 40, depth: 2 },
  { expansion: 6, kernelSize: 3, strides: 2, features: 80, depth: 3 },
  { expansion: 6, kernelSize: 5, strides: 1, features: 112, depth: 3 },
  { expansion: 6, kernelSize: 5, strides: 2, features: 192, depth: 4 },
  { expansion: 6, kernelSize: 3, strides: 1, features: 320, depth: 1 },
];

const firstFeaturesOfB0 = 32;

/**
 * Tan, Le: EfficientNet, section 3 and table 1 (arXiv 1905.11946). Channels are rounded to multiples of 8, blocks up. Defaults: 1000
 * classes, the variant's drop rate, stochastic depth up to 0.2.
 */
export const efficientnet = block('efficientnet', ({ variant, classes = 1000, dropRate = variants[variant].dropRate, stochasticDepthRate = 0.2 }: EfficientnetParameters) => {
  const { width, depth: deeper } = variants[variant];
  const firstFeatures = makeDivisible(firstFeaturesOfB0 * width);
  const stages = stagesOfB0.map(({ features, depth, ...others }) => ({ ...others, features: makeDivisible(features * width), depth: Math.ceil(depth * deeper) }));
  const depths = stages.map(({ depth }) => depth);
  const dropRateAt = growingRate(depths, { rate: stochasticDepthRate, behind: sum(depths) });
  return [
    convNormAct({ filters: firstFeatures, kernelSize: 3, strides: 2, useBias: false, activation: 'silu' }),
    ...stages.map(({ expansion, kernelSize, strides, features, depth }, i) => stage(
      { inFeatures: stages[i - 1]?.features ?? firstFeatures, outFeatures: features, strides, depth },
      ({ inFeatures, outFeatures, strides: ofBlock, index }) => mbConv({
        inFeatures, outFeatures, expansion, kernelSize, strides: ofBlock, useBias: false, activation: 'silu',
        squeezed: squeezedOf(inFeatures), dropRate: dropRateAt(i, index),
      }),
    )),
    convNormAct({ filters: 4 * stages.at(-1)!.features, kernelSize: 1, useBias: false, activation: 'silu' }),
    classifier({ classes, dropRate }),
  ];
});

/** A quarter of the channels that go into the block, not of the expanded ones. */
const squeezedOf = (inFeatures: number): number => Math.max(1, Math.floor(inFeatures / 4));
