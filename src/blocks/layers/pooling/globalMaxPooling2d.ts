// The largest value of each channel of an image.
import { defineGlobalPooling } from './global-pooling.ts';

export const globalMaxPooling2d = defineGlobalPooling(2, {
  name: 'globalMaxPooling2d',
  aliases: ['globalMaxPool2d'],
  className: 'GlobalMaxPooling2D',
  doc: {
    summary: 'Keeps the largest value of each channel over the whole image.',
    source: { title: 'TensorFlow.js: tf.layers.globalMaxPooling2d', url: 'https://js.tensorflow.org/api/latest/#layers.globalMaxPooling2d' },
  },
  examples: [{ config: {}, inputs: [[null, null, null, 64]], output: [null, 64], params: 0 }],
});
