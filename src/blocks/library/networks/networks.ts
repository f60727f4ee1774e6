// What `import … from 'blockscope/networks'` gives: a function for each family, and the networks that are compared with published
// figures, under the names that torchvision gives them.
import type { Block } from 'blockscope/vocabulary';
import { convnext } from './convnext.ts';
import { densenet } from './densenet.ts';
import { efficientnet } from './efficientnet.ts';
import { efficientnetV2 } from './efficientnetV2.ts';
import { mnasnet } from './mnasnet.ts';
import { mobilenetV1 } from './mobilenetV1.ts';
import { mobilenetV2 } from './mobilenetV2.ts';
import { mobilenetV3 } from './mobilenetV3.ts';
import { regnet } from './regnet.ts';
import { resnet, resnext, wideResnet } from './resnet.ts';
import { shufflenetV2 } from './shufflenetV2.ts';
import { squeezenet } from './squeezenet.ts';
import { vgg } from './vgg.ts';

export { convnext, densenet, efficientnet, efficientnetV2, mnasnet, mobilenetV1, mobilenetV2, mobilenetV3, regnet, resnet, resnext, shufflenetV2, squeezenet, vgg, wideResnet };

/** Each is made on demand: a large one has hundreds of blocks. */
export const networks = {
  ResNet18: () => resnet({ depth: 18 }),
  ResNet34: () => resnet({ depth: 34 }),
  ResNet50: () => resnet({ depth: 50 }),
  ResNet101: () => resnet({ depth: 101 }),
  ResNet152: () => resnet({ depth: 152 }),
  ResNeXt50_32X4D: () => resnext({ depth: 50, groups: 32, widthPerGroup: 4 }),
  ResNeXt101_32X8D: () => resnext({ depth: 101, groups: 32, widthPerGroup: 8 }),
  ResNeXt101_64X4D: () => resnext({ depth: 101, groups: 64, widthPerGroup: 4 }),
  Wide_ResNet50_2: () => wideResnet({ depth: 50 }),
  Wide_ResNet101_2: () => wideResnet({ depth: 101 }),
  MobileNet_V1: () => mobilenetV1({}),
  'MobileNet_V1 full conv': () => mobilenetV1({ fullConvolutions: true }),
  MobileNet_V2: () => mobilenetV2({}),
  MobileNet_V3_Large: () => mobilenetV3({ size: 'large' }),
  MobileNet_V3_Small: () => mobilenetV3({ size: 'small' }),
  EfficientNet_B0: () => efficientnet({ variant: 'b0' }),
  EfficientNet_B1: () => efficientnet({ variant: 'b1' }),
  EfficientNet_B2: () => efficientnet({ variant: 'b2' }),
  EfficientNet_B3: () => efficientnet({ variant: 'b3' }),
  EfficientNet_B4: () => efficientnet({ variant: 'b4' }),
  EfficientNet_B5: () => efficientnet({ variant: 'b5' }),
  EfficientNet_B6: () => efficientnet({ variant: 'b6' }),
  EfficientNet_B7: () => efficientnet({ variant: 'b7' }),
  EfficientNet_V2_S: () => efficientnetV2({ variant: 's' }),
  EfficientNet_V2_M: () => efficientnetV2({ variant: 'm' }),
  EfficientNet_V2_L: () => efficientnetV2({ variant: 'l' }),
  VGG11: () => vgg({ depth: 11 }),
  VGG13: () => vgg({ depth: 13 }),
  VGG16: () => vgg({ depth: 16 }),
  VGG19: () => vgg({ depth: 19 }),
  VGG16_BN: () => vgg({ depth: 16, batchNorm: true }),
  SqueezeNet1_0: () => squeezenet({ version: '1.0' }),
  SqueezeNet1_1: () => squeezenet({ version: '1.1' }),
  DenseNet121: () => densenet({ depth: 121 }),
  DenseNet161: () => densenet({ depth: 161 }),
  DenseNet169: () => densenet({ depth: 169 }),
  DenseNet201: () => densenet({ depth: 201 }),
  MNASNet1_0: () => mnasnet({}),
  ShuffleNet_V2_X0_5: () => shufflenetV2({ width: 0.5 }),
  ShuffleNet_V2_X1_0: () => shufflenetV2({ width: 1 }),
  ShuffleNet_V2_X1_5: () => shufflenetV2({ width: 1.5 }),
  ShuffleNet_V2_X2_0: () => shufflenetV2({ width: 2 }),
  ConvNeXt_Tiny: () => convnext({ size: 'tiny' }),
  ConvNeXt_Small: () => convnext({ size: 'small' }),
  ConvNeXt_Base: () => convnext({ size: 'base' }),
  ConvNeXt_Large: () => convnext({ size: 'large' }),
  RegNet_X_400MF: () => regnet({ variant: 'x', size: '400mf' }),
  RegNet_X_800MF: () => regnet({ variant: 'x', size: '800mf' }),
  RegNet_X_1_6GF: () => regnet({ variant: 'x', size: '1.6gf' }),
  RegNet_X_3_2GF: () => regnet({ variant: 'x', size: '3.2gf' }),
  RegNet_X_8GF: () => regnet({ variant: 'x', size: '8gf' }),
  RegNet_X_16GF: () => regnet({ variant: 'x', size: '16gf' }),
  RegNet_X_32GF: () => regnet({ variant: 'x', size: '32gf' }),
  RegNet_Y_400MF: () => regnet({ variant: 'y', size: '400mf' }),
  RegNet_Y_800MF: () => regnet({ variant: 'y', size: '800mf' }),
  RegNet_Y_1_6GF: () => regnet({ variant: 'y', size: '1.6gf' }),
  RegNet_Y_3_2GF: () => regnet({ variant: 'y', size: '3.2gf' }),
  RegNet_Y_8GF: () => regnet({ variant: 'y', size: '8gf' }),
  RegNet_Y_16GF: () => regnet({ variant: 'y', size: '16gf' }),
  RegNet_Y_32GF: () => regnet({ variant: 'y', size: '32gf' }),
  RegNet_Y_128GF: () => regnet({ variant: 'y', size: '128gf' }),
} satisfies Readonly<Record<string, () => Block>>;

export type NetworkName = keyof typeof networks;
