// The activations that TensorFlow.js finds by their names, as an attribute of other layers and as a layer of its own.
import type { AttributeType, AttributeValue } from '../attribute.ts';
import { named } from '../attribute-types.ts';

export const activationNames: readonly string[] = [
  'elu', 'gelu', 'gelu_new', 'hardSigmoid', 'linear', 'logSoftmax', 'mish', 'relu', 'relu6', 'selu', 'sigmoid', 'softmax',
  'softplus', 'softsign', 'swish', 'tanh',
];

/** Layers that are found in the same list: `ReLU` happens to work, `Softmax` fails on more than two dims. */
const activationLayers: readonly string[] = ['ELU', 'LeakyReLU', 'PReLU', 'ReLU', 'Softmax', 'ThresholdedReLU'];

export const activationAttribute = (doc: string): AttributeType<AttributeValue> =>
  named({ type: 'the name of an activation', names: activationNames, doubtful: activationLayers, default: 'linear', doc });
