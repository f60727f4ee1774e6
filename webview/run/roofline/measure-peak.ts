// The best that TensorFlow.js does on this device: matrix products, copies, and operations on next to nothing.
import * as tf from '../tensorflow.ts';
import type { DevicePeak } from '../../../src/blocks/protocol/messages.ts';
import type { Backend } from '../backends.ts';
import type { Reference } from '../noise/reference.ts';
import type { World } from '../sampling.ts';
import { onEitherStack } from '../stack-placement.ts';
import { waitFor } from '../wait.ts';

type Wait = (tensor: tf.Tensor) => void | Promise<void>;

/** Heights of the square matrices and values of the tensors that are copied, until one takes longer than `LONG_MS`. */
const MATRICES = [256, 512, 1024, 2048];
const COPIES = [1 << 18, 1 << 20, 1 << 22, 1 << 24];
const LONG_MS = 40;
const TINY_OPERATIONS = 50;
/** Of one size. */
const SAMPLES = 4;
const SAMPLE_MS = 8;
const BUDGET_MS = 80;

/** Above it the device is measured again in the next run. */
const BUSY = 1.3;

/** In other pages the machine may be another one. */
const known = new Map<string, DevicePeak>();

/**
 * About a second on a device that was not measured yet. What was measured while the machine did other work, which `reference` tells, is
 * measured again in the next run, and the better of both is kept. `backend` is running; nothing is left on it.
 */
export async function measurePeak({ name, renderer }: Backend, reference: Reference, world: World): Promise<DevicePeak> {
  const key = `${name} ${renderer}`;
  const before = known.get(key);
  if (before && before.contention <= BUSY) return before;
  const measured = await measure(tensor => waitFor(tensor, name), reference, world);
  const peak = before ? better(before, measured) : measured;
  known.set(key, peak);
  return peak;
}

const better = (a: DevicePeak, b: DevicePeak): DevicePeak => ({
  macsPerSecond: Math.max(a.macsPerSecond, b.macsPerSecond), bytesPerSecond: Math.max(a.bytesPerSecond, b.bytesPerSecond), operationMs: Math.min(a.operationMs, b.operationMs),
  contention: Math.min(a.contention, b.contention),
});

async function measure(wait: Wait, reference: Reference, world: World): Promise<DevicePeak> {
  const before = await reference.measure();
  const macsPerSecond = await fastest(MATRICES, size => tf.fill([size, size], 0.5), matrix => tf.matMul(matrix as tf.Tensor2D, matrix as tf.Tensor2D), size => size ** 3, wait, world);
  const bytesPerSecond = await fastest(COPIES, size => tf.fill([1, size / 256, 256], 0.5), values => tf.relu(values), size => 2 * 4 * size, wait, world);
  const operationsPerSecond = await fastest([4], size => tf.fill([size], 0.5), tiny => tf.tidy(() => {
    let result = tiny;
    for (let i = 0; i < TINY_OPERATIONS; i++) result = tf.relu(result);
    return result;
  }), () => TINY_OPERATIONS, wait, world);
  return { macsPerSecond, bytesPerSecond, operationMs: 1000 / operationsPerSecond, contention: (before + await reference.measure()) / 2 / reference.best };
}

/** The most of what `amountOf` counts that was done in a second, over all sizes. */
async function fastest(
  sizes: readonly number[], make: (size: number) => tf.Tensor, run: (input: tf.Tensor) => tf.Tensor, amountOf: (size: number) => number, wait: Wait, world: World,
): Promise<number> {
  let most = 0;
  for (const size of sizes) {
    const input = make(size);
    try {
      const ms = await bestMs(() => run(input), wait, world);
      most = Math.max(most, (amountOf(size) / ms) * 1000);
      if (ms > LONG_MS) break;
    } finally {
      input.dispose();
    }
  }
  return most;
}

async function bestMs(run: () => tf.Tensor, wait: Wait, world: World): Promise<number> {
  const execute = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      const result = run();
      if (i === times - 1) await wait(result);
      result.dispose();
    }
  };
  const timed = async (times: number, which = 0): Promise<number> => {
    await world.breathe();
    const start = world.now();
    await onEitherStack(which, execute, times);
    return Math.max(world.now() - start, 0.01) / times;
  };
  // The first run compiles. A short one tells nothing on a coarse clock, so it is repeated more and more often.
  await timed(1);
  let times = 1;
  let best = await timed(1);
  while (best * times < SAMPLE_MS) {
    times = Math.min(times * 8, Math.ceil((times * SAMPLE_MS * 1.2) / Math.max(best * times, 0.1)));
    best = await timed(times);
  }
  const end = world.now() + BUDGET_MS;
  for (let i = 1; i < SAMPLES && world.now() < end; i++) best = Math.min(best, await timed(times, i));
  return best;
}
