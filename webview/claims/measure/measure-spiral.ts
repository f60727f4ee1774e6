// A spiral goes through ReLU in n dimensions and comes back: what is lost, for each n over many random matrices.
import * as tf from '../../run/tensorflow.ts';
import { spiralId, type Experiment } from '../../../src/blocks/claims/claim.ts';
import { efforts } from '../../../src/blocks/claims/effort.ts';
import { bestScale, pseudoInverse, relativeError, spiralPoints, type Point } from '../../../src/blocks/claims/spiral.ts';
import type { Measure, Spiral } from '../../../src/blocks/protocol/claim-report.ts';
import { valuesOf } from '../../run/compare-numbers.ts';
import { seedOf } from '../../run/seeded-values.ts';
import { median, medianInterval } from '../../run/statistics.ts';
import { gaussianNumbers } from './gaussian.ts';
import { sampleKey, type Bench, type Measured } from './measured.ts';

type Spirals = Extract<Experiment, { kind: 'spiral' }>;

interface Trip {
  readonly error: number;
  readonly points: readonly Point[];
}

export async function measureSpiral({ dimensions, points, turns }: Spirals, { effort, clock, onProgress }: Bench): Promise<Measured> {
  const seeds = efforts[effort].spiralSeeds;
  const original = spiralPoints(points, turns);
  const measures: Measure[] = [];
  const samples = new Map<string, readonly number[]>();
  const spirals: Spiral[] = [{ points: shortened(original) }];
  for (const [i, n] of dimensions.entries()) {
    const trips: Trip[] = [];
    for (let seed = 0; seed < seeds; seed++) {
      onProgress((i + seed / seeds) / dimensions.length, `n = ${n}, seed ${seed + 1} of ${seeds}`);
      await clock.breatheNowAndThen();
      trips.push(await thereAndBack(original, n, seedOf(n, seed)));
    }
    const errors = trips.map(({ error }) => error);
    samples.set(sampleKey('error', spiralId(n)), errors);
    const interval = medianInterval(errors);
    measures.push({ contender: spiralId(n), quantity: 'error', value: median(errors), ...(interval ? { interval } : {}), samples: seeds });
    // The picture is of a matrix that is neither lucky nor unlucky.
    const ordinary = [...trips].sort((a, b) => a.error - b.error)[Math.floor((seeds - 1) / 2)]!;
    spirals.push({ dimensions: n, points: shortened(ordinary.points) });
  }
  return { measures, samples, spirals, notes: ['Each picture is of the random matrix whose error is the median of all.'] };
}

async function thereAndBack(original: readonly Point[], n: number, seed: number): Promise<Trip> {
  const gaussian = gaussianNumbers(seed);
  const matrix = Array.from({ length: n }, (): Point => [gaussian(), gaussian()]);
  const back = tf.tidy(() => {
    const embedded = tf.relu(tf.matMul(tf.tensor2d(original as [number, number][]), tf.tensor2d(matrix as [number, number][]), false, true));
    return tf.matMul(embedded, tf.tensor2d(pseudoInverse(matrix) as [number[], number[]]), false, true);
  });
  try {
    const [values] = await valuesOf([back]);
    const found = original.map((_, i): Point => [values![2 * i]!, values![2 * i + 1]!]);
    const scale = bestScale(original, found);
    const points = found.map(([x, y]): Point => [scale * x, scale * y]);
    return { error: relativeError(original, points), points };
  } finally {
    back.dispose();
  }
}

/** A picture needs no more digits, and the page keeps it. */
const shortened = (points: readonly Point[]): Point[] => points.map(([x, y]): Point => [Number(x.toFixed(3)), Number(y.toFixed(3))]);
