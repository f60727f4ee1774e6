// Batch normalization as a part of the kernel before it: once trained it only multiplies each channel and adds to it.
//   s = γ / √(σ² + ε),  W' = W · s,  b' = β + (b − μ) · s          (Jacob et al., arXiv 1712.05877, section 3.2)
import * as tf from '../tensorflow.ts';
import type { LinearLayer } from './linear-layer.ts';

/** The parts of TensorFlow.js's layer that are used here; its types keep them to themselves. */
export interface NormalizationLayer {
  readonly axis: number;
  readonly epsilon: number;
  readonly gamma?: Variable | null;
  readonly beta?: Variable | null;
  readonly movingMean: Variable;
  readonly movingVariance: Variable;
}

interface Variable { read(): tf.Tensor }

/** Whoever asks disposes both. */
export function foldNormalization({ kernel, bias, channelDims }: LinearLayer, { epsilon, gamma, beta, movingMean, movingVariance }: NormalizationLayer): { kernel: tf.Tensor; bias: tf.Tensor } {
  return tf.tidy(() => {
    const spread = tf.rsqrt(tf.add(movingVariance.read(), epsilon));
    const scale = gamma ? tf.mul(spread, gamma.read()) : spread;
    const shifted = tf.mul(bias ? tf.sub(bias, movingMean.read()) : tf.neg(movingMean.read()), scale);
    return {
      kernel: tf.mul(kernel, tf.reshape(scale, kernel.shape.map((size, i) => (channelDims.includes(i) ? size : 1)))),
      bias: beta ? tf.add(shifted, beta.read()) : shifted,
    };
  });
}
