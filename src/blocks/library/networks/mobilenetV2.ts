// MobileNetV2: inverted residuals with linear bottlenecks.
import { classifier } from '../classifier.ts';
import { convNormAct } from '../convNormAct.ts';
import { mbConv } from '../mbConv.ts';
import { stage } from '../stage.ts';
import { block } from 'blockscope/vocabulary';

export interface MobilenetV2Parameters {
  readonly classes?: number;
  /** Before the classes. */
  readonly dropRate?: number;
}

/** The paper's table 2. */
const stages = [
  { expansion: 1, features: 16, depth: 1, strides: 1 },
  { expansion: 6, features: 24, depth: 2, strides: 2 },
  { expansion: 6, features: 32, depth: 3, strides: 2 },
  { expansion: 6, features: 64, depth: 4, strides: 2 },
  { expansion: 6, features: 96, depth: 3, strides: 1 },
  { expansion: 6, features: 160, depth: 3, strides: 2 },
  { expansion: 6, features: 320, depth: 1, strides: 1 },
];

const firstFeatures = 32;
const lastFeatures = 1280;

/** Sandler et al.: MobileNetV2, section 4 and table 2 (arXiv 1801.04381). Defaults: 1000 classes, a drop rate of 0.2. */
export const mobilenetV2 = block('mobilenetV2', ({ classes = 1000, dropRate = 0.2 }: MobilenetV2Parameters) => [
  convNormAct({ filters: firstFeatures, kernelSize: 3, strides: 2, useBias: false, activation: 'relu6' }),
  ...stages.map(({ expansion, features, depth, strides }, i) => stage(
    { inFeatures: stages[i - 1]?.features ?? firstFeatures, outFeatures: features, strides, depth },
    ({ inFeatures, outFeatures, strides: ofBlock }) => mbConv({ inFeatures, outFeatures, expansion, strides: ofBlock, useBias: false }),
  )),
  convNormAct({ filters: lastFeatures, kernelSize: 1, useBias: false, activation: 'relu6' }),
  classifier({ classes, dropRate }),
]);
