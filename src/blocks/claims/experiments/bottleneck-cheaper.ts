// Is a bottleneck faster than what it replaces?
import { basicBlock } from '../../library/basicBlock.ts';
import { bottleneck } from '../../library/bottleneck.ts';
import { conv3x3BnReLU } from '../../library/convNormAct.ts';
import { sequential } from '../../vocabulary/vocabulary.ts';
import { arxiv, article, defineClaim } from '../claim.ts';

const wide = { inFeatures: 256, outFeatures: 256, useBias: false };

export const claim = defineClaim({
  id: 'bottleneck-cheaper',
  claim: 'A bottleneck block is faster than three 3×3 convolutions.',
  sources: [article, arxiv('1512.03385', 'He et al.: Deep Residual Learning for Image Recognition')],
  compared: 'The article’s bottleneck of 64 channels against three 3×3 convolutions with batch normalization and ReLU, and ResNet-50’s bottleneck of 256 channels against a basic block of as many, all at 56×56.',
  authors: [],
  experiment: {
    kind: 'time',
    groups: [
      [
        { id: 'bottleneck', name: '64-channel bottleneck', block: bottleneck({ inFeatures: 64, outFeatures: 64 }), input: [1, 56, 56, 64], expected: { params: 4_640, macs: 13_647_872 } },
        {
          id: 'three3x3', name: 'three 64-channel 3×3', input: [1, 56, 56, 64], expected: { params: 111_168, macs: 346_816_512 },
          block: sequential(conv3x3BnReLU({ filters: 64 }), conv3x3BnReLU({ filters: 64 }), conv3x3BnReLU({ filters: 64 })),
        },
      ],
      [
        { id: 'bottleneck256', name: '256-channel bottleneck', block: bottleneck(wide), input: [1, 56, 56, 256], expected: { params: 70_400, macs: 218_365_952 } },
        { id: 'basic256', name: '256-channel basic block', block: basicBlock(wide), input: [1, 56, 56, 256], expected: { params: 1_180_672, macs: 3_699_376_128 } },
      ],
    ],
  },
  predictions: [
    { quantity: 'time', smaller: 'bottleneck', larger: 'three3x3' },
    { quantity: 'time', smaller: 'bottleneck256', larger: 'basic256' },
  ],
});
