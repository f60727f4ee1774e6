// EfficientNetV2: fused blocks at the start, where depthwise convolutions are slow.
import { classifier } from '../classifier.ts';
import { convNormAct } from '../convNormAct.ts';
import { fusedMbConv } from '../fusedMbConv.ts';
import { mbConv } from '../mbConv.ts';
import { growingRate, sum } from '../growingRate.ts';
import { stage } from '../stage.ts';
import { block } from 'blockscope/vocabulary';

export type EfficientnetV2Variant = 's' | 'm' | 'l';

export interface EfficientnetV2Parameters {
  readonly variant: EfficientnetV2Variant;
  readonly classes?: number;
  /** Before the classes, in place of the variant's own. */
  readonly dropRate?: number;
  /** What it grows to from block to block: the first has none, and one behind the last would have all of it. */
  readonly stochasticDepthRate?: number;
}

interface Stage {
  /** Fused blocks have no squeeze-and-excite. */
  readonly fused: boolean;
  readonly expansion: number;
  readonly strides: number;
  readonly features: number;
  readonly depth: number;
}

const fused = (expansion: number, strides: number, features: number, depth: number): Stage => ({ fused: true, expansion, strides, features, depth });
const unfused = (expansion: number, strides: number, features: number, depth: number): Stage => ({ fused: false, expansion, strides, features, depth });

/** S is the paper's table 4; M and L stand in the official code (google/automl, efficientnetv2/effnetv2_configs.py). */
const stagesOf: Readonly<Record<EfficientnetV2Variant, readonly Stage[]>> = {
  s: [fused(1, 1, 24, 2), fused(4, 2, 48, 4), fused(4, 2, 64, 4), unfused(4, 2, 128, 6), unfused(6, 1, 160, 9), unfused(6, 2, 256, 15)],
  m: [
    fused(1, 1, 24, 3), fused(4, 2, 48, 5), fused(4, 2, 80, 5),
    unfused(4, 2, 160, 7), unfused(6, 1, 176, 14), unfused(6, 2, 304, 18), unfused(6, 1, 512, 5),
  ],
  l: [
    fused(1, 1, 32, 4), fused(4, 2, 64, 7), fused(4, 2, 96, 7),
    unfused(4, 2, 192, 10), unfused(6, 1, 224, 19), unfused(6, 2, 384, 25), unfused(6, 1, 640, 7),
  ],
};

const dropRates: Readonly<Record<EfficientnetV2Variant, number>> = { s: 0.2, m: 0.3, l: 0.4 };
const lastFeatures = 1280;

/**
 * Tan, Le: EfficientNetV2, section 3.3 and table 4 (arXiv 2104.00298). Defaults: 1000 classes, the variant's drop rate, stochastic depth
 * up to 0.2.
 */
export const efficientnetV2 = block('efficientnetV2', ({ variant, classes = 1000, dropRate = dropRates[variant], stochasticDepthRate = 0.2 }: EfficientnetV2Parameters) => {
  const stages = stagesOf[variant];
  const firstFeatures = stages[0]!.features;
  const depths = stages.map(({ depth }) => depth);
  const dropRateAt = growingRate(depths, { rate: stochasticDepthRate, behind: sum(depths) });
  return [
    convNormAct({ filters: firstFeatures, kernelSize: 3, strides: 2, useBias: false, activation: 'silu' }),
    ...stages.map(({ fused: isFused, expansion, strides, features, depth }, i) => stage(
      { inFeatures: stages[i - 1]?.features ?? firstFeatures, outFeatures: features, strides, depth },
      ({ inFeatures, outFeatures, strides: ofBlock, index }) => {
        const parameters = {
          inFeatures, outFeatures, expansion, strides: ofBlock, useBias: false, activation: 'silu', dropRate: dropRateAt(i, index),
        } as const;
        return isFused ? fusedMbConv(parameters) : mbConv({ ...parameters, squeezed: inFeatures / 4 });
      },
    )),
    convNormAct({ filters: lastFeatures, kernelSize: 1, useBias: false, activation: 'silu' }),
    classifier({ classes, dropRate }),
  ];
});
