// EfficientNet-B0 (Tan and Le, arXiv 1905.11946) as people write it with tf.layers: 5,330,564 parameters, as Keras counts them
// without its normalization layer at the input.
import * as tf from '@tensorflow/tfjs';

interface Stage {
  readonly kernelSize: number;
  readonly repeats: number;
  readonly filters: number;
  readonly expansion: number;
  readonly strides: number;
}

const stages: Stage[] = [
  { kernelSize: 3, repeats: 1, filters: 16, expansion: 1, strides: 1 },
  { kernelSize: 3, repeats: 2, filters: 24, expansion: 6, strides: 2 },
  { kernelSize: 5, repeats: 2, filters: 40, expansion: 6, strides: 2 },
  { kernelSize: 3, repeats: 3, filters: 80, expansion: 6, strides: 2 },
  { kernelSize: 5, repeats: 3, filters: 112, expansion: 6, strides: 1 },
  { kernelSize: 5, repeats: 4, filters: 192, expansion: 6, strides: 2 },
  { kernelSize: 3, repeats: 1, filters: 320, expansion: 6, strides: 1 },
];

class MBConv {
  constructor(private readonly stage: Stage, private readonly strides: number) {}

  build(input: tf.SymbolicTensor): tf.SymbolicTensor {
    const channels = input.shape[3]!;
    const expanded = channels * this.stage.expansion;
    let x = input;
    if (this.stage.expansion !== 1) {
      x = tf.layers.conv2d({ filters: expanded, kernelSize: 1, padding: 'same', useBias: false }).apply(x) as tf.SymbolicTensor;
      x = this.normAct(x);
    }
    x = tf.layers.depthwiseConv2d({ kernelSize: this.stage.kernelSize, strides: this.strides, padding: 'same', useBias: false }).apply(x) as tf.SymbolicTensor;
    x = this.squeezeExcite(this.normAct(x), Math.max(1, Math.floor(channels / 4)));
    x = tf.layers.conv2d({ filters: this.stage.filters, kernelSize: 1, padding: 'same', useBias: false }).apply(x) as tf.SymbolicTensor;
    x = tf.layers.batchNormalization().apply(x) as tf.SymbolicTensor;
    if (this.strides !== 1 || channels !== this.stage.filters) return x;
    x = tf.layers.dropout({ rate: 0.2, noiseShape: [null, 1, 1, 1] as number[] }).apply(x) as tf.SymbolicTensor;
    return tf.layers.add().apply([x, input]) as tf.SymbolicTensor;
  }

  private normAct(x: tf.SymbolicTensor): tf.SymbolicTensor {
    x = tf.layers.batchNormalization().apply(x) as tf.SymbolicTensor;
    return tf.layers.activation({ activation: 'swish' }).apply(x) as tf.SymbolicTensor;
  }

  private squeezeExcite(x: tf.SymbolicTensor, reduced: number): tf.SymbolicTensor {
    const channels = x.shape[3]!;
    let scale = tf.layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;
    scale = tf.layers.reshape({ targetShape: [1, 1, channels] }).apply(scale) as tf.SymbolicTensor;
    scale = tf.layers.conv2d({ filters: reduced, kernelSize: 1, padding: 'same', activation: 'swish' }).apply(scale) as tf.SymbolicTensor;
    scale = tf.layers.conv2d({ filters: channels, kernelSize: 1, padding: 'same', activation: 'sigmoid' }).apply(scale) as tf.SymbolicTensor;
    return tf.layers.multiply().apply([x, scale]) as tf.SymbolicTensor;
  }
}

export function efficientNetB0(classes: number): tf.LayersModel {
  const input = tf.input({ shape: [224, 224, 3] });
  let x = tf.layers.conv2d({ filters: 32, kernelSize: 3, strides: 2, padding: 'same', useBias: false }).apply(input) as tf.SymbolicTensor;
  x = tf.layers.batchNormalization().apply(x) as tf.SymbolicTensor;
  x = tf.layers.activation({ activation: 'swish' }).apply(x) as tf.SymbolicTensor;
  for (const stage of stages) {
    for (let i = 0; i < stage.repeats; i++) x = new MBConv(stage, i === 0 ? stage.strides : 1).build(x);
  }
  x = tf.layers.conv2d({ filters: 1280, kernelSize: 1, padding: 'same', useBias: false }).apply(x) as tf.SymbolicTensor;
  x = tf.layers.batchNormalization().apply(x) as tf.SymbolicTensor;
  x = tf.layers.activation({ activation: 'swish' }).apply(x) as tf.SymbolicTensor;
  x = tf.layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;
  x = tf.layers.dropout({ rate: 0.2 }).apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: tf.layers.dense({ units: classes, activation: 'softmax' }).apply(x) as tf.SymbolicTensor });
}

export const model = efficientNetB0(1000);
