// The mean of each channel of a sequence.
import { defineGlobalPooling } from './global-pooling.ts';

export const globalAveragePooling1d = defineGlobalPooling(1, {
  name: 'globalAveragePooling1d',
  aliases: [],
  className: 'GlobalAveragePooling1D',
  doc: {
    summary: 'Takes the mean of each channel over the whole sequence.',
    source: { title: 'TensorFlow.js: tf.layers.globalAveragePooling1d', url: 'https://js.tensorflow.org/api/latest/#layers.globalAveragePooling1d' },
  },
  examples: [{ config: {}, inputs: [[null, 10, 4]], output: [null, 4], params: 0 }],
});
