// A transposed convolution over an image.
import { defineTransposedConvolution } from './transposed-conv.ts';

export const conv2dTranspose = defineTransposedConvolution({
  name: 'conv2dTranspose',
  className: 'Conv2DTranspose',
  rank: 2,
  doc: {
    summary: 'Enlarges an image: spreads each of its values over a window of learnt weights.',
    source: { title: 'TensorFlow.js: tf.layers.conv2dTranspose', url: 'https://js.tensorflow.org/api/latest/#layers.conv2dTranspose' },
  },
  examples: [
    { config: { filters: 32, kernelSize: 3, strides: 2, padding: 'same' }, inputs: [[null, 14, 14, 64]], output: [null, 28, 28, 32], params: 18464 },
    { config: { filters: 4, kernelSize: 5, strides: 2 }, inputs: [[null, 7, 7, 8]], output: [null, 17, 17, 4], params: 804 },
  ],
});
