// One backward pass through stacks of layers, with and without the input added to each: how far the gradients of the first and the last layer are apart.
import * as tf from '../../run/tensorflow.ts';
import { stackId, stacks, type Experiment } from '../../../src/blocks/claims/claim.ts';
import { efforts } from '../../../src/blocks/claims/effort.ts';
import type { Measure } from '../../../src/blocks/protocol/claim-report.ts';
import { CannotRun } from '../../run/cannot-run.ts';
import { valuesOf } from '../../run/compare-numbers.ts';
import { seedOf } from '../../run/seeded-values.ts';
import { median, medianInterval } from '../../run/statistics.ts';
import { gaussianNumbers } from './gaussian.ts';
import { sampleKey, type Bench, type Measured } from './measured.ts';

type Stacks = Extract<Experiment, { kind: 'gradient' }>;

const EPSILON = 1e-3;

/** Both kinds of stacks have the same kernels, inputs and losses for a seed. */
export async function measureGradient(experiment: Stacks, { effort, clock, onProgress }: Bench): Promise<Measured> {
  const seeds = efforts[effort].gradientSeeds;
  const [samples, directions] = [new Map<string, number[]>(), new Map<string, number[]>()];
  const layers = experiment.depths.reduce((a, b) => a + b, 0) * stacks.length * seeds;
  let done = 0;
  for (let seed = 0; seed < seeds; seed++) {
    for (const depth of experiment.depths) {
      for (const stack of stacks) {
        onProgress(done / layers, `${depth} layers, seed ${seed + 1} of ${seeds}`);
        await clock.breathe();
        const [first, last] = await gradientNorms(experiment, depth, stack === 'residual', seed);
        if (!(first > 0 && last > 0 && Number.isFinite(first / last))) throw new CannotRun(`A gradient of the stack of ${depth} layers is no number, or none is left: ${first} at the first layer, ${last} at the last.`);
        done += depth;
        const key = sampleKey('gradient', stackId(stack, depth));
        samples.set(key, [...samples.get(key) ?? [], Math.max(first / last, last / first)]);
        directions.set(key, [...directions.get(key) ?? [], first / last]);
      }
    }
  }
  const measures = experiment.depths.flatMap(depth => stacks.map((stack): Measure => {
    const values = samples.get(sampleKey('gradient', stackId(stack, depth)))!;
    const interval = medianInterval(values);
    return { contender: stackId(stack, depth), quantity: 'gradient', value: median(values), ...(interval ? { interval } : {}), samples: values.length };
  }));
  const deepest = Math.max(...experiment.depths);
  const grows = median(directions.get(sampleKey('gradient', stackId('plain', deepest)))!) > 1;
  return { measures, samples, notes: [`Without the addition the gradients ${grows ? 'grow' : 'shrink'} towards the first layer: with ${deepest} layers they ${grows ? 'explode' : 'vanish'}.`] };
}

/** The norms of the gradients of the first and the last kernel. */
async function gradientNorms({ batch, size, channels }: Stacks, depth: number, residual: boolean, seed: number): Promise<readonly [number, number]> {
  const shape: [number, number, number, number] = [batch, size, size, channels];
  const norms = tf.tidy(() => {
    const values = (place: number, wanted: number[], deviation: number): tf.Tensor4D => {
      const gaussian = gaussianNumbers(seedOf(seed, place));
      return tf.tensor4d(Float32Array.from({ length: wanted.reduce((a, b) => a * b, 1) }, () => deviation * gaussian()), wanted as typeof shape);
    };
    const input = values(depth, shape, 1);
    const direction = values(depth + 1, shape, 1);
    const [scale, offset] = [tf.ones([channels]) as tf.Tensor1D, tf.zeros([channels]) as tf.Tensor1D];
    // He et al., arXiv 1502.01852: so that values keep their size through a ReLU.
    const kernels = Array.from({ length: depth }, (_, i) => values(i, [3, 3, channels, channels], Math.sqrt(2 / (9 * channels))));
    const layer = (x: tf.Tensor4D, kernel: tf.Tensor4D): tf.Tensor4D => {
      const convolved = tf.conv2d(x, kernel, 1, 'same');
      const { mean, variance } = tf.moments(convolved, [0, 1, 2]);
      const activated = tf.relu(tf.batchNorm4d(convolved, mean as tf.Tensor1D, variance as tf.Tensor1D, offset, scale, EPSILON));
      return residual ? tf.add(x, activated) : activated;
    };
    const loss = (...weights: tf.Tensor[]): tf.Scalar => tf.mean(tf.mul((weights as tf.Tensor4D[]).reduce(layer, input), direction));
    const gradients = tf.grads(loss)(kernels);
    return [tf.norm(gradients[0]!), tf.norm(gradients.at(-1)!)];
  });
  try {
    const [first, last] = await valuesOf(norms);
    return [first![0]!, last![0]!];
  } finally {
    tf.dispose(norms);
  }
}
