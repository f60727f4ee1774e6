// What else the machine did while a block was measured, by a fixed operation that was measured before and after each sample.
import type { Noise } from '../../../src/blocks/protocol/messages.ts';
import { median } from '../statistics.ts';

const LEAST_SAMPLES = 5;
const LEAST_FOR_TREND = 9;

/**
 * `references` has one time more than there are samples: sample i lies between i and i + 1. What other work does to the block it does to
 * the operation too, so the ratio of both tells what the block would take at `best`, the fastest time of the operation ever seen.
 */
export function noiseOf(samples: readonly number[], references: readonly number[], best: number): Noise | undefined {
  const n = Math.min(samples.length, references.length - 1);
  if (n < LEAST_SAMPLES) return undefined;
  const relative = median(samples.slice(0, n).map((sample, i) => sample / ((references[i]! + references[i + 1]!) / 2)));
  const third = Math.floor(n / 3);
  return {
    contention: median(samples) / (relative * best),
    ...(n < LEAST_FOR_TREND ? {} : { trend: median(samples.slice(n - third, n)) / median(samples.slice(0, third)) }),
  };
}
