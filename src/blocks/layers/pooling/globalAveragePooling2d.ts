// The mean of each channel of an image.
import { defineGlobalPooling } from './global-pooling.ts';

export const globalAveragePooling2d = defineGlobalPooling(2, {
  name: 'globalAveragePooling2d',
  aliases: [],
  className: 'GlobalAveragePooling2D',
  inFvcore: true,
  doc: {
    summary: 'Takes the mean of each channel over the whole image.',
    source: { title: 'Lin, Chen, Yan: Network In Network (2014)', url: 'https://arxiv.org/abs/1312.4400' },
  },
  examples: [
    { config: {}, inputs: [[null, 7, 7, 1280]], output: [null, 1280], params: 0 },
    { config: { dataFormat: 'channelsFirst' }, inputs: [[null, 3, 9, 9]], output: [null, 3], params: 0 },
  ],
});
