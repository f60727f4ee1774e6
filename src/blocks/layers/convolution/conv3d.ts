// A convolution over a volume.
import { defineConvolution } from './conv-nd.ts';

export const conv3d = defineConvolution({
  name: 'conv3d',
  className: 'Conv3D',
  rank: 3,
  doc: {
    summary: 'Slides filters over a volume; each gives one channel of the output.',
    source: { title: 'TensorFlow.js: tf.layers.conv3d', url: 'https://js.tensorflow.org/api/latest/#layers.conv3d' },
  },
  examples: [
    { config: { filters: 5, kernelSize: 3, strides: 2 }, inputs: [[null, 10, 11, 12, 2]], output: [null, 4, 5, 5, 5], params: 275 },
    { config: { filters: 8, kernelSize: [1, 3, 3], padding: 'same', useBias: false }, inputs: [[null, 4, 6, 6, 3]], output: [null, 4, 6, 6, 8], params: 216 },
  ],
});
