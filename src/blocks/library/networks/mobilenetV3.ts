// MobileNetV3: found by search, with squeeze-and-excite and hard swish where they pay off.
import { convNormAct } from '../convNormAct.ts';
import { makeDivisible } from '../makeDivisible.ts';
import { mbConv } from '../mbConv.ts';
import { activation, block, dense, dropout, globalAveragePooling2d, type Activation, type Block } from 'blockscope/vocabulary';

export interface MobilenetV3Parameters {
  readonly size: 'large' | 'small';
  readonly classes?: number;
  /** Before the classes. */
  readonly dropRate?: number;
}

/** A line of the paper's tables 1 and 2. */
type Line = readonly [kernelSize: number, expandedFeatures: number, outFeatures: number, squeezes: boolean, activation: Activation, strides: number];

const lines: Readonly<Record<MobilenetV3Parameters['size'], readonly Line[]>> = {
  large: [
    [3, 16, 16, false, 'relu', 1],
    [3, 64, 24, false, 'relu', 2],
    [3, 72, 24, false, 'relu', 1],
    [5, 72, 40, true, 'relu', 2],
    [5, 120, 40, true, 'relu', 1],
    [5, 120, 40, true, 'relu', 1],
    [3, 240, 80, false, 'hardSwish', 2],
    [3, 200, 80, false, 'hardSwish', 1],
    [3, 184, 80, false, 'hardSwish', 1],
    [3, 184, 80, false, 'hardSwish', 1],
    [3, 480, 112, true, 'hardSwish', 1],
    [3, 672, 112, true, 'hardSwish', 1],
    [5, 672, 160, true, 'hardSwish', 2],
    [5, 960, 160, true, 'hardSwish', 1],
    [5, 960, 160, true, 'hardSwish', 1],
  ],
  small: [
    [3, 16, 16, true, 'relu', 2],
    [3, 72, 24, false, 'relu', 2],
    [3, 88, 24, false, 'relu', 1],
    [5, 96, 40, true, 'hardSwish', 2],
    [5, 240, 40, true, 'hardSwish', 1],
    [5, 240, 40, true, 'hardSwish', 1],
    [5, 120, 48, true, 'hardSwish', 1],
    [5, 144, 48, true, 'hardSwish', 1],
    [5, 288, 96, true, 'hardSwish', 2],
    [5, 576, 96, true, 'hardSwish', 1],
    [5, 576, 96, true, 'hardSwish', 1],
  ],
};

const firstFeatures = 16;

/** Channels of the last convolution, and of the dense layer behind the mean. */
const lastFeatures = { large: [960, 1280], small: [576, 1024] } as const;

/** Howard et al.: Searching for MobileNetV3, section 5 and tables 1 and 2 (arXiv 1905.02244). Defaults: 1000 classes, a drop rate of 0.2. */
export const mobilenetV3 = block('mobilenetV3', ({ size, classes = 1000, dropRate = 0.2 }: MobilenetV3Parameters) => {
  const [convolved, hidden] = lastFeatures[size];
  return [
    convNormAct({ filters: firstFeatures, kernelSize: 3, strides: 2, useBias: false, activation: 'hardSwish' }),
    ...lines[size].map((line, i) => blockOf(line, lines[size][i - 1]?.[2] ?? firstFeatures)),
    convNormAct({ filters: convolved, kernelSize: 1, useBias: false, activation: 'hardSwish' }),
    globalAveragePooling2d(),
    dense({ units: hidden }),
    activation('hardSwish'),
    dropout(dropRate),
    dense({ units: classes }),
  ];
});

/** A squeeze-and-excite has a quarter of the expanded channels inside, and a hard sigmoid for a gate (section 5.3). */
const blockOf = ([kernelSize, expandedFeatures, outFeatures, squeezes, name, strides]: Line, inFeatures: number): Block => mbConv({
  inFeatures, outFeatures, expandedFeatures, kernelSize, strides, activation: name, useBias: false,
  squeezed: squeezes ? makeDivisible(expandedFeatures / 4) : undefined, squeezeActivation: 'relu', gate: 'hardSigmoid',
});
