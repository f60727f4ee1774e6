// SqueezeNet: the accuracy of AlexNet with a fiftieth of its parameters.
import { convNormAct } from '../convNormAct.ts';
import { block, branches, dropout, globalAveragePooling2d, maxPooling2d, type Block } from 'blockscope/vocabulary';

export interface SqueezenetParameters {
  /** 1.1 pools earlier, and so does with less than half of the work. */
  readonly version?: '1.0' | '1.1';
  readonly classes?: number;
  readonly dropRate?: number;
}

export interface FireParameters {
  /** The channels that the expanding convolutions see. */
  readonly squeezed: number;
  /** The channels of each of the two; twice as many come out. */
  readonly expanded: number;
}

/** Squeezes the channels, and expands them with 1×1 and 3×3 convolutions side by side: the paper's section 3.2 and figure 1. */
export const fire = block('fire', ({ squeezed, expanded }: FireParameters) => [
  conv({ filters: squeezed, kernelSize: 1 }),
  branches([[conv({ filters: expanded, kernelSize: 1 })], [conv({ filters: expanded, kernelSize: 3 })]], 'concatenate'),
]);

/** A 3×3 window that also counts where it sticks out, as the networks were trained with. */
const pool = (): Block => maxPooling2d({ poolSize: 3, strides: 2, ceilMode: true });

const conv = (parameters: { readonly filters: number; readonly kernelSize: number; readonly strides?: number; readonly padding?: number }): Block =>
  convNormAct({ ...parameters, norm: 'none' });

/** The paper's table 1; 1.1 is the authors' later version (https://github.com/forresti/SqueezeNet). */
const bodies: Readonly<Record<NonNullable<SqueezenetParameters['version']>, () => readonly Block[]>> = {
  '1.0': () => [
    conv({ filters: 96, kernelSize: 7, strides: 2, padding: 0 }),
    pool(),
    ...fires([16, 64], [16, 64], [32, 128]),
    pool(),
    ...fires([32, 128], [48, 192], [48, 192], [64, 256]),
    pool(),
    ...fires([64, 256]),
  ],
  '1.1': () => [
    conv({ filters: 64, kernelSize: 3, strides: 2, padding: 0 }),
    pool(),
    ...fires([16, 64], [16, 64]),
    pool(),
    ...fires([32, 128], [32, 128]),
    pool(),
    ...fires([48, 192], [48, 192], [64, 256], [64, 256]),
  ],
};

const fires = (...widths: readonly (readonly [squeezed: number, expanded: number])[]): readonly Block[] =>
  widths.map(([squeezed, expanded]) => fire({ squeezed, expanded }));

/**
 * Iandola et al.: SqueezeNet, section 3 and table 1 (arXiv 1602.07360). The last convolution gives the classes, so that there is no dense
 * layer. Defaults: version 1.0, 1000 classes, a drop rate of 0.5.
 */
export const squeezenet = block('squeezenet', ({ version = '1.0', classes = 1000, dropRate = 0.5 }: SqueezenetParameters) => [
  ...bodies[version](),
  dropout(dropRate),
  conv({ filters: classes, kernelSize: 1 }),
  globalAveragePooling2d(),
]);
