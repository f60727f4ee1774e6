// The largest value of each window of a sequence.
import { definePooling } from './pooling.ts';

export const maxPooling1d = definePooling(1, {
  name: 'maxPooling1d',
  aliases: ['maxPool1d'],
  className: 'MaxPooling1D',
  doc: {
    summary: 'Keeps the largest value of each window of a sequence, channel by channel.',
    source: { title: 'TensorFlow.js: tf.layers.maxPooling1d', url: 'https://js.tensorflow.org/api/latest/#layers.maxPooling1d' },
  },
  examples: [
    { config: {}, inputs: [[null, 11, 4]], output: [null, 5, 4], params: 0 },
    { config: { poolSize: 3, strides: 2, padding: 'same' }, inputs: [[null, 11, 4]], output: [null, 6, 4], params: 0 },
  ],
});
