// VGG: nothing but 3×3 convolutions, and most of the parameters behind them.
import { convNormAct } from '../convNormAct.ts';
import { adaptiveAveragePooling2d, block, dense, dropout, flatten, maxPooling2d, sequential, type Block } from 'blockscope/vocabulary';

export interface VggParameters {
  /** Layers with weights: convolutions, and three dense ones. */
  readonly depth: 11 | 13 | 16 | 19;
  /** Whether batch normalization follows each convolution. The paper has none, and the biases stay all the same. */
  readonly batchNorm?: boolean;
  readonly classes?: number;
  /** Behind each of the two hidden dense layers. */
  readonly dropRate?: number;
}

/** How many convolutions each of the five stages has: the paper's table 1, columns A, B, D and E. */
const depthsOfStages = { 11: [1, 1, 2, 2, 2], 13: [2, 2, 2, 2, 2], 16: [2, 2, 3, 3, 3], 19: [2, 2, 4, 4, 4] } as const;

const featuresOfStages = [64, 128, 256, 512, 512];
const hiddenUnits = 4096;

/**
 * Simonyan, Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition, table 1 (arXiv 1409.1556). As in torchvision
 * an average pool makes 7×7 of any size, which it leaves alone at 224×224. Defaults: no batch normalization, 1000 classes, a drop rate of 0.5.
 */
export const vgg = block('vgg', ({ depth, batchNorm = false, classes = 1000, dropRate = 0.5 }: VggParameters) => [
  ...depthsOfStages[depth].map((convolutions, i) => sequential(
    ...Array.from({ length: convolutions }, () => convNormAct({ filters: featuresOfStages[i]!, kernelSize: 3, norm: batchNorm ? 'batch' : 'none' })),
    maxPooling2d({ poolSize: 2 }),
  )),
  adaptiveAveragePooling2d({ outputSize: 7 }),
  flatten(),
  ...hidden(dropRate),
  ...hidden(dropRate),
  dense({ units: classes }),
]);

const hidden = (dropRate: number): readonly Block[] => [dense({ units: hiddenUnits, activation: 'relu' }), dropout(dropRate)];
