// A convolution over a sequence.
import { defineConvolution } from './conv-nd.ts';

export const conv1d = defineConvolution({
  name: 'conv1d',
  className: 'Conv1D',
  rank: 1,
  doc: {
    summary: 'Slides filters over a sequence; each gives one channel of the output.',
    source: { title: 'TensorFlow.js: tf.layers.conv1d', url: 'https://js.tensorflow.org/api/latest/#layers.conv1d' },
    oddities: ["Padding 'causal' is built as if nothing were padded, and throws when the layer runs."],
  },
  examples: [
    { config: { filters: 32, kernelSize: 5, activation: 'relu' }, inputs: [[null, 100, 16]], output: [null, 96, 32], params: 2592 },
    { config: { filters: 6, kernelSize: [3], strides: 2, padding: 'same' }, inputs: [[null, 21, 4]], output: [null, 11, 6], params: 78 },
  ],
});
