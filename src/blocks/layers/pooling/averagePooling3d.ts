// The mean of each window of a volume.
import { definePooling } from './pooling.ts';

export const averagePooling3d = definePooling(3, {
  name: 'averagePooling3d',
  aliases: ['avgPool3d', 'avgPooling3d'],
  className: 'AveragePooling3D',
  doc: {
    summary: 'Takes the mean of each window of a volume, channel by channel.',
    source: { title: 'TensorFlow.js: tf.layers.averagePooling3d', url: 'https://js.tensorflow.org/api/latest/#layers.averagePooling3d' },
  },
  examples: [
    { config: { poolSize: 2 }, inputs: [[null, 9, 10, 11, 2]], output: [null, 4, 5, 5, 2], params: 0 },
  ],
});
