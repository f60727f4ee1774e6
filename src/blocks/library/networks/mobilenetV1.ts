// MobileNet: depthwise separable convolutions from end to end.
import { classifier } from '../classifier.ts';
import { convNormAct } from '../convNormAct.ts';
import { depthwiseSeparableConv } from '../depthwiseSeparableConv.ts';
import { block, type Block } from 'blockscope/vocabulary';

export interface MobilenetV1Parameters {
  /** Dense 3×3 convolutions in place of depthwise separable ones: the paper's table 4 compares with these. */
  readonly fullConvolutions?: boolean;
  readonly classes?: number;
}

/**
 * Channels and stride of each convolution after the first: the paper's table 1. It gives the last one a stride of 2, and a size that
 * stays at 7×7, as it does with 1; so does every implementation.
 */
const convolutions: readonly (readonly [filters: number, strides: number])[] = [
  [64, 1], [128, 2], [128, 1], [256, 2], [256, 1], [512, 2], [512, 1], [512, 1], [512, 1], [512, 1], [512, 1], [1024, 2], [1024, 1],
];

const firstFeatures = 32;

/** Howard et al.: MobileNets, section 3 and table 1 (arXiv 1704.04861). Defaults: depthwise separable convolutions, 1000 classes. */
export const mobilenetV1 = block('mobilenetV1', ({ fullConvolutions = false, classes = 1000 }: MobilenetV1Parameters) => [
  convNormAct({ filters: firstFeatures, kernelSize: 3, strides: 2, useBias: false }),
  ...convolutions.map(([outFeatures, strides], i) => convolution(i === 0 ? firstFeatures : convolutions[i - 1]![0], outFeatures, strides, fullConvolutions)),
  classifier({ classes }),
]);

const convolution = (inFeatures: number, outFeatures: number, strides: number, full: boolean): Block =>
  (full
    ? convNormAct({ filters: outFeatures, kernelSize: 3, strides, useBias: false })
    : depthwiseSeparableConv({ inFeatures, outFeatures, strides, padding: 1, norm: 'batch', useBias: false, activation: 'relu' }));
