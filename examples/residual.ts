// A small residual network: a helper that is called in a loop. A line inside of the helper shows what it gives in each
// of its calls, and the helper itself is a block that can be drawn and run.
//
// He et al., Deep Residual Learning for Image Recognition, https://arxiv.org/abs/1512.03385
import * as tf from '@tensorflow/tfjs';

/** Convolution, batch norm and, unless it comes just before an addition, ReLU. */
function convNorm(x: tf.SymbolicTensor, filters: number, strides = 1, activate = true): tf.SymbolicTensor {
  let y = tf.layers.conv2d({ filters, kernelSize: 3, strides, padding: 'same', useBias: false }).apply(x) as tf.SymbolicTensor;
  y = tf.layers.batchNormalization().apply(y) as tf.SymbolicTensor;
  return activate ? tf.layers.reLU().apply(y) as tf.SymbolicTensor : y;
}

/** Two convolutions and the input added to them; where the shape changes, the input goes through a 1×1 convolution. */
function residualBlock(x: tf.SymbolicTensor, filters: number, strides = 1): tf.SymbolicTensor {
  const body = convNorm(convNorm(x, filters, strides), filters, 1, false);
  let shortcut = x;
  if (strides !== 1 || x.shape[3] !== filters) {
    shortcut = tf.layers.conv2d({ filters, kernelSize: 1, strides, useBias: false }).apply(x) as tf.SymbolicTensor;
    shortcut = tf.layers.batchNormalization().apply(shortcut) as tf.SymbolicTensor;
  }
  const sum = tf.layers.add().apply([body, shortcut]) as tf.SymbolicTensor;
  return tf.layers.reLU().apply(sum) as tf.SymbolicTensor;
}

export function createResNet(size = 32, classes = 10): tf.LayersModel {
  const input = tf.input({ shape: [size, size, 3] });
  let x = convNorm(input, 16);
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 0; block < 3; block++) {
      x = residualBlock(x, filters, stage > 0 && block === 0 ? 2 : 1);
    }
  }
  x = tf.layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;
  const output = tf.layers.dense({ units: classes, activation: 'softmax' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output, name: 'resnet20' });
}

export const resnet20 = createResNet();
