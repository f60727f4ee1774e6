// What others publish of the networks, to be compared with what is inferred here. Figures only: nothing is computed from them.
import type { NetworkName } from './networks.ts';

/** What is counted of a network, on one image. */
export interface NetworkFigures {
  /** What is learnt: weights and biases, and of batch normalization gamma and beta. */
  readonly params: number;
  /** The moving mean and variance of batch normalizations, two per channel: PyTorch calls them buffers, Keras non-trainable parameters. */
  readonly bnBuffers: number;
  /** Multiply-accumulates of convolutions and dense layers. */
  readonly macs: number;
  /** The values that convolutions and dense layers give. */
  readonly activations: number;
}

export interface PublishedNetwork extends NetworkFigures {
  readonly name: NetworkName;
  /** Height and width of the image; it has three channels. */
  readonly input: number;
  /** The MACs in billions as torchvision has them, where it has the network. */
  readonly gmacs?: number;
  readonly source: Source;
}

/** A network of which these figures are published and no others. */
export interface PartlyPublishedNetwork extends Pick<NetworkFigures, 'params'> {
  readonly name: NetworkName;
  readonly input: number;
  /** The MACs in billions, to three decimals. */
  readonly gmacs: number;
  readonly source: Source;
}

interface Source {
  readonly title: string;
  readonly url: string;
}

/**
 * Its pages have the parameters of each network to the digit, and its MACs in billions, under GFLOPS; the metadata of the weights (`_ops`)
 * has three decimals of these. The exact MACs, the buffers and the activations were computed from the architectures by a calculator that
 * shares no code with this project, and agree with torchvision's in all that it has.
 */
const torchvision: Source = { title: 'torchvision: Models and pre-trained weights', url: 'https://pytorch.org/vision/stable/models.html' };

/** The same metadata, `num_params` and `_ops`, is all that is taken of these. That of 128 GF is of its weights for images of 224×224. */
const torchvisionRegnet: Source = { title: 'torchvision: torchvision/models/regnet.py', url: 'https://github.com/pytorch/vision/blob/main/torchvision/models/regnet.py' };

/** The paper prints millions: 4.2 M parameters and 569 M MACs, and with full convolutions 29.3 M and 4866 M (table 4). */
const mobilenets: Source = { title: 'Howard et al.: MobileNets (2017), table 4', url: 'https://arxiv.org/abs/1704.04861' };

export const publishedNetworks: readonly PublishedNetwork[] = [
  { name: 'ResNet18', input: 224, params: 11_689_512, bnBuffers: 9_600, macs: 1_814_073_344, activations: 2_484_712, gmacs: 1.814, source: torchvision },
  { name: 'ResNet34', input: 224, params: 21_797_672, bnBuffers: 17_024, macs: 3_663_761_408, activations: 3_739_112, gmacs: 3.664, source: torchvision },
  { name: 'ResNet50', input: 224, params: 25_557_032, bnBuffers: 53_120, macs: 4_089_184_256, activations: 11_114_984, gmacs: 4.089, source: torchvision },
  { name: 'ResNet101', input: 224, params: 44_549_160, bnBuffers: 105_344, macs: 7_801_405_440, activations: 16_232_936, gmacs: 7.801, source: torchvision },
  { name: 'ResNet152', input: 224, params: 60_192_808, bnBuffers: 151_424, macs: 11_513_626_624, activations: 22_555_112, gmacs: 11.514, source: torchvision },
  { name: 'ResNeXt50_32X4D', input: 224, params: 25_028_904, bnBuffers: 68_224, macs: 4_230_479_872, activations: 14_401_512, gmacs: 4.23, source: torchvision },
  { name: 'ResNeXt101_32X8D', input: 224, params: 88_791_336, bnBuffers: 202_880, macs: 16_414_015_488, activations: 31_210_472, gmacs: 16.414, source: torchvision },
  { name: 'ResNeXt101_64X4D', input: 224, params: 83_455_272, bnBuffers: 202_880, macs: 15_460_270_080, activations: 31_210_472, gmacs: 15.46, source: torchvision },
  { name: 'Wide_ResNet50_2', input: 224, params: 68_883_240, bnBuffers: 68_224, macs: 11_398_021_120, activations: 14_401_512, gmacs: 11.398, source: torchvision },
  { name: 'Wide_ResNet101_2', input: 224, params: 126_886_696, bnBuffers: 137_856, macs: 22_753_050_624, activations: 21_225_448, gmacs: 22.753, source: torchvision },
  { name: 'MobileNet_V1', input: 224, params: 4_231_976, bnBuffers: 21_888, macs: 568_740_352, activations: 5_043_688, source: mobilenets },
  { name: 'MobileNet_V1 full conv', input: 224, params: 29_294_088, bnBuffers: 11_968, macs: 4_867_293_184, activations: 3_111_912, source: mobilenets },
  { name: 'MobileNet_V2', input: 224, params: 3_504_872, bnBuffers: 34_112, macs: 300_774_272, activations: 6_679_112, gmacs: 0.301, source: torchvision },
  { name: 'MobileNet_V3_Large', input: 224, params: 5_483_032, bnBuffers: 24_400, macs: 216_589_760, activations: 4_407_168, gmacs: 0.217, source: torchvision },
  { name: 'MobileNet_V3_Small', input: 224, params: 2_542_856, bnBuffers: 12_112, macs: 56_510_400, activations: 1_417_680, gmacs: 0.057, source: torchvision },
  { name: 'EfficientNet_B0', input: 224, params: 5_288_548, bnBuffers: 42_016, macs: 385_814_752, activations: 6_748_036, gmacs: 0.386, source: torchvision },
  { name: 'EfficientNet_B1', input: 240, params: 7_794_184, bnBuffers: 62_048, macs: 686_802_832, activations: 10_884_328, gmacs: 0.687, source: torchvision },
  { name: 'EfficientNet_B2', input: 288, params: 9_109_994, bnBuffers: 67_568, macs: 1_087_529_456, activations: 16_203_450, gmacs: 1.088, source: torchvision },
  { name: 'EfficientNet_B3', input: 300, params: 12_233_232, bnBuffers: 87_296, macs: 1_827_141_392, activations: 23_831_296, gmacs: 1.827, source: torchvision },
  { name: 'EfficientNet_B4', input: 380, params: 19_341_616, bnBuffers: 125_200, macs: 4_393_771_024, activations: 49_489_032, gmacs: 4.394, source: torchvision },
  { name: 'EfficientNet_B5', input: 456, params: 30_389_784, bnBuffers: 172_736, macs: 10_266_384_752, activations: 98_857_400, gmacs: 10.266, source: torchvision },
  { name: 'EfficientNet_B6', input: 528, params: 43_040_704, bnBuffers: 224_432, macs: 19_067_593_536, activations: 167_393_400, gmacs: 19.068, source: torchvision },
  { name: 'EfficientNet_B7', input: 600, params: 66_347_960, bnBuffers: 310_720, macs: 37_745_884_192, activations: 289_939_464, gmacs: 37.746, source: torchvision },
  { name: 'EfficientNet_V2_S', input: 384, params: 21_458_488, bnBuffers: 153_872, macs: 8_365_617_152, activations: 35_766_624, gmacs: 8.366, source: torchvision },
  { name: 'EfficientNet_V2_M', input: 480, params: 54_139_356, bnBuffers: 292_032, macs: 24_582_460_384, activations: 89_838_420, gmacs: 24.582, source: torchvision },
  { name: 'EfficientNet_V2_L', input: 480, params: 118_515_272, bnBuffers: 512_576, macs: 56_079_699_008, activations: 157_987_752, gmacs: 56.08, source: torchvision },
  { name: 'VGG11', input: 224, params: 132_863_336, bnBuffers: 0, macs: 7_609_090_048, activations: 7_435_240, gmacs: 7.609, source: torchvision },
  { name: 'VGG13', input: 224, params: 133_047_848, bnBuffers: 0, macs: 11_308_466_176, activations: 12_252_136, gmacs: 11.308, source: torchvision },
  { name: 'VGG16', input: 224, params: 138_357_544, bnBuffers: 0, macs: 15_470_264_320, activations: 13_556_712, gmacs: 15.47, source: torchvision },
  { name: 'VGG19', input: 224, params: 143_667_240, bnBuffers: 0, macs: 19_632_062_464, activations: 14_861_288, gmacs: 19.632, source: torchvision },
  { name: 'VGG16_BN', input: 224, params: 138_365_992, bnBuffers: 8_448, macs: 15_470_264_320, activations: 13_556_712, gmacs: 15.47, source: torchvision },
  { name: 'SqueezeNet1_0', input: 224, params: 1_248_424, bnBuffers: 0, macs: 818_924_576, activations: 4_346_248, gmacs: 0.819, source: torchvision },
  { name: 'SqueezeNet1_1', input: 224, params: 1_235_496, bnBuffers: 0, macs: 349_151_936, activations: 2_589_352, gmacs: 0.349, source: torchvision },
  { name: 'DenseNet121', input: 224, params: 7_978_856, bnBuffers: 83_648, macs: 2_834_161_664, activations: 6_900_200, gmacs: 2.834, source: torchvision },
  { name: 'DenseNet161', input: 224, params: 28_681_000, bnBuffers: 219_936, macs: 7_727_907_072, activations: 11_064_808, gmacs: 7.728, source: torchvision },
  { name: 'DenseNet169', input: 224, params: 14_149_480, bnBuffers: 158_400, macs: 3_359_843_328, activations: 7_301_608, gmacs: 3.36, source: torchvision },
  { name: 'DenseNet201', input: 224, params: 20_013_928, bnBuffers: 229_056, macs: 4_291_365_888, activations: 7_853_544, gmacs: 4.291, source: torchvision },
  { name: 'MNASNet1_0', input: 224, params: 4_383_312, bnBuffers: 37_920, macs: 314_415_872, activations: 5_457_640, gmacs: 0.314, source: torchvision },
  { name: 'ShuffleNet_V2_X0_5', input: 224, params: 1_366_792, bnBuffers: 7_952, macs: 40_476_448, activations: 1_024_904, gmacs: 0.04, source: torchvision },
  { name: 'ShuffleNet_V2_X1_0', input: 224, params: 2_278_604, bnBuffers: 16_180, macs: 144_907_992, activations: 1_951_200, gmacs: 0.145, source: torchvision },
  { name: 'ShuffleNet_V2_X1_5', input: 224, params: 3_503_624, bnBuffers: 23_440, macs: 295_759_392, activations: 2_768_520, gmacs: 0.296, source: torchvision },
  { name: 'ShuffleNet_V2_X2_0', input: 224, params: 7_393_996, bnBuffers: 33_716, macs: 583_253_464, activations: 3_744_992, gmacs: 0.583, source: torchvision },
  { name: 'ConvNeXt_Tiny', input: 224, params: 28_589_128, bnBuffers: 0, macs: 4_455_531_264, activations: 13_435_624, gmacs: 4.456, source: torchvision },
  { name: 'ConvNeXt_Small', input: 224, params: 50_223_688, bnBuffers: 0, macs: 8_683_712_256, activations: 21_564_136, gmacs: 8.684, source: torchvision },
  { name: 'ConvNeXt_Base', input: 224, params: 88_591_464, bnBuffers: 0, macs: 15_354_729_472, activations: 28_751_848, gmacs: 15.355, source: torchvision },
  { name: 'ConvNeXt_Large', input: 224, params: 197_767_336, bnBuffers: 0, macs: 34_361_433_600, activations: 43_127_272, gmacs: 34.361, source: torchvision },
];

export const partlyPublishedNetworks: readonly PartlyPublishedNetwork[] = [
  { name: 'RegNet_X_400MF', input: 224, params: 5_495_976, gmacs: 0.414, source: torchvisionRegnet },
  { name: 'RegNet_X_800MF', input: 224, params: 7_259_656, gmacs: 0.8, source: torchvisionRegnet },
  { name: 'RegNet_X_1_6GF', input: 224, params: 9_190_136, gmacs: 1.603, source: torchvisionRegnet },
  { name: 'RegNet_X_3_2GF', input: 224, params: 15_296_552, gmacs: 3.177, source: torchvisionRegnet },
  { name: 'RegNet_X_8GF', input: 224, params: 39_572_648, gmacs: 7.995, source: torchvisionRegnet },
  { name: 'RegNet_X_16GF', input: 224, params: 54_278_536, gmacs: 15.941, source: torchvisionRegnet },
  { name: 'RegNet_X_32GF', input: 224, params: 107_811_560, gmacs: 31.736, source: torchvisionRegnet },
  { name: 'RegNet_Y_400MF', input: 224, params: 4_344_144, gmacs: 0.402, source: torchvisionRegnet },
  { name: 'RegNet_Y_800MF', input: 224, params: 6_432_512, gmacs: 0.834, source: torchvisionRegnet },
  { name: 'RegNet_Y_1_6GF', input: 224, params: 11_202_430, gmacs: 1.612, source: torchvisionRegnet },
  { name: 'RegNet_Y_3_2GF', input: 224, params: 19_436_338, gmacs: 3.176, source: torchvisionRegnet },
  { name: 'RegNet_Y_8GF', input: 224, params: 39_381_472, gmacs: 8.473, source: torchvisionRegnet },
  { name: 'RegNet_Y_16GF', input: 224, params: 83_590_140, gmacs: 15.912, source: torchvisionRegnet },
  { name: 'RegNet_Y_32GF', input: 224, params: 145_046_770, gmacs: 32.28, source: torchvisionRegnet },
  { name: 'RegNet_Y_128GF', input: 224, params: 644_812_894, gmacs: 127.518, source: torchvisionRegnet },
];

/** In the order in which they are listed. */
export const everyPublishedNetwork: readonly (PublishedNetwork | PartlyPublishedNetwork)[] = [...publishedNetworks, ...partlyPublishedNetworks];
