// Weighs channels by what the whole image says of them.
import { activation, adaptiveAveragePooling2d, block, branches, conv2d, type Activation } from 'blockscope/vocabulary';

export interface SqueezeExciteParameters {
  /** The channels that go in and come out. */
  readonly features: number;
  /** The channels in between. */
  readonly squeezed: number;
  readonly activation?: Activation;
  /** What makes the weights of what the second convolution gives. */
  readonly gate?: Activation;
}

/**
 * The mean of each channel goes through two 1×1 convolutions and a gate, and what comes out is multiplied with the channel. Hu et al.:
 * Squeeze-and-Excitation Networks, section 3 (arXiv 1709.01507).
 */
export const squeezeExcite = block('squeezeExcite', ({ features, squeezed, activation: name = 'relu', gate = 'sigmoid' }: SqueezeExciteParameters) =>
  branches([
    [],
    [
      adaptiveAveragePooling2d({ outputSize: 1 }),
      conv2d({ filters: squeezed, kernelSize: 1 }),
      activation(name),
      conv2d({ filters: features, kernelSize: 1 }),
      activation(gate),
    ],
  ], 'multiply'));
