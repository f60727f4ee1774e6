// The measuring protocol: warm up until it is steady, then take samples that are long enough for the clock, until the
// median is certain enough or the time is up. The page breathes between samples and never inside one.
import type { Timing } from '../../src/blocks/protocol/messages.ts';
import { timedOnBothStacks, timedOnce } from './stack-placement.ts';
import { median, medianInterval, medianUncertainty, qualityOf, quantile } from './statistics.ts';

export interface Rules {
  /** A sample lasts at least this long: the clock of a webview moves in steps of 100 µs. */
  readonly sampleMs: number;
  readonly minSamples: number;
  readonly maxSamples: number;
  /** Sampling ends after this long, as soon as there are `enoughSamples`. */
  readonly budgetMs: number;
  readonly enoughSamples: number;
  readonly minWarmUps: number;
  readonly maxWarmUps: number;
  /** Whether where the stack lies makes a difference: see stack-placement.ts. */
  readonly onBothStacks?: boolean;
}

export const WHOLE_BLOCK: Rules = {
  sampleMs: 30, minSamples: 15, maxSamples: 60, budgetMs: 3000, enoughSamples: 5, minWarmUps: 3, maxWarmUps: 20,
};

/** A layer was run by the whole block already: its shaders are compiled. */
export const ONE_LAYER: Rules = {
  sampleMs: 10, minSamples: 7, maxSamples: 11, budgetMs: 250, enoughSamples: 3, minWarmUps: 2, maxWarmUps: 4,
};

/** For whoever wants to know whether a block runs and what it is about: six samples are the least that support a confidence interval. */
export const QUICK_WHOLE_BLOCK: Rules = { ...WHOLE_BLOCK, sampleMs: 10, minSamples: 6, maxSamples: 6, enoughSamples: 6, budgetMs: 400 };
export const QUICK_LAYER: Rules = { ...ONE_LAYER, sampleMs: 5, minSamples: 3, maxSamples: 3, budgetMs: 60, minWarmUps: 1, maxWarmUps: 2 };

/** What sampling needs of the world, so that it can be tested without one. */
export interface World {
  now(): number;
  /** Lets the page handle input and draw; rejects where the run was stopped, waits while the page is hidden. */
  breathe(): Promise<void>;
  /** True while the page is in view. Samples taken while it is not are discarded: timers and GPU run slower then. */
  isVisible(): boolean;
}

/** The median moves less than this with more samples. */
const CERTAIN = 0.05;
/** Two warm-up runs that differ by no more than this are steady. */
const STEADY = 0.1;
const MOST_RUNS_PER_SAMPLE = 500;
/** The share of the budget that warming up may take. */
const WARM_UP_SHARE = 0.25;

/** Runs what is measured the given number of times and returns, or resolves, when the device has finished. */
export type Execute = (times: number) => void | Promise<void>;

export interface Sampled {
  readonly timing: Timing;
  readonly warmUpRuns: number;
  /** Milliseconds of one run, in the order in which they were taken. */
  readonly samples: readonly number[];
}

type OnProgress = (phase: 'warmUp' | 'measuring', done: number) => void;

export async function sample(execute: Execute, rules: Rules, world: World, onProgress: OnProgress = () => {}): Promise<Sampled> {
  return (await sampleTogether([execute], rules, world, onProgress))[0]!;
}

/**
 * Several in turns, A B C, C B A, …, so that what the machine does meanwhile happens to each of them, and samples of one round can be
 * compared with each other. Each has the same number of samples. Each further one adds half of the budget. `between` is called before the
 * first round, after each round, and so before and after each sample.
 */
export async function sampleTogether(
  executes: readonly Execute[], rules: Rules, world: World, onProgress: OnProgress = () => {}, between: () => Promise<void> = async () => {},
): Promise<readonly Sampled[]> {
  const timed = async (execute: Execute, times: number): Promise<number> => {
    for (;;) {
      await world.breathe();
      const visible = world.isVisible();
      const perRun = await (rules.onBothStacks && times > 1 ? timedOnBothStacks : timedOnce)(execute, times, () => world.now());
      if (visible && world.isVisible()) return perRun;
    }
  };
  const measured: { readonly execute: Execute; readonly warmUpRuns: number; runsPerSample: number; readonly samples: number[] }[] = [];
  for (const execute of executes) {
    const warmUps: number[] = [];
    const warmUpEnd = world.now() + rules.budgetMs * WARM_UP_SHARE;
    while (warmUps.length < rules.minWarmUps || (warmUps.length < rules.maxWarmUps && !isSteady(warmUps) && world.now() < warmUpEnd)) {
      warmUps.push(await timed(execute, 1));
      onProgress('warmUp', warmUps.length);
    }
    const runsPerSample = Math.min(MOST_RUNS_PER_SAMPLE, Math.max(rules.onBothStacks ? 2 : 1, Math.ceil(rules.sampleMs / Math.max(Math.min(...warmUps), 0.05))));
    measured.push({ execute, warmUpRuns: warmUps.length, runsPerSample, samples: [] });
  }
  const end = world.now() + (rules.budgetMs * (executes.length + 1)) / 2;
  await between();
  // A single warm-up run is mostly overhead where the run itself is short, so a first sample corrects the number.
  for (const one of measured) {
    for (;;) {
      const perRun = await timed(one.execute, one.runsPerSample);
      if (perRun * one.runsPerSample >= rules.sampleMs * 0.7 || one.runsPerSample >= MOST_RUNS_PER_SAMPLE) {
        // It counts where there is nothing to take turns with.
        if (measured.length > 1) break;
        one.samples.push(perRun);
        await between();
        break;
      }
      one.runsPerSample = Math.min(MOST_RUNS_PER_SAMPLE, Math.max(one.runsPerSample + 1, Math.ceil(rules.sampleMs / Math.max(perRun, 0.001))));
    }
  }
  const taken = (): number => Math.min(...measured.map(({ samples }) => samples.length));
  for (let round = 0; taken() < rules.maxSamples; round++) {
    if (taken() >= rules.minSamples && measured.every(({ samples }) => medianUncertainty(samples) <= CERTAIN)) break;
    if (taken() >= rules.enoughSamples && world.now() >= end) break;
    for (const one of round % 2 === 0 ? measured : [...measured].reverse()) one.samples.push(await timed(one.execute, one.runsPerSample));
    await between();
    onProgress('measuring', taken());
  }
  return measured.map(({ samples, runsPerSample, warmUpRuns }) => ({ timing: summarize(samples, runsPerSample), warmUpRuns, samples }));
}

const isSteady = (runs: readonly number[]): boolean => {
  const [before, last] = runs.slice(-2) as [number, number | undefined];
  return last !== undefined && Math.abs(last - before) <= STEADY * before;
};

/** `samples` are milliseconds of one run each. */
export function summarize(samples: readonly number[], runsPerSample: number): Timing {
  const interval = medianInterval(samples);
  return {
    medianMs: median(samples),
    ...(interval ? { intervalMs: interval } : {}),
    p25Ms: quantile(samples, 0.25),
    p75Ms: quantile(samples, 0.75),
    p95Ms: quantile(samples, 0.95),
    minMs: Math.min(...samples),
    samples: samples.length,
    runsPerSample,
    quality: qualityOf(samples),
  };
}
