// What the layers of saved models are called: by TensorFlow.js and Keras 2 and 3, by Keras 1, and by well-known packages.
import type { LayerDefinition } from '../layers/define-layer.ts';
import { findLayerByClass } from '../layers/registry.ts';

/** Other names of layers that have the same weights and shapes. */
const sameLayer: Readonly<Record<string, string>> = {
  // Keras 1.
  Convolution1D: 'Conv1D', Convolution2D: 'Conv2D', Convolution3D: 'Conv3D',
  AtrousConvolution1D: 'Conv1D', AtrousConvolution2D: 'Conv2D', SeparableConvolution2D: 'SeparableConv2D',
  // TensorFlow 1 and the first versions of 2, in files that the converter has not renamed.
  BatchNormalizationV1: 'BatchNormalization', BatchNormalizationV2: 'BatchNormalization', SyncBatchNormalization: 'BatchNormalization',
  // A dropout of the package efficientnet, whose noise has a shape that follows from the input.
  FixedDropout: 'Dropout',
};

/** What the modes of `Merge` became in Keras 2. A mode that is code has no counterpart. */
const merges: Readonly<Record<string, string>> = { sum: 'Add', mul: 'Multiply', concat: 'Concatenate', ave: 'Average', max: 'Maximum', dot: 'Dot' };

/** The layer that a class name stands for; undefined where none of TensorFlow.js computes the same. */
export function layerOfClass(className: string, mergeMode?: string): LayerDefinition | undefined {
  if (className === 'Merge') return mergeMode !== undefined && Object.hasOwn(merges, mergeMode) ? findLayerByClass(merges[mergeMode]!) : undefined;
  return findLayerByClass(Object.hasOwn(sameLayer, className) ? sameLayer[className]! : className);
}

/** Classes whose instances are models, so that a damaged one is not taken for a layer. */
export const isModelClass = (className: string): boolean => ['Model', 'Functional', 'Sequential', 'Container', 'Network'].includes(className);
