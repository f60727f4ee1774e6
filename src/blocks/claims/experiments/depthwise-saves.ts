// What a depthwise separable convolution saves, and what it takes for it.
import { depthwiseSeparableConv } from '../../library/depthwiseSeparableConv.ts';
import { conv2d } from '../../vocabulary/vocabulary.ts';
import { arxiv, article, defineClaim } from '../claim.ts';

const input = [1, 56, 56, 32];

export const claim = defineClaim({
  id: 'depthwise-saves',
  claim: 'Depthwise separable convolution saves parameters (2,432 against 18,496) but is slow on current hardware.',
  sources: [
    article, arxiv('1704.04861', 'Howard et al.: MobileNets, section 3.1: 8 to 9 times less computation'),
    { name: 'timm: results on an RTX 3090', url: 'https://github.com/huggingface/pytorch-image-models/tree/main/results' },
  ],
  compared: 'A depthwise separable convolution against a dense one, both 3×3 from 32 to 64 channels at 56×56. Slow means slow for what is computed: at least twice the time for each MAC.',
  authors: [{
    caption: 'Nanoseconds per 1,000 MACs of networks with and without depthwise convolutions', unit: 'ns per 1,000 MACs', isRate: false, quantity: 'timePerMac',
    hardware: 'RTX 3090', source: 'timm: ResNet-18, 1.82 GMACs, 9,260 images per second; MobileNetV2, 0.31 GMACs, 8,630 images per second',
    figures: [
      { name: 'ResNet-18 (dense)', value: 1e12 / (1.82e9 * 9_260), contender: 'dense' },
      { name: 'MobileNetV2 (depthwise)', value: 1e12 / (0.31e9 * 8_630), contender: 'separable' },
    ],
  }],
  experiment: {
    kind: 'time',
    groups: [[
      { id: 'dense', name: 'dense 3×3', block: conv2d({ filters: 64, kernelSize: 3, padding: 1 }), input, expected: { params: 18_496, macs: 57_802_752 } },
      { id: 'separable', name: 'depthwise separable', block: depthwiseSeparableConv({ inFeatures: 32, outFeatures: 64, padding: 1 }), input, expected: { params: 2_432, macs: 7_325_696 } },
    ]],
  },
  predictions: [
    { quantity: 'params', smaller: 'separable', larger: 'dense' },
    { quantity: 'macs', smaller: 'separable', larger: 'dense' },
    { quantity: 'timePerMac', smaller: 'dense', larger: 'separable', factor: 2 },
  ],
  alsoCompared: [{ quantity: 'time', smaller: 'separable', larger: 'dense' }],
});
