// What `import … from 'blockscope/blocks'` gives: the words that blocks are written in, and the blocks of the library.
export * from 'blockscope/vocabulary';
export { basicBlock, type BasicBlockParameters } from './basicBlock.ts';
export { bottleneck, type BottleneckParameters } from './bottleneck.ts';
export { classifier, type ClassifierParameters } from './classifier.ts';
export { conv1x1BnReLU, conv3x3BnReLU, convNormAct, type ConvNormActParameters, type ConvSettings, type Norm } from './convNormAct.ts';
export { depthwiseSeparableConv, type DepthwiseSeparableConvParameters } from './depthwiseSeparableConv.ts';
export { fusedMbConv, type FusedMBConvParameters } from './fusedMbConv.ts';
export { invertedResidual, type InvertedResidualParameters } from './invertedResidual.ts';
export { linearBottleneck, type LinearBottleneckParameters } from './linearBottleneck.ts';
export { makeDivisible } from './makeDivisible.ts';
export { mbConv, type MBConvParameters } from './mbConv.ts';
export { mobileNetLikeBlock, type MobileNetLikeBlockParameters } from './mobileNetLikeBlock.ts';
export { residualAdd } from './residualAdd.ts';
export { squeezeExcite, type SqueezeExciteParameters } from './squeezeExcite.ts';
export { stage, type PlaceInStage, type StageParameters } from './stage.ts';
