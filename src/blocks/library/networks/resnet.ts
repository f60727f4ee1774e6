// ResNet, and what became of it with groups (ResNeXt) and with more channels (Wide ResNet).
import { basicBlock } from '../basicBlock.ts';
import { bottleneck } from '../bottleneck.ts';
import { classifier } from '../classifier.ts';
import { convNormAct } from '../convNormAct.ts';
import { stage } from '../stage.ts';
import { block, maxPooling2d, type Block } from 'blockscope/vocabulary';

export interface ResnetParameters {
  readonly depth: 18 | 34 | 50 | 101 | 152;
  /**
   * Which convolution of a bottleneck has the stride: the first, as in the paper (`v1`), or the 3×3 one (`v1.5`), which is what
   * torchvision builds. Those of 18 and 34 layers have no bottlenecks.
   */
  readonly version?: 'v1' | 'v1.5';
  /** Whether convolutions have a bias, as those of Keras have; before batch normalization it has no effect. */
  readonly useBias?: boolean;
  readonly classes?: number;
}

export interface ResnextParameters {
  readonly depth: 50 | 101;
  /** Of the 3×3 convolutions, which the paper calls cardinality. */
  readonly groups: number;
  /** The channels of each group in the first stage. */
  readonly widthPerGroup: number;
  readonly classes?: number;
}

export interface WideResnetParameters {
  readonly depth: 50 | 101;
  /** How many times more channels the 3×3 convolutions have than those of ResNet. */
  readonly widening?: number;
  readonly classes?: number;
}

/** How many blocks the four stages have: the paper's table 1. */
const depthsOfStages = { 18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3], 101: [3, 4, 23, 3], 152: [3, 8, 36, 3] } as const;

/** Of the first stage; each of the others has twice as many as the one before. */
const firstFeatures = 64;

/** How many times more channels come out of a bottleneck than its 3×3 convolution has in ResNet. */
const expansion = 4;

/** He et al.: Deep Residual Learning for Image Recognition, table 1 (arXiv 1512.03385). Defaults: `v1.5`, no biases, 1000 classes. */
export const resnet = block('resnet', ({ depth, version = 'v1.5', useBias = false, classes }: ResnetParameters) =>
  (depth === 18 || depth === 34 ? withBasicBlocks(depth, useBias, classes) : withBottlenecks({ depth, strideAt: version === 'v1' ? 'first' : 'middle', useBias, classes })));

/** Xie et al.: Aggregated Residual Transformations for Deep Neural Networks, table 1 (arXiv 1611.05431). Default: 1000 classes. */
export const resnext = block('resnext', ({ depth, groups, widthPerGroup, classes }: ResnextParameters) =>
  withBottlenecks({ depth, groups, width: groups * widthPerGroup / firstFeatures, classes }));

/**
 * Zagoruyko, Komodakis: Wide Residual Networks, table 8 (arXiv 1605.07146), where only the 3×3 convolutions are wider. Defaults: twice as
 * wide, 1000 classes.
 */
export const wideResnet = block('wideResnet', ({ depth, widening = 2, classes }: WideResnetParameters) =>
  withBottlenecks({ depth, width: widening, classes }));

function withBasicBlocks(depth: 18 | 34, useBias: boolean, classes: number | undefined): readonly Block[] {
  const stages = depthsOfStages[depth].map((blocks, i) => stage(
    { inFeatures: i === 0 ? firstFeatures : featuresOf(i - 1), outFeatures: featuresOf(i), strides: i === 0 ? 1 : 2, depth: blocks },
    ({ inFeatures, outFeatures, strides }) => basicBlock({ inFeatures, outFeatures, strides, useBias }),
  ));
  return [...stem(useBias), ...stages, head(classes)];
}

interface BottleneckNetwork {
  readonly depth: 50 | 101 | 152;
  readonly strideAt?: 'middle' | 'first';
  readonly groups?: number;
  /** How many times more channels the 3×3 convolutions have than those of ResNet. */
  readonly width?: number;
  readonly useBias?: boolean;
  readonly classes: number | undefined;
}

function withBottlenecks({ depth, strideAt = 'middle', groups = 1, width = 1, useBias = false, classes }: BottleneckNetwork): readonly Block[] {
  const stages = depthsOfStages[depth].map((blocks, i) => stage(
    { inFeatures: i === 0 ? firstFeatures : featuresOf(i - 1) * expansion, outFeatures: featuresOf(i) * expansion, strides: i === 0 ? 1 : 2, depth: blocks },
    ({ inFeatures, outFeatures, strides }) => bottleneck({
      inFeatures, outFeatures, reducedFeatures: featuresOf(i) * width, strides, strideAt, groups, useBias, shortcutActivation: 'linear',
    }),
  ));
  return [...stem(useBias), ...stages, head(classes)];
}

const featuresOf = (stageIndex: number): number => firstFeatures * 2 ** stageIndex;

const stem = (useBias: boolean): readonly Block[] => [
  convNormAct({ filters: firstFeatures, kernelSize: 7, strides: 2, useBias }),
  maxPooling2d({ poolSize: 3, strides: 2, padding: 1 }),
];

const head = (classes = 1000): Block => classifier({ classes });
