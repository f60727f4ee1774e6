// A small network of inverted residuals with squeeze and excitation, the block of MobileNet and EfficientNet, in the
// functional style.
//
// Sandler et al., MobileNetV2, https://arxiv.org/abs/1801.04381
// Tan and Le, EfficientNet, https://arxiv.org/abs/1905.11946
import * as tf from '@tensorflow/tfjs';

interface BlockOptions {
  /** Channels that come out. */
  filters: number;
  /** How much wider the middle is than the input. */
  expansion?: number;
  kernelSize?: number;
  strides?: number;
  /** Width of the squeeze, relative to the input; 0 leaves it out. */
  squeeze?: number;
}

const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]): tf.SymbolicTensor => layer.apply(x) as tf.SymbolicTensor;

/** Batch norm and, where it is wanted, swish. */
const norm = (x: tf.SymbolicTensor, activate = true): tf.SymbolicTensor => {
  const normal = apply(tf.layers.batchNormalization({ epsilon: 1e-3 }), x);
  return activate ? apply(tf.layers.activation({ activation: 'swish' }), normal) : normal;
};

/** Scales every channel by a weight between 0 and 1 that is computed from the mean of all channels. */
function squeezeExcite(x: tf.SymbolicTensor, squeezed: number): tf.SymbolicTensor {
  const channels = x.shape[3]!;
  let scale = apply(tf.layers.globalAveragePooling2d({}), x);
  scale = apply(tf.layers.dense({ units: squeezed, activation: 'swish' }), scale);
  scale = apply(tf.layers.dense({ units: channels, activation: 'sigmoid' }), scale);
  scale = apply(tf.layers.reshape({ targetShape: [1, 1, channels] }), scale);
  return apply(tf.layers.multiply(), [x, scale]);
}

export function mbConv(x: tf.SymbolicTensor, { filters, expansion = 6, kernelSize = 3, strides = 1, squeeze = 0.25 }: BlockOptions): tf.SymbolicTensor {
  const channels = x.shape[3]!;
  let y = x;
  if (expansion !== 1) {
    y = norm(apply(tf.layers.conv2d({ filters: channels * expansion, kernelSize: 1, useBias: false }), y));
  }
  y = norm(apply(tf.layers.depthwiseConv2d({ kernelSize, strides, padding: 'same', useBias: false }), y));
  if (squeeze > 0) y = squeezeExcite(y, Math.max(1, Math.floor(channels * squeeze)));
  y = norm(apply(tf.layers.conv2d({ filters, kernelSize: 1, useBias: false }), y), false);
  return strides === 1 && channels === filters ? apply(tf.layers.add(), [x, y]) : y;
}

const input = tf.input({ shape: [112, 112, 3] });
let x = norm(apply(tf.layers.conv2d({ filters: 16, kernelSize: 3, strides: 2, padding: 'same', useBias: false }), input));
x = mbConv(x, { filters: 16, expansion: 1 });
x = mbConv(x, { filters: 24, strides: 2 });
x = mbConv(x, { filters: 24 });
x = mbConv(x, { filters: 40, kernelSize: 5, strides: 2 });
x = mbConv(x, { filters: 40, kernelSize: 5 });
x = norm(apply(tf.layers.conv2d({ filters: 240, kernelSize: 1, useBias: false }), x));
x = apply(tf.layers.globalAveragePooling2d({}), x);
x = apply(tf.layers.dense({ units: 10, activation: 'softmax' }), x);

export const model = tf.model({ inputs: input, outputs: x });
