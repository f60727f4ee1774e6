// Operations of TensorFlow.js want the channels last; where they come first the tensor is turned, computed with, and turned back.
import type { Tensor4D as Image } from '@tensorflow/tfjs-core';
import type { Runtime, Tensor } from '../define-layer.ts';
import type { DataFormat } from '../layout.ts';

export function withChannelsLast(tf: Runtime, image: Tensor, format: DataFormat, compute: (image: Image) => Tensor): Tensor {
  if (format === 'channelsLast') return compute(image as Image);
  return tf.transpose(compute(tf.transpose(image as Image, [0, 2, 3, 1])), [0, 3, 1, 2]);
}
