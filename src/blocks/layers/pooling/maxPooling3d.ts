// The largest value of each window of a volume.
import { definePooling } from './pooling.ts';

export const maxPooling3d = definePooling(3, {
  name: 'maxPooling3d',
  aliases: [],
  className: 'MaxPooling3D',
  doc: {
    summary: 'Keeps the largest value of each window of a volume, channel by channel.',
    oddities: ['On WebAssembly a pool that is no cube looks at other values.'],
    source: { title: 'TensorFlow.js: tf.layers.maxPooling3d', url: 'https://js.tensorflow.org/api/latest/#layers.maxPooling3d' },
  },
  examples: [
    { config: { poolSize: 2 }, inputs: [[null, 9, 10, 11, 2]], output: [null, 4, 5, 5, 2], params: 0 },
  ],
});
