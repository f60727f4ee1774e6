// The blocks of the library that a block file can use by their names: those that are made with one object of parameters.

export const libraryBlocks: readonly string[] = [
  'basicBlock', 'bottleneck', 'classifier', 'conv1x1BnReLU', 'conv3x3BnReLU', 'convNormAct', 'depthwiseSeparableConv', 'fusedMbConv', 'invertedResidual',
  'linearBottleneck', 'mbConv', 'mobileNetLikeBlock', 'squeezeExcite',
];
