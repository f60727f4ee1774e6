// Convolution, normalization, activation: what nearly every block is made of.
import { activation, batchNormalization, block, conv2d, layerNormalization, sequential, type Activation, type PerhapsBlock } from 'blockscope/vocabulary';

/** What follows a convolution; every block of the library takes them. */
export interface ConvSettings {
  /** Whether convolutions have a bias: by default they do, as the article writes them. Before a normalization it has no effect. */
  readonly useBias?: boolean;
  readonly norm?: Norm;
}

export type Norm = 'batch' | 'layer' | 'none';

export interface ConvNormActParameters extends ConvSettings {
  readonly filters: number;
  readonly kernelSize?: number;
  readonly strides?: number;
  /** Zeros at each end; by default as many that the size stays at stride 1. */
  readonly padding?: number | 'same';
  readonly groups?: number;
  /** `linear` for none. */
  readonly activation?: Activation;
}

/**
 * A convolution with what usually follows it. `[batch, height, width, channels]` becomes `[batch, ⌈height / strides⌉,
 * ⌈width / strides⌉, filters]` with the padding that is the default.
 */
export const convNormAct = block('convNormAct', ({ filters, kernelSize = 3, strides = 1, padding = Math.floor(kernelSize / 2), groups = 1, useBias = true, norm = 'batch', activation: name = 'relu' }: ConvNormActParameters) =>
  sequential(
    conv2d({ filters, kernelSize, strides: strides === 1 ? undefined : strides, padding: padding === 0 ? undefined : padding, groups: groups === 1 ? undefined : groups, useBias: useBias ? undefined : false }),
    normalization(norm),
    name !== 'linear' && activation(name),
  ));

export const normalization = (norm: Norm): PerhapsBlock =>
  (norm === 'batch' ? batchNormalization() : norm === 'layer' && layerNormalization());

/** A 1×1 convolution, batch normalization and ReLU: changes the number of channels and nothing else. */
export const conv1x1BnReLU = (parameters: Omit<ConvNormActParameters, 'kernelSize'>) => convNormAct({ ...parameters, kernelSize: 1 });

/** A 3×3 convolution, batch normalization and ReLU. */
export const conv3x3BnReLU = (parameters: Omit<ConvNormActParameters, 'kernelSize'>) => convNormAct({ ...parameters, kernelSize: 3 });
