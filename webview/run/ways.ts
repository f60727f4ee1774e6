// The ways to run a block, side by side: as it is written, as tf.layers runs it, and as it would be deployed.
import type * as tf from './tensorflow.ts';
import type { BackendName, OtherWay, Ratio, WayReport } from '../../src/blocks/protocol/messages.ts';
import type { BuiltBlock } from './built-block.ts';
import { messageOf } from './cannot-run.ts';
import { asDeployed, type Deployment } from './deployed/deploy.ts';
import { Executable } from './executable.ts';
import { Predicted } from './predicted.ts';
import type { Sampled } from './sampling.ts';
import { median, medianInterval } from './statistics.ts';

export interface Run {
  /** Runs the block the given number of times and resolves when the last one is done. */
  run(times: number): Promise<void>;
  /** Whoever asks disposes them. */
  outputs(): Promise<tf.Tensor[]>;
  /** Frees what it does not share with the block. */
  dispose?(): void;
}

export type WayName = 'written' | OtherWay;

/** In the order in which they are shown; a text says why there is no such way. */
export type Ways = ReadonlyMap<WayName, Run | string>;

class DeployedRun implements Run {
  private readonly executable: Executable;
  readonly steps: { readonly deployed: number; readonly written: number };

  constructor(block: BuiltBlock, private readonly deployment: Deployment, backend: BackendName) {
    this.executable = new Executable(block, deployment.steps, backend);
    this.steps = { deployed: deployment.steps.length, written: block.graph.nodes.filter(({ inputs }) => inputs.length > 0).length };
  }

  run(times: number): Promise<void> {
    return this.executable.run(times);
  }

  outputs(): Promise<tf.Tensor[]> {
    return this.executable.outputs();
  }

  dispose(): void {
    this.deployment.dispose();
  }
}

/** `written` runs `block` on the backend that is running. */
export async function makeWays(block: BuiltBlock, written: Executable, backend: BackendName): Promise<Ways> {
  const ways = new Map<WayName, Run | string>([['written', written]]);
  ways.set('predict', await tried(() => Predicted.of(block, backend)));
  ways.set('deployed', await tried(() => new DeployedRun(block, asDeployed(block, backend), backend)));
  return ways;
}

/** Runs once what can be made, because some things show only then. */
async function tried(make: () => Run): Promise<Run | string> {
  let way: Run | undefined;
  try {
    way = make();
    await way.run(1);
    return way;
  } catch (error) {
    way?.dispose?.();
    return messageOf(error);
  }
}

export function disposeWays(ways: Ways | undefined): void {
  for (const way of ways?.values() ?? []) if (typeof way !== 'string') way.dispose?.();
}

/** Of the ways that were sampled, and of those that there are not. `sampled` has the block as written. */
export function wayReports(ways: Ways, sampled: ReadonlyMap<WayName, Sampled>): WayReport[] {
  return [...ways].flatMap(([way, run]): WayReport[] => {
    if (way === 'written') return [];
    if (typeof run === 'string') return [{ way, obstacle: run }];
    const own = sampled.get(way);
    if (!own) return [];
    const predict = way === 'deployed' ? sampled.get('predict') : undefined;
    return [{
      way, timing: own.timing, speedUp: ratio(sampled.get('written')!.samples, own.samples),
      ...(predict ? { overPredict: ratio(predict.samples, own.samples) } : {}), ...(run instanceof DeployedRun ? { steps: run.steps } : {}),
    }];
  });
}

/** How many times as fast the second is, of samples of the same rounds. */
export function ratio(slow: readonly number[], fast: readonly number[]): Ratio {
  const ratios = slow.slice(0, fast.length).map((sample, i) => sample / fast[i]!);
  const interval = medianInterval(ratios);
  return { median: median(ratios), ...(interval ? { interval } : {}) };
}
