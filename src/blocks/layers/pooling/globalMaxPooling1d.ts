// The largest value of each channel of a sequence.
import { defineGlobalPooling } from './global-pooling.ts';

export const globalMaxPooling1d = defineGlobalPooling(1, {
  name: 'globalMaxPooling1d',
  aliases: ['globalMaxPool1d'],
  className: 'GlobalMaxPooling1D',
  doc: {
    summary: 'Keeps the largest value of each channel over the whole sequence.',
    source: { title: 'TensorFlow.js: tf.layers.globalMaxPooling1d', url: 'https://js.tensorflow.org/api/latest/#layers.globalMaxPooling1d' },
  },
  examples: [{ config: {}, inputs: [[null, null, 7]], output: [null, 7], params: 0 }],
});
