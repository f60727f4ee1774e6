// The largest value of each window of an image.
import { definePooling } from './pooling.ts';

export const maxPooling2d = definePooling(2, {
  name: 'maxPooling2d',
  aliases: ['maxPool2d'],
  className: 'MaxPooling2D',
  doc: {
    summary: 'Keeps the largest value of each window, channel by channel.',
    source: { title: 'TensorFlow.js: tf.layers.maxPooling2d', url: 'https://js.tensorflow.org/api/latest/#layers.maxPooling2d' },
  },
  examples: [
    { config: { poolSize: 2 }, inputs: [[null, 28, 28, 32]], output: [null, 14, 14, 32], params: 0 },
    { config: { poolSize: 3, strides: 2, padding: 'same' }, inputs: [[null, 112, 112, 64]], output: [null, 56, 56, 64], params: 0 },
    { config: { poolSize: [2, 3], strides: [1, 2], dataFormat: 'channelsFirst' }, inputs: [[null, 3, 7, 9]], output: [null, 3, 6, 4], params: 0 },
  ],
});
