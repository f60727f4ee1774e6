// TensorFlow.js as runs need it: its operations and tf.layers. What computes is loaded by backends.ts, one backend at a time.
export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-layers';
