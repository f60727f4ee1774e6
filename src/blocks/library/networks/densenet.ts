// DenseNet: every layer sees the outputs of all layers before it.
import { classifier } from '../classifier.ts';
import { convNormAct } from '../convNormAct.ts';
import { activation, averagePooling2d, batchNormalization, block, branches, conv2d, maxPooling2d, type Block } from 'blockscope/vocabulary';

export interface DensenetParameters {
  readonly depth: 121 | 161 | 169 | 201;
  readonly classes?: number;
}

export interface DenseLayerParameters {
  /** The channels that the layer adds to those that go in. */
  readonly growthRate: number;
}

export interface DenseBlockParameters extends DenseLayerParameters {
  /** How many layers there are. */
  readonly depth: number;
}

export interface TransitionParameters {
  readonly outFeatures: number;
}

/** How many times more channels than the growth rate the 1×1 convolution of a layer has. */
const bottleneckWidth = 4;

/**
 * Layers of each dense block, channels that each adds, and channels of the first convolution: the paper's table 1, which lists 161 in its
 * first versions only.
 */
const networks = {
  121: { depths: [6, 12, 24, 16], growthRate: 32, firstFeatures: 64 },
  161: { depths: [6, 12, 36, 24], growthRate: 48, firstFeatures: 96 },
  169: { depths: [6, 12, 32, 32], growthRate: 32, firstFeatures: 64 },
  201: { depths: [6, 12, 48, 32], growthRate: 32, firstFeatures: 64 },
} as const;

const normalizedReLU = (): readonly Block[] => [batchNormalization(), activation('relu')];

/** Normalization and activation come before each convolution, and what comes out is put behind what went in: equation 2. */
export const denseLayer = block('denseLayer', ({ growthRate }: DenseLayerParameters) => branches([
  [],
  [
    ...normalizedReLU(),
    conv2d({ filters: bottleneckWidth * growthRate, kernelSize: 1, useBias: false }),
    ...normalizedReLU(),
    conv2d({ filters: growthRate, kernelSize: 3, padding: 1, useBias: false }),
  ],
], 'concatenate'));

export const denseBlock = block('denseBlock', ({ depth, growthRate }: DenseBlockParameters) =>
  Array.from({ length: depth }, () => denseLayer({ growthRate })));

/** Half of the channels and a quarter of the places go on to the next dense block. */
export const transition = block('transition', ({ outFeatures }: TransitionParameters) => [
  ...normalizedReLU(),
  conv2d({ filters: outFeatures, kernelSize: 1, useBias: false }),
  averagePooling2d({ poolSize: 2 }),
]);

/** Huang et al.: Densely Connected Convolutional Networks, section 3 and table 1 (arXiv 1608.06993). Default: 1000 classes. */
export const densenet = block('densenet', ({ depth, classes = 1000 }: DensenetParameters) => {
  const { depths, growthRate, firstFeatures } = networks[depth];
  const body: Block[] = [];
  let features: number = firstFeatures;
  for (const [i, layers] of depths.entries()) {
    if (i > 0) {
      features = Math.floor(features / 2);
      body.push(transition({ outFeatures: features }));
    }
    body.push(denseBlock({ depth: layers, growthRate }));
    features += layers * growthRate;
  }
  return [
    convNormAct({ filters: firstFeatures, kernelSize: 7, strides: 2, useBias: false }),
    maxPooling2d({ poolSize: 3, strides: 2, padding: 1 }),
    ...body,
    ...normalizedReLU(),
    classifier({ classes }),
  ];
});
