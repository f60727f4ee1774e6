// MnasNet: inverted residuals whose widths, depths and kernels a search found for a phone.
import { classifier } from '../classifier.ts';
import { convNormAct } from '../convNormAct.ts';
import { mbConv } from '../mbConv.ts';
import { stage } from '../stage.ts';
import { block } from 'blockscope/vocabulary';

export interface MnasnetParameters {
  readonly classes?: number;
  /** Before the classes. */
  readonly dropRate?: number;
}

/**
 * `mnasnet_b1` of the official code (tensorflow/tpu, models/official/mnasnet/mnasnet_models.py), which torchvision follows: that of the
 * paper's figure 7 has squeeze-and-excite besides.
 */
const stages = [
  { expansion: 1, kernelSize: 3, features: 16, depth: 1, strides: 1 },
  { expansion: 3, kernelSize: 3, features: 24, depth: 3, strides: 2 },
  { expansion: 3, kernelSize: 5, features: 40, depth: 3, strides: 2 },
  { expansion: 6, kernelSize: 5, features: 80, depth: 3, strides: 2 },
  { expansion: 6, kernelSize: 3, features: 96, depth: 2, strides: 1 },
  { expansion: 6, kernelSize: 5, features: 192, depth: 4, strides: 2 },
  { expansion: 6, kernelSize: 3, features: 320, depth: 1, strides: 1 },
];

const firstFeatures = 32;
const lastFeatures = 1280;

/** Tan et al.: MnasNet, section 4 and figure 7 (arXiv 1807.11626), at width 1.0. Defaults: 1000 classes, a drop rate of 0.2. */
export const mnasnet = block('mnasnet', ({ classes = 1000, dropRate = 0.2 }: MnasnetParameters) => [
  convNormAct({ filters: firstFeatures, kernelSize: 3, strides: 2, useBias: false }),
  ...stages.map(({ expansion, kernelSize, features, depth, strides }, i) => stage(
    { inFeatures: stages[i - 1]?.features ?? firstFeatures, outFeatures: features, strides, depth },
    ({ inFeatures, outFeatures, strides: ofBlock }) => mbConv({ inFeatures, outFeatures, expansion, kernelSize, strides: ofBlock, useBias: false, activation: 'relu' }),
  )),
  convNormAct({ filters: lastFeatures, kernelSize: 1, useBias: false }),
  classifier({ classes, dropRate }),
]);
