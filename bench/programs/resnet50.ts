// ResNet-50 (He et al., arXiv 1512.03385) as people write it with tf.layers: 25,636,712 parameters, as Keras counts them.
import * as tf from '@tensorflow/tfjs';

function convNormAct(x: tf.SymbolicTensor, filters: number, kernelSize: number, strides = 1, activation = true): tf.SymbolicTensor {
  x = tf.layers.conv2d({ filters, kernelSize, strides, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  x = tf.layers.batchNormalization({ epsilon: 1.001e-5 }).apply(x) as tf.SymbolicTensor;
  return activation ? tf.layers.reLU().apply(x) as tf.SymbolicTensor : x;
}

function bottleneck(input: tf.SymbolicTensor, filters: number, strides = 1, project = false): tf.SymbolicTensor {
  const shortcut = project ? convNormAct(input, 4 * filters, 1, strides, false) : input;
  let x = convNormAct(input, filters, 1, strides);
  x = convNormAct(x, filters, 3);
  x = convNormAct(x, 4 * filters, 1, 1, false);
  x = tf.layers.add().apply([shortcut, x]) as tf.SymbolicTensor;
  return tf.layers.reLU().apply(x) as tf.SymbolicTensor;
}

export function resNet50(inputShape: number[], classes: number): tf.LayersModel {
  const input = tf.input({ shape: inputShape });
  let x = convNormAct(input, 64, 7, 2);
  x = tf.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  [3, 4, 6, 3].forEach((blocks, stage) => {
    for (let i = 0; i < blocks; i++) x = bottleneck(x, 64 * 2 ** stage, stage > 0 && i === 0 ? 2 : 1, i === 0);
  });
  x = tf.layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;
  const output = tf.layers.dense({ units: classes, activation: 'softmax' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output, name: 'resnet50' });
}

export const model = resNet50([224, 224, 3], 1000);
