// The mean of each window of a sequence.
import { definePooling } from './pooling.ts';

export const averagePooling1d = definePooling(1, {
  name: 'averagePooling1d',
  aliases: ['avgPool1d', 'avgPooling1d'],
  className: 'AveragePooling1D',
  doc: {
    summary: 'Takes the mean of each window of a sequence, channel by channel.',
    source: { title: 'TensorFlow.js: tf.layers.averagePooling1d', url: 'https://js.tensorflow.org/api/latest/#layers.averagePooling1d' },
  },
  examples: [
    { config: {}, inputs: [[null, 11, 4]], output: [null, 5, 4], params: 0 },
    { config: { poolSize: 3, strides: 2, padding: 'same' }, inputs: [[null, 11, 4]], output: [null, 6, 4], params: 0 },
  ],
});
