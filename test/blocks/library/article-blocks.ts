// The blocks of the article "Residual, BottleNeck, Inverted Residual, Linear BottleNeck, MBConv Explained", with what its own input makes of them.
import { bottleneck } from '../../../src/blocks/library/bottleneck.ts';
import { conv1x1BnReLU, conv3x3BnReLU } from '../../../src/blocks/library/convNormAct.ts';
import { depthwiseSeparableConv } from '../../../src/blocks/library/depthwiseSeparableConv.ts';
import { fusedMbConv } from '../../../src/blocks/library/fusedMbConv.ts';
import { invertedResidual } from '../../../src/blocks/library/invertedResidual.ts';
import { mbConv } from '../../../src/blocks/library/mbConv.ts';
import { mobileNetLikeBlock } from '../../../src/blocks/library/mobileNetLikeBlock.ts';
import { residualAdd } from '../../../src/blocks/library/residualAdd.ts';
import { conv2d, sequential, type Block } from '../../../src/blocks/vocabulary/vocabulary.ts';

export interface ArticleBlock {
  /** As the article, in Python, would have it. */
  readonly name: string;
  readonly block: Block;
  /** Of the image that goes in, which is 56×56. */
  readonly channels: 32 | 64;
  /** Height, width and channels of what comes out. */
  readonly output: readonly [number, number, number];
  /** Without the moving mean and variance of batch normalizations, as PyTorch counts. */
  readonly params: number;
  readonly macs: number;
}

export const articleBlocks: readonly ArticleBlock[] = [
  { name: 'Conv1X1BnReLU(32, 64)', block: conv1x1BnReLU({ filters: 64 }), channels: 32, output: [56, 56, 64], params: 2_240, macs: 6_422_528 },
  { name: 'ResidualAdd(Conv2d(32, 32, 1))', block: residualAdd(conv2d({ filters: 32, kernelSize: 1 })), channels: 32, output: [56, 56, 32], params: 1_056, macs: 3_211_264 },
  {
    name: 'ResidualAdd(Conv2d(32, 64, 1), shortcut=Conv2d(32, 64, 1))',
    block: residualAdd(conv2d({ filters: 64, kernelSize: 1 }), conv2d({ filters: 64, kernelSize: 1 })),
    channels: 32, output: [56, 56, 64], params: 4_224, macs: 12_845_056,
  },
  { name: 'BottleNeck(32, 64)', block: bottleneck({ inFeatures: 32, outFeatures: 64 }), channels: 32, output: [56, 56, 64], params: 6_368, macs: 18_464_768 },
  { name: 'BottleNeck(64, 64)', block: bottleneck({ inFeatures: 64, outFeatures: 64 }), channels: 64, output: [56, 56, 64], params: 4_640, macs: 13_647_872 },
  {
    name: 'three Conv3X3BnReLU 64 to 64', block: sequential(...[1, 2, 3].map(() => conv3x3BnReLU({ filters: 64 }))),
    channels: 64, output: [56, 56, 64], params: 111_168, macs: 346_816_512,
  },
  { name: 'InvertedResidual(32, 64)', block: invertedResidual({ inFeatures: 32, outFeatures: 64 }), channels: 32, output: [56, 56, 64], params: 162_944, macs: 507_379_712 },
  {
    name: 'InvertedResidual(32, 64), depthwise 3x3', block: invertedResidual({ inFeatures: 32, outFeatures: 64, depthwise: true }),
    channels: 32, output: [56, 56, 64], params: 16_640, macs: 48_570_368,
  },
  { name: 'MobileNetLikeBlock(32, 64)', block: mobileNetLikeBlock({ inFeatures: 32, outFeatures: 64 }), channels: 32, output: [56, 56, 64], params: 160_704, macs: 500_957_184 },
  { name: 'MobileNetLikeBlock(32, 32)', block: mobileNetLikeBlock({ inFeatures: 32, outFeatures: 32 }), channels: 32, output: [56, 56, 32], params: 156_512, macs: 488_112_128 },
  { name: 'DepthWiseSeparableConv(32, 64)', block: depthwiseSeparableConv({ inFeatures: 32, outFeatures: 64 }), channels: 32, output: [54, 54, 64], params: 2_432, macs: 6_811_776 },
  { name: 'Conv2d(32, 64, 3)', block: conv2d({ filters: 64, kernelSize: 3 }), channels: 32, output: [54, 54, 64], params: 18_496, macs: 53_747_712 },
  {
    name: "MBConv(32, 64) as the article's code runs", block: mbConv({ inFeatures: 32, outFeatures: 64, depthwise: false }),
    channels: 32, output: [56, 56, 64], params: 160_704, macs: 500_957_184,
  },
  { name: 'MBConv(32, 64) as the article means it', block: mbConv({ inFeatures: 32, outFeatures: 64 }), channels: 32, output: [56, 56, 64], params: 14_400, macs: 42_147_840 },
  { name: 'MBConv(32, 32) as the article means it', block: mbConv({ inFeatures: 32, outFeatures: 32 }), channels: 32, output: [56, 56, 32], params: 10_208, macs: 29_302_784 },
  { name: 'FusedMBConv(32, 64)', block: fusedMbConv({ inFeatures: 32, outFeatures: 64 }), channels: 32, output: [56, 56, 64], params: 45_632, macs: 141_295_616 },
  { name: 'FusedMBConv(32, 32)', block: fusedMbConv({ inFeatures: 32, outFeatures: 32 }), channels: 32, output: [56, 56, 32], params: 41_440, macs: 128_450_560 },
];
