// The mean of each window of an image.
import { definePooling } from './pooling.ts';

export const averagePooling2d = definePooling(2, {
  name: 'averagePooling2d',
  aliases: ['avgPool2d', 'avgPooling2d'],
  className: 'AveragePooling2D',
  doc: {
    summary: 'Takes the mean of each window, channel by channel.',
    source: { title: 'TensorFlow.js: tf.layers.averagePooling2d', url: 'https://js.tensorflow.org/api/latest/#layers.averagePooling2d' },
  },
  examples: [
    { config: { poolSize: 7 }, inputs: [[null, 7, 7, 512]], output: [null, 1, 1, 512], params: 0 },
    { config: { poolSize: 2, padding: 'same' }, inputs: [[null, 7, 9, 4]], output: [null, 4, 5, 4], params: 0 },
  ],
});
