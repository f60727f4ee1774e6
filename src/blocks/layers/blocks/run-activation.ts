// Computes the activations of block definitions.
import type { Runtime, Tensor } from '../define-layer.ts';

export function applyActivation(tf: Runtime, name: string, x: Tensor, channelAxis = -1): Tensor {
  switch (name) {
    case 'relu': return tf.relu(x);
    case 'relu6': return tf.relu6(x);
    case 'sigmoid': return tf.sigmoid(x);
    case 'hardSigmoid': return hardSigmoid(tf, x);
    case 'swish':
    case 'silu': return tf.mul(x, tf.sigmoid(x));
    case 'hardSwish': return tf.mul(x, hardSigmoid(tf, x));
    case 'gelu': return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
    case 'tanh': return tf.tanh(x);
    case 'elu': return tf.elu(x);
    case 'softmax': return channelAxis === -1 || channelAxis === x.rank - 1 ? tf.softmax(x) : softmaxOver(tf, x, channelAxis);
    // Whoever computes with a tensor frees it: what comes out is never what goes in.
    default: return tf.clone(x);
  }
}

const hardSigmoid = (tf: Runtime, x: Tensor): Tensor => tf.div(tf.relu6(tf.add(x, 3)), 6);

/** TensorFlow.js has softmax over the last axis alone. */
function softmaxOver(tf: Runtime, x: Tensor, axis: number): Tensor {
  const e = tf.exp(tf.sub(x, tf.max(x, axis, true)));
  return tf.div(e, tf.sum(e, axis, true));
}
