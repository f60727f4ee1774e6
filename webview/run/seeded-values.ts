// Values for weights and inputs that are the same in every run, on every backend: two runs of a block can be compared value by value.
import * as tf from './tensorflow.ts';

/** Evenly distributed numbers from 0 to below 1: mulberry32, whose whole state is one integer. */
export class SeededNumbers {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}

/**
 * Values for a weight by what it is: kernels keep the size of values from layer to layer (He et al., arXiv 1502.01852, evenly distributed),
 * variances are positive, and nothing is exactly 0 or 1, so that a weight that is left out or taken for another one changes the result.
 */
export function seededWeight(name: string, shape: readonly number[], seed: number): tf.Tensor {
  const [least, most] = rangeOf(name, shape);
  const numbers = new SeededNumbers(seed);
  const values = new Float32Array(sizeOf(shape));
  for (let i = 0; i < values.length; i++) values[i] = least + (most - least) * numbers.next();
  return tf.tensor(values, [...shape], 'float32');
}

/** Values with mean 0 and variance 1. */
export function seededInput(shape: readonly number[], seed: number): tf.Tensor {
  const numbers = new SeededNumbers(seed);
  const values = new Float32Array(sizeOf(shape));
  for (let i = 0; i < values.length; i++) values[i] = Math.sqrt(12) * (numbers.next() - 0.5);
  return tf.tensor(values, [...shape], 'float32');
}

/** Whole numbers from 0 to below `end`. */
export function seededIndexes(shape: readonly number[], end: number, seed: number): tf.Tensor {
  const numbers = new SeededNumbers(seed);
  return tf.tensor(Int32Array.from({ length: sizeOf(shape) }, () => Math.floor(numbers.next() * end)), [...shape], 'int32');
}

/** Builds layers of TensorFlow.js with seeded values in place of those of their initializers. */
export function withSeededWeights<T>(seed: number, build: () => T): T {
  const { prototype } = tf.layers.Layer as unknown as { prototype: { addWeight: AddWeight } };
  const { addWeight } = prototype;
  let made = 0;
  prototype.addWeight = function (name, shape, dtype, _initializer, ...rest) {
    const initializer = { apply: (wanted: number[]) => seededWeight(name, wanted, seedOf(seed, made++)) };
    return addWeight.call(this, name, shape, dtype, initializer, ...rest);
  };
  try {
    return build();
  } finally {
    prototype.addWeight = addWeight;
  }
}

type AddWeight = (this: unknown, name: string, shape: number[], dtype: string | undefined, initializer: unknown, ...rest: unknown[]) => unknown;

/** Neighbouring seeds give values that have nothing to do with each other. */
export const seedOf = (block: number, index: number): number => Math.imul(block + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b);

function rangeOf(name: string, shape: readonly number[]): readonly [number, number] {
  if (/variance/i.test(name)) return [0.5, 1.5];
  if (/gamma/i.test(name)) return [0.8, 1.2];
  if (/alpha/i.test(name)) return [0.1, 0.3];
  if (/mean|beta|bias/i.test(name)) return [-0.1, 0.1];
  if (/embedding/i.test(name)) return [-1, 1];
  // A depthwise kernel has one filter for each channel.
  const fanIn = sizeOf(shape.slice(0, /depthwise/i.test(name) ? 2 : -1));
  const reach = Math.sqrt((/recurrent/i.test(name) ? 3 : 6) / Math.max(1, fanIn));
  return [-reach, reach];
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
