// RegNet: widths that grow linearly from block to block, in steps; with squeeze-and-excite RegNetY, without it RegNetX.
import { bottleneck } from '../bottleneck.ts';
import { classifier } from '../classifier.ts';
import { convNormAct } from '../convNormAct.ts';
import { makeDivisible } from '../makeDivisible.ts';
import { stage } from '../stage.ts';
import { block } from 'blockscope/vocabulary';

export type RegnetSize = '400mf' | '800mf' | '1.6gf' | '3.2gf' | '8gf' | '16gf' | '32gf';

/** By what a network does, in millions and billions of multiply-accumulates. */
export type RegnetParameters =
  | { readonly variant: 'x'; readonly size: RegnetSize; readonly classes?: number }
  | { readonly variant: 'y'; readonly size: RegnetSize | '128gf'; readonly classes?: number };

/** What the widths and depths of all stages follow from: the paper's equations 2 to 4 have the letters. */
interface Design {
  /** How many blocks there are: d. */
  readonly depth: number;
  /** The width of the first block: w_0. */
  readonly initialWidth: number;
  /** What is added to it from block to block: w_a. */
  readonly slope: number;
  /** How many times wider a stage is than the one before: w_m. */
  readonly step: number;
  /** The channels of each group: g. */
  readonly groupWidth: number;
}

const design = (depth: number, initialWidth: number, slope: number, step: number, groupWidth: number): Design => ({ depth, initialWidth, slope, step, groupWidth });

/** The paper's figures 15 and 16. Y of 128 GF is of Singh et al. (arXiv 2201.08371); torchvision has its numbers (torchvision/models/regnet.py). */
const designs = {
  x: {
    '400mf': design(22, 24, 24.48, 2.54, 16),
    '800mf': design(16, 56, 35.73, 2.28, 16),
    '1.6gf': design(18, 80, 34.01, 2.25, 24),
    '3.2gf': design(25, 88, 26.31, 2.25, 48),
    '8gf': design(23, 80, 49.56, 2.88, 120),
    '16gf': design(22, 216, 55.59, 2.1, 128),
    '32gf': design(23, 320, 69.86, 2, 168),
  },
  y: {
    '400mf': design(16, 48, 27.89, 2.09, 8),
    '800mf': design(14, 56, 38.84, 2.4, 16),
    '1.6gf': design(27, 48, 20.71, 2.65, 24),
    '3.2gf': design(21, 80, 42.63, 2.66, 24),
    '8gf': design(17, 192, 76.82, 2.19, 56),
    '16gf': design(18, 200, 106.23, 2.48, 112),
    '32gf': design(20, 232, 115.89, 2.53, 232),
    '128gf': design(27, 456, 160.83, 2.52, 264),
  },
} as const;

const stemFeatures = 32;

/** Radosavovic et al.: Designing Network Design Spaces, sections 3.3 and 4 (arXiv 2003.13678). Default: 1000 classes. */
export const regnet = block('regnet', ({ variant, size, classes = 1000 }: RegnetParameters) => {
  const of: Design = variant === 'x' ? designs.x[size] : designs.y[size];
  const stages = stagesOf(of);
  return [
    convNormAct({ filters: stemFeatures, kernelSize: 3, strides: 2, useBias: false }),
    ...stages.map(({ features, depth }, i) => stage(
      { inFeatures: stages[i - 1]?.features ?? stemFeatures, outFeatures: features, strides: 2, depth },
      ({ inFeatures, outFeatures, strides }) => bottleneck({
        inFeatures, outFeatures, reducedFeatures: outFeatures, strides, groups: outFeatures / Math.min(of.groupWidth, outFeatures),
        // A quarter of what goes into the block, and not of what is squeezed.
        squeezed: variant === 'y' ? inFeatures / 4 : 0,
        useBias: false, shortcutActivation: 'linear',
      }),
    )),
    classifier({ classes }),
  ];
});

interface Stage {
  readonly features: number;
  readonly depth: number;
}

/**
 * Blocks of one width are a stage. Its width is made a multiple of the width of its groups, as torchvision does it: half a group is
 * rounded up, so that the last stage of X of 400 MF has 400 channels; rounded down it would have 384, and other parameters than are published.
 */
function stagesOf(of: Design): readonly Stage[] {
  const widths = widthsOf(of);
  return [...new Set(widths)].map(width => ({
    features: makeDivisible(width, Math.min(of.groupWidth, width)),
    depth: widths.filter(other => other === width).length,
  }));
}

/** Section 3.3: each block's width on the line is replaced by the nearest power of the step, and rounded to a multiple of 8. */
const widthsOf = ({ depth, initialWidth, slope, step }: Design): readonly number[] =>
  Array.from({ length: depth }, (_, index) => {
    const onTheLine = initialWidth + slope * index;
    const steps = roundedToEven(Math.log(onTheLine / initialWidth) / Math.log(step));
    return roundedToEven(initialWidth * step ** steps / 8) * 8;
  });

/** Of two whole numbers that are equally near the even one, as NumPy and PyTorch round: X of 1.6 GF comes to 22.5. */
function roundedToEven(value: number): number {
  const nearest = Math.round(value);
  return nearest - value === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}
