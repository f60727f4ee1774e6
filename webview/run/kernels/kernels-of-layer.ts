// The kernels of one execution of a layer: how often each, and what share of the time each takes where something can time a kernel.
import type { KernelUse } from '../../../src/blocks/protocol/messages.ts';
import type { GpuTimer } from './gpu-timer.ts';
import { recordKernels, type RecordedKernel } from './record-kernels.ts';

/** The clock of a page moves in steps of 100 µs: shares are known when this long was spent in kernels, which is 200 of them. */
const LONG_ENOUGH_MS = 20;
/** Executions end after this long, also where kernels took less: then there are no shares. */
const BUDGET_MS = 80;
/** With a query for each kernel. */
const EXECUTIONS_ON_GPU = 3;

/**
 * `backends` may run kernels of the layer, and `execute` runs it once. A kernel is timed by `timer` where there is one, else by the page's
 * clock where kernels compute `atOnce`, before they return.
 */
export async function kernelsOfLayer(backends: readonly string[], execute: () => void | Promise<void>, { atOnce, timer }: { readonly atOnce: boolean; readonly timer: GpuTimer | undefined }): Promise<readonly KernelUse[]> {
  let executions = 0;
  const end = performance.now() + BUDGET_MS;
  const isEnough = (recorded: readonly RecordedKernel[]): boolean =>
    timer ? executions === EXECUTIONS_ON_GPU : !atOnce || performance.now() > end || msOf(recorded) >= LONG_ENOUGH_MS;
  const recorded = await recordKernels(backends, async soFar => {
    do {
      await execute();
      executions++;
    } while (!isEnough(soFar));
  }, timer);
  const times = timer ? await timer.results() : atOnce && msOf(recorded) >= LONG_ENOUGH_MS ? recorded.map(({ ms }) => ms) : undefined;
  return summarize(recorded, executions, times?.length === recorded.length ? times : undefined);
}

const msOf = (recorded: readonly RecordedKernel[]): number => sum(recorded.map(({ ms }) => ms));

/** `times` are those of `recorded`, in milliseconds, all of `executions` executions. */
export function summarize(recorded: readonly RecordedKernel[], executions: number, times: readonly number[] | undefined): readonly KernelUse[] {
  const whole = times && sum(times);
  const byName = groupBy(recorded.map((kernel, i) => ({ ...kernel, time: times?.[i] ?? 0 })), ({ name }) => name);
  const uses = [...byName].map(([name, runs]): KernelUse => {
    const programs = [...groupBy(runs.flatMap(run => run.programs), program => program)].map(([program, all]) => ({ name: program, count: Math.round(all.length / executions) }));
    return {
      name, count: Math.round(runs.length / executions),
      ...(programs.length > 0 ? { programs } : {}), ...(whole ? { share: sum(runs.map(({ time }) => time)) / whole } : {}),
    };
  });
  return whole ? uses.sort((a, b) => b.share! - a.share!) : uses;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

function groupBy<T>(list: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of list) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
