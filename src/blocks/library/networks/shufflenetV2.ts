// ShuffleNet V2: half of the channels pass by, the other half is worked on, and both are mixed.
import { classifier } from '../classifier.ts';
import { convNormAct } from '../convNormAct.ts';
import { stage } from '../stage.ts';
import { block, branches, channelShuffle, maxPooling2d, splitChannels, type Block } from 'blockscope/vocabulary';

export interface ShufflenetV2Parameters {
  /** How many times the channels of the middle size it has, about. */
  readonly width: 0.5 | 1 | 1.5 | 2;
  readonly classes?: number;
}

export interface ShuffleUnitParameters {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** With 2 both branches see all channels, and both come down to half of the size. */
  readonly strides?: 1 | 2;
}

/** Channels of the three stages, and of the convolution behind them: the paper's table 5. */
const features = {
  0.5: { stages: [48, 96, 192], last: 1024 },
  1: { stages: [116, 232, 464], last: 1024 },
  1.5: { stages: [176, 352, 704], last: 1024 },
  2: { stages: [244, 488, 976], last: 2048 },
} as const;

const depths = [4, 8, 4];
const firstFeatures = 24;

/** The paper's section 3.2 and figures 3c and 3d. */
export const shuffleUnit = block('shuffleUnit', ({ inFeatures, outFeatures, strides = 1 }: ShuffleUnitParameters) => {
  const half = outFeatures / 2;
  const worked = [pointwise(half), depthwise(half, strides), pointwise(half)];
  const both = strides === 1
    ? splitChannels([[], worked], 'concatenate')
    : branches([[depthwise(inFeatures, strides), pointwise(half)], worked], 'concatenate');
  return [both, channelShuffle(2)];
});

const pointwise = (filters: number): Block => convNormAct({ filters, kernelSize: 1, useBias: false });

const depthwise = (channels: number, strides: number): Block =>
  convNormAct({ filters: channels, kernelSize: 3, strides, groups: channels, useBias: false, activation: 'linear' });

/** Ma et al.: ShuffleNet V2, section 3.2 and table 5 (arXiv 1807.11164). Default: 1000 classes. */
export const shufflenetV2 = block('shufflenetV2', ({ width, classes = 1000 }: ShufflenetV2Parameters) => {
  const { stages, last } = features[width];
  return [
    convNormAct({ filters: firstFeatures, kernelSize: 3, strides: 2, useBias: false }),
    maxPooling2d({ poolSize: 3, strides: 2, padding: 1 }),
    ...stages.map((outFeatures, i) => stage(
      { inFeatures: stages[i - 1] ?? firstFeatures, outFeatures, strides: 2, depth: depths[i]! },
      place => shuffleUnit({ inFeatures: place.inFeatures, outFeatures: place.outFeatures, strides: place.index === 0 ? 2 : 1 }),
    )),
    pointwise(last),
    classifier({ classes }),
  ];
});
