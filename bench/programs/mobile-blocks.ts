// Blocks of the sizes that networks have them in, as people write them with tf.layers. A study that folded and fused them by hand gained,
// over `predict`, on WebAssembly and on emulated WebGL: MBConv 2.07 and 1.26, the later one 1.45 and 1.09, fused MBConv 2.09 and 1.06,
// bottleneck 2.28 and 1.08, inverted residual 4.23 and 1.44, three convolutions 1.22 and 1.05, depthwise separable 3.79 and 1.36, one
// convolution 1.37 and 1.06, the tiny one 7.76 and 3.04. The less of the time a machine spends multiplying, the more there is to gain.
import * as tf from '@tensorflow/tfjs';

type Activation = 'relu' | 'relu6' | 'swish';

function normAct(x: tf.SymbolicTensor, activation?: Activation): tf.SymbolicTensor {
  x = tf.layers.batchNormalization().apply(x) as tf.SymbolicTensor;
  return activation ? tf.layers.activation({ activation }).apply(x) as tf.SymbolicTensor : x;
}

function conv(x: tf.SymbolicTensor, filters: number, kernelSize: number, activation?: Activation): tf.SymbolicTensor {
  return normAct(tf.layers.conv2d({ filters, kernelSize, padding: 'same', useBias: false }).apply(x) as tf.SymbolicTensor, activation);
}

function depthwise(x: tf.SymbolicTensor, kernelSize: number, activation: Activation): tf.SymbolicTensor {
  return normAct(tf.layers.depthwiseConv2d({ kernelSize, padding: 'same', useBias: false }).apply(x) as tf.SymbolicTensor, activation);
}

function squeezeAndExcite(x: tf.SymbolicTensor, channels: number, reduced: number): tf.SymbolicTensor {
  let gate = tf.layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;
  gate = tf.layers.reshape({ targetShape: [1, 1, channels] }).apply(gate) as tf.SymbolicTensor;
  gate = tf.layers.conv2d({ filters: reduced, kernelSize: 1, activation: 'swish' }).apply(gate) as tf.SymbolicTensor;
  gate = tf.layers.conv2d({ filters: channels, kernelSize: 1, activation: 'sigmoid' }).apply(gate) as tf.SymbolicTensor;
  return tf.layers.multiply().apply([x, gate]) as tf.SymbolicTensor;
}

const input = (size: number, channels: number): tf.SymbolicTensor => tf.input({ batchShape: [1, size, size, channels] });

const sum = (a: tf.SymbolicTensor, b: tf.SymbolicTensor): tf.SymbolicTensor => tf.layers.add().apply([a, b]) as tf.SymbolicTensor;

function mbConv(size: number, channels: number, filters: number, expansion: number, kernelSize: number, reduced: number): tf.LayersModel {
  const inputs = input(size, channels);
  let x = conv(inputs, channels * expansion, 1, 'swish');
  x = depthwise(x, kernelSize, 'swish');
  x = squeezeAndExcite(x, channels * expansion, reduced);
  return tf.model({ inputs, outputs: conv(x, filters, 1) });
}

function invertedResidual(size: number, channels: number, expansion: number): tf.LayersModel {
  const inputs = input(size, channels);
  let x = conv(inputs, channels * expansion, 1, 'relu6');
  x = depthwise(x, 3, 'relu6');
  return tf.model({ inputs, outputs: sum(conv(x, channels, 1), inputs) });
}

function fused(size: number, channels: number, expansion: number): tf.LayersModel {
  const inputs = input(size, channels);
  const x = conv(inputs, channels * expansion, 3, 'swish');
  return tf.model({ inputs, outputs: sum(conv(x, channels, 1), inputs) });
}

function bottleneck(size: number, channels: number, reduction: number): tf.LayersModel {
  const inputs = input(size, channels);
  let x = conv(inputs, channels / reduction, 1, 'relu');
  x = conv(x, channels / reduction, 3, 'relu');
  x = sum(conv(x, channels, 1), inputs);
  return tf.model({ inputs, outputs: tf.layers.activation({ activation: 'relu' }).apply(x) as tf.SymbolicTensor });
}

function convolutions(size: number, channels: number, filters: number, count: number): tf.LayersModel {
  const inputs = input(size, channels);
  let x = inputs;
  for (let i = 0; i < count; i++) x = conv(x, filters, 3, 'relu');
  return tf.model({ inputs, outputs: x });
}

function depthwiseSeparable(size: number, channels: number, filters: number): tf.LayersModel {
  const inputs = input(size, channels);
  return tf.model({ inputs, outputs: conv(depthwise(inputs, 3, 'relu'), filters, 1, 'relu') });
}

export const earlyMBConv = mbConv(56, 32, 64, 4, 3, 8);
export const lateMBConv = mbConv(14, 112, 192, 6, 5, 28);
export const fusedMBConv = fused(56, 32, 4);
export const bottleneck256 = bottleneck(56, 256, 4);
export const invertedResidual32 = invertedResidual(28, 32, 6);
export const threeConvolutions = convolutions(28, 64, 64, 3);
export const depthwiseSeparable64 = depthwiseSeparable(56, 64, 128);
export const oneConvolution = convolutions(56, 64, 128, 1);
export const tinyInvertedResidual = invertedResidual(14, 16, 2);
