// What is said of a run and the one before it.
import type { KeptRun, KeptWay } from '../protocol/run-history.ts';
import { timesText } from './comparison-words.ts';
import { isBusy } from './roofline-words.ts';
import { dimsText, numbersLabel, trainingStep, ways } from './run-words.ts';

export const keptWayNames: Readonly<Record<KeptWay, string>> = { written: ways.written.name, predict: ways.predict.name, deployed: ways.deployed.name, training: trainingStep.name };

/** What has to be the same for two times to be compared; the block itself may have changed. */
export const conditionsOf = ({ backend, renderer, machine: { tensorflowjs, browser, cores }, inputShapes, chosenDims }: KeptRun): string =>
  JSON.stringify([backend, renderer, tensorflowjs, browser, cores, inputShapes, Object.entries(chosenDims).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** `1×56×56×64`, with the sizes that were chosen where there are any. */
export function sizesLabel({ inputShapes, chosenDims }: Pick<KeptRun, 'inputShapes' | 'chosenDims'>): string {
  const [inputs, dims] = [inputShapes.map(numbersLabel).join(', '), dimsText(chosenDims)];
  return dims === '' ? inputs : `${inputs} (${dims})`;
}

/** The last run against the one before on the same backend, renderer, machine and sizes. `runs` are in the order of time. */
export function lastRunSentence(runs: readonly KeptRun[], way: KeptWay): string {
  if (runs.length === 0) return 'No run of this block is kept yet.';
  const timed = runs.filter(({ times }) => times[way]);
  const last = timed.at(-1);
  if (!last) return 'No run that is kept measured this.';
  const before = timed.slice(0, -1).filter(run => conditionsOf(run) === conditionsOf(last)).at(-1);
  if (!before) return timed.length === 1 ? 'There is no earlier run to compare the last one with.' : 'No earlier run was on the same backend, renderer, machine and sizes as the last one.';
  const changed = before.graph === last.graph ? '' : '; the block has changed in between';
  const busy = [before, last].some(({ contention }) => contention !== undefined && isBusy({ contention }));
  return `${comparison(before, last, way)}${changed}.${busy ? ' Other work slowed at least one of the two, and may be the difference.' : ''}`;
}

function comparison(before: KeptRun, last: KeptRun, way: KeptWay): string {
  const [from, to] = [before.times[way]!, last.times[way]!];
  const other = `the one ${spanText(last.at - before.at)} before it`;
  if (!from.intervalMs || !to.intervalMs) return `Too few samples to tell the last run and ${other} apart`;
  if (from.intervalMs[0] <= to.intervalMs[1] && to.intervalMs[0] <= from.intervalMs[1]) return `No difference beyond the noise between the last run and ${other}`;
  const ratio = from.medianMs / to.medianMs;
  const [text] = timesText([Math.max(ratio, 1 / ratio)]);
  if (text === '1.00') return `The last run and ${other} differ by less than 1 %`;
  return ratio > 1 ? `The last run is ${text} times as fast as ${other}` : `The last run takes ${text} times as long as ${other}`;
}

const UNITS: readonly (readonly [string, number])[] = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1000]];

/** `20 minutes`: milliseconds in the largest unit that there is at least one of. */
export function spanText(ms: number): string {
  const [unit, length] = UNITS.find(([, least]) => ms >= least) ?? UNITS.at(-1)!;
  const count = Math.max(1, Math.floor(ms / length));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
