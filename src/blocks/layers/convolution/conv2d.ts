// A 2-D convolution: every filter looks at a window over all channels.
import { defineConvolution } from './conv-nd.ts';

export const conv2d = defineConvolution({
  name: 'conv2d',
  className: 'Conv2D',
  rank: 2,
  doc: {
    summary: 'Slides filters over an image; each gives one channel of the output.',
    source: { title: 'TensorFlow.js: tf.layers.conv2d', url: 'https://js.tensorflow.org/api/latest/#layers.conv2d' },
    oddities: [
      'groups is ignored without a word: TensorFlow.js always builds an ungrouped convolution.',
      "Padding 'same' is asymmetric where it does not divide evenly: the extra row and column go to the bottom and the right, unlike PyTorch's.",
      'Strides and dilation that are both larger than 1 are built but throw when the layer runs.',
    ],
  },
  examples: [
    { config: { filters: 64, kernelSize: 3, padding: 'same' }, inputs: [[null, 56, 56, 64]], output: [null, 56, 56, 64], params: 36928 },
    { config: { filters: 64, kernelSize: 7, strides: 2, padding: 'same', useBias: false }, inputs: [[null, 224, 224, 3]], output: [null, 112, 112, 64], params: 9408 },
    { config: { filters: 8, kernelSize: [3, 5], strides: [1, 2] }, inputs: [[null, 28, 28, 1]], output: [null, 26, 12, 8], params: 128 },
    { config: { filters: 4, kernelSize: 3, dilationRate: 2, dataFormat: 'channelsFirst' }, inputs: [[null, 3, 20, 21]], output: [null, 4, 16, 17], params: 112 },
  ],
});
