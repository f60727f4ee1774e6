// A transposed convolution over a volume.
import { defineTransposedConvolution } from './transposed-conv.ts';

export const conv3dTranspose = defineTransposedConvolution({
  name: 'conv3dTranspose',
  className: 'Conv3DTranspose',
  rank: 3,
  doc: {
    summary: 'Enlarges a volume: spreads each of its values over a window of learnt weights.',
    oddities: ['On WebAssembly it adds to memory that is not empty: the values that come out are wrong.'],
    source: { title: 'TensorFlow.js: tf.layers.conv3dTranspose', url: 'https://js.tensorflow.org/api/latest/#layers.conv3dTranspose' },
  },
  examples: [
    { config: { filters: 5, kernelSize: 3, strides: 2 }, inputs: [[null, 4, 5, 6, 2]], output: [null, 9, 11, 13, 5], params: 275 },
  ],
});
