// The activations of block definitions: those of TensorFlow.js by their names, and what mobile networks need besides.
import type { AttributeType, AttributeValue } from '../attribute.ts';
import { named } from '../attribute-types.ts';

/** Each with what it computes. */
export const blockActivations: Readonly<Record<string, string>> = {
  linear: 'x',
  relu: 'max(x, 0)',
  relu6: 'min(max(x, 0), 6)',
  sigmoid: '1 / (1 + e^−x)',
  hardSigmoid: 'min(max(x + 3, 0), 6) / 6, as in MobileNetV3 and PyTorch; that of tf.layers has another slope',
  swish: 'x · sigmoid(x)',
  silu: 'x · sigmoid(x), which is swish by another name',
  hardSwish: 'x · min(max(x + 3, 0), 6) / 6',
  gelu: 'x · Φ(x), the exact one',
  tanh: 'tanh(x)',
  elu: 'x where x > 0, else e^x − 1',
  softmax: 'e^x / Σ e^x over the channels',
};

export const blockActivation = (doc: string): AttributeType<AttributeValue> =>
  named({ type: 'the name of an activation', names: Object.keys(blockActivations), default: 'linear', doc });
