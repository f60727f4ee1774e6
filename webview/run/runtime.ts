// What the definitions of layers compute with. Passed on as a whole, the namespace of TensorFlow.js would bring all of its operations into the page.
import type { Runtime } from '../../src/blocks/layers/define-layer.ts';
import * as tf from './tensorflow.ts';

export const runtime: Runtime = {
  add: tf.add, clone: tf.clone, concat: tf.concat, conv2d: tf.conv2d, depthwiseConv2d: tf.depthwiseConv2d, div: tf.div, elu: tf.elu, erf: tf.erf, exp: tf.exp, max: tf.max,
  maxPool: tf.maxPool, mean: tf.mean, mul: tf.mul, relu: tf.relu, relu6: tf.relu6, reshape: tf.reshape, serialization: tf.serialization, sigmoid: tf.sigmoid, slice: tf.slice,
  softmax: tf.softmax, split: tf.split, stridedSlice: tf.stridedSlice, sub: tf.sub, sum: tf.sum, tanh: tf.tanh, tidy: tf.tidy, transpose: tf.transpose,
  initializers: tf.initializers, input: tf.input, layers: tf.layers, model: tf.model,
};
