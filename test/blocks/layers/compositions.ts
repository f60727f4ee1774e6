// The layers that block definitions have of their own, put together of other operations of TensorFlow.js than their definitions use. Each takes
// the channels last, and throws where there is no such layer.
import * as tf from '@tensorflow/tfjs';
import type { Config } from './tensorflow.ts';

export interface Composition {
  /** The shapes of the weights for an image of this shape, by their names. */
  weights?(config: Config, image: Image): Readonly<Record<string, readonly number[]>>;
  compute(x: tf.Tensor4D, config: Config, weights: Readonly<Record<string, tf.Tensor>>): tf.Tensor;
}

type Image = readonly [batch: number, height: number, width: number, channels: number];
type Pair = readonly [number, number];

const pair = (value: unknown, otherwise: unknown = undefined): Pair => {
  const given = value ?? otherwise;
  return Array.isArray(given) ? given as unknown as Pair : [given as number, given as number];
};

const share = (whole: number, parts: number): number => {
  if (whole % parts !== 0) throw new Error(`${whole} cannot be divided by ${parts}`);
  return whole / parts;
};

/** Like zeros around an image, but of any value. */
const padded = (x: tf.Tensor4D, [top, left]: Pair, [bottom, right]: Pair, value = 0): tf.Tensor4D => tf.pad(x, [[0, 0], [top, bottom], [left, right], [0, 0]], value);

/** How much TensorFlow puts before and behind with 'same'. */
function samePadding(sizes: Pair, reaches: Pair, strides: Pair): readonly [before: Pair, behind: Pair] {
  const all = sizes.map((size, i) => Math.max((Math.ceil(size / strides[i]!) - 1) * strides[i]! + reaches[i]! - size, 0));
  return [all.map(total => Math.floor(total / 2)) as unknown as Pair, all.map(total => Math.ceil(total / 2)) as unknown as Pair];
}

const sizesOf = (x: tf.Tensor4D): Pair => [x.shape[1], x.shape[2]];

const marginsOf = (padding: unknown): Pair => (padding === 'valid' ? [0, 0] : pair(padding, 0));

/** One convolution for each group, at every place; those that a stride leaves out are dropped afterwards. */
function groupedConvolution(x: tf.Tensor4D, config: Config, { kernel, bias }: Readonly<Record<string, tf.Tensor>>): tf.Tensor {
  const [strides, dilations, size] = [pair(config['strides'], 1), pair(config['dilationRate'], 1), pair(config['kernelSize'])];
  const reaches = size.map((length, i) => (length - 1) * dilations[i]! + 1) as unknown as Pair;
  const [before, behind] = config['padding'] === 'same' ? samePadding(sizesOf(x), reaches, strides) : [marginsOf(config['padding']), marginsOf(config['padding'])];
  const image = padded(x, before, behind);
  if (sizesOf(image).some((length, i) => length < reaches[i]!)) throw new Error('the kernel does not fit');
  const groups = Number(config['groups'] ?? 1);
  const [images, kernels] = [tf.split(image, groups, 3), tf.split(kernel as tf.Tensor4D, groups, 3)];
  const parts = images.map((part, i) => tf.conv2d(part as tf.Tensor4D, kernels[i] as tf.Tensor4D, 1, 'valid', 'NHWC', [...dilations]));
  const dense = parts.length === 1 ? parts[0]! : tf.concat(parts, 3);
  const y = tf.stridedSlice(dense, [0, 0, 0, 0], dense.shape, [1, ...strides, 1]);
  return activations[String(config['activation'] ?? 'linear')]!(bias ? tf.add(y, bias) : y);
}

/** Over nothing, which is less than all numbers, so that it does not matter how much of it a window sees. */
function pooled(x: tf.Tensor4D, config: Config): tf.Tensor {
  const size = pair(config['poolSize'], 2);
  const strides = pair(config['strides'], size);
  const isSame = config['padding'] === 'same';
  const [before, behind] = isSame ? samePadding(sizesOf(x), size, strides) : [marginsOf(config['padding']), marginsOf(config['padding'])];
  if (!isSame && before.some((margin, i) => margin * 2 > size[i]!)) throw new Error('a window could see nothing but padding');
  if (sizesOf(x).some((length, i) => length + before[i]! + behind[i]! < size[i]!)) throw new Error('the pool does not fit');
  const counts = sizesOf(x).map((length, i) => {
    const room = length + before[i]! + behind[i]! - size[i]!;
    if (!config['ceilMode'] || isSame) return Math.floor(room / strides[i]!) + 1;
    const count = Math.ceil(room / strides[i]!) + 1;
    return (count - 1) * strides[i]! >= length + before[i]! ? count - 1 : count;
  });
  // As much behind as the last window needs, and no less than is there.
  const needed = counts.map((count, i) => Math.max(behind[i]!, (count - 1) * strides[i]! + size[i]! - sizesOf(x)[i]! - before[i]!)) as unknown as Pair;
  const all = tf.maxPool(padded(x, before, needed, -Infinity), [...size], 1, 'valid');
  const starts = tf.stridedSlice(all, [0, 0, 0, 0], all.shape, [1, ...strides, 1]);
  return tf.slice(starts, [0, 0, 0, 0], [x.shape[0], ...counts, x.shape[3]]);
}

/** A row for each value that comes out, with its share of each value that goes in. */
function meansMatrix(length: number, count: number): tf.Tensor2D {
  const rows = Array.from({ length: count }, (_, i) => {
    const [from, to] = [Math.floor(i * length / count), Math.ceil((i + 1) * length / count)];
    return Array.from({ length }, (_value, k) => (k >= from && k < to ? 1 / (to - from) : 0));
  });
  return tf.tensor2d(rows);
}

const ofLayers = (activation: string) => (x: tf.Tensor): tf.Tensor => tf.layers.activation({ activation: activation as 'relu' }).apply(x) as tf.Tensor;
const clipped = (x: tf.Tensor): tf.Tensor => tf.clipByValue(tf.add(tf.div(x, 6), 0.5), 0, 1);

/** With those of tf.layers where it has the same; its hardSigmoid has another slope. */
export const activations: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  linear: x => tf.clone(x), relu: ofLayers('relu'), relu6: x => tf.clipByValue(x, 0, 6), sigmoid: ofLayers('sigmoid'), hardSigmoid: clipped, swish: ofLayers('swish'),
  silu: ofLayers('swish'), hardSwish: x => tf.mul(x, clipped(x)), gelu: ofLayers('gelu'), tanh: ofLayers('tanh'), elu: ofLayers('elu'), softmax: ofLayers('softmax'),
};

export const compositions: Readonly<Record<string, Composition>> = {
  conv2d: {
    weights(config, [, , , channels]) {
      const filters = Number(config['filters']);
      const groups = Number(config['groups'] ?? 1);
      share(filters, groups);
      return { kernel: [...pair(config['kernelSize']), share(channels, groups), filters], ...(config['useBias'] === false ? {} : { bias: [filters] }) };
    },
    compute: groupedConvolution,
  },
  maxPooling2d: { compute: pooled },
  adaptiveAveragePooling2d: {
    compute(x, config) {
      const [rows, columns] = pair(config['outputSize']);
      return tf.einsum('pw,bowc->bopc', meansMatrix(x.shape[2], columns), tf.einsum('oh,bhwc->bowc', meansMatrix(x.shape[1], rows), x));
    },
  },
  channelShuffle: {
    compute(x, config) {
      const groups = Number(config['groups'] ?? 2);
      const size = share(x.shape[3], groups);
      return tf.gather(x, Array.from({ length: x.shape[3] }, (_, i) => (i % groups) * size + Math.floor(i / groups)), 3);
    },
  },
  sliceChannels: {
    compute(x, config) {
      const shares = Number(config['shares'] ?? 2);
      share(x.shape[3], shares);
      const taken = tf.split(x, shares, 3)[Number(config['index'] ?? 0)];
      if (!taken) throw new Error('there is no such share');
      return taken;
    },
  },
  layerScale: {
    weights: (_, [, , , channels]) => ({ gamma: [channels] }),
    compute: (x, _, { gamma }) => tf.depthwiseConv2d(x, tf.reshape(gamma!, [1, 1, -1, 1]) as tf.Tensor4D, 1, 'valid'),
  },
  stochasticDepth: { compute: x => tf.clone(x) },
  activation: { compute: (x, config) => activations[String(config['activation'] ?? 'linear')]!(x) },
};
