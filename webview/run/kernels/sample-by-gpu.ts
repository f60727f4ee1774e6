// Times by the GPU's timer, each next to the time of the same commands by the clock: they count only where both agree.
import type { World } from '../sampling.ts';
import { median } from '../statistics.ts';
import type { GpuTimer } from './gpu-timer.ts';

/** Runs the given number of times, calls back when everything was issued, and returns when the device has finished. */
export type ExecuteUntilIssued = (times: number, issued: () => void) => void | Promise<void>;

const SAMPLES = 7;
/**
 * The timer is at 0.9 to 1.0 of the clock where it works, and at 0.5 to 0.7 while other work holds up the page; a driver that puts
 * commands off gives thousandths.
 */
const AGREES: readonly [number, number] = [0.5, 1.05];

/** Milliseconds of one run; undefined where the timer does not agree with the clock, or was disturbed in most samples. */
export async function sampleByGpu(execute: ExecuteUntilIssued, runsPerSample: number, timer: GpuTimer, world: World): Promise<readonly number[] | undefined> {
  const pairs: { readonly gpu: number; readonly clock: number }[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    await world.breathe();
    const start = world.now();
    timer.begin();
    await execute(runsPerSample, () => timer.end());
    const clock = world.now() - start;
    const [gpu] = await timer.results() ?? [];
    if (gpu !== undefined && world.isVisible()) pairs.push({ gpu: gpu / runsPerSample, clock: clock / runsPerSample });
  }
  return pairs.length > SAMPLES / 2 && agrees(pairs) ? pairs.map(({ gpu }) => gpu) : undefined;
}

export function agrees(pairs: readonly { readonly gpu: number; readonly clock: number }[]): boolean {
  const ratio = median(pairs.map(({ gpu, clock }) => gpu / clock));
  return ratio >= AGREES[0] && ratio <= AGREES[1];
}
