// Which runs are kept, and what of them: so many of each block, and so many in all, the newest.
import { graphAtSizes } from '../graph/fixed-sizes.ts';
import { totalsOf } from '../graph/totals.ts';
import type { BlockPayload, RunReport, Timing } from '../protocol/messages.ts';
import type { KeptRun, KeptTime } from '../protocol/run-history.ts';

/** By the ids of blocks, those of each block in the order of time. */
export type RunHistories = ReadonlyMap<string, readonly KeptRun[]>;

export interface HistoryBounds {
  readonly perBlock: number;
  readonly inAll: number;
}

/** VS Code warns of an extension that keeps more than 512 kB in a workspace: this many runs stay below. */
export const historyBounds: HistoryBounds = { perBlock: 50, inAll: 500 };

/** `at` is in milliseconds since 1970, `graph` a digest of the graph. */
export function keptRun({ graph }: Pick<BlockPayload, 'graph'>, report: RunReport, at: number, digest: string): KeptRun {
  const { backend, renderer, software, machine, inputShapes, chosenDims, ways, training, noise } = report;
  const { macs } = totalsOf(graphAtSizes(graph, chosenDims).nodes);
  const batch = inputShapes[0]?.[0];
  return {
    at, backend, renderer, software, machine, inputShapes, chosenDims,
    times: {
      written: keptTime(report.whole),
      ...Object.fromEntries(ways.flatMap(({ way, timing }) => (timing ? [[way, keptTime(timing)]] : []))),
      ...(training && 'timing' in training ? { training: keptTime(training.timing) } : {}),
    },
    params: report.measuredParams,
    ...(typeof macs === 'number' && batch !== undefined ? { macs: macs * batch } : {}),
    ...(noise ? { contention: noise.contention } : {}),
    graph: digest,
  };
}

const keptTime = ({ medianMs, intervalMs, samples, quality }: Timing): KeptTime => ({ medianMs, ...(intervalMs ? { intervalMs } : {}), samples, quality });

/** With one more run of a block; the oldest go where there are too many. */
export function withRun(histories: RunHistories, id: string, run: KeptRun, { perBlock, inAll }: HistoryBounds = historyBounds): RunHistories {
  const runs = [...(histories.get(id) ?? []).filter(({ at }) => at !== run.at), run].sort((a, b) => a.at - b.at).slice(-perBlock);
  const all = new Map(histories).set(id, runs);
  const times = [...all.values()].flatMap(kept => kept.map(({ at }) => at)).sort((a, b) => b - a);
  const oldest = times[inAll - 1];
  return oldest === undefined ? all : filtered(all, (_id, { at }) => at >= oldest);
}

export const withoutRun = (histories: RunHistories, id: string, at: number): RunHistories => filtered(histories, (block, run) => block !== id || run.at !== at);

export const withoutRunsOf = (histories: RunHistories, id: string): RunHistories => filtered(histories, block => block !== id);

/** A block without runs is not kept either. */
const filtered = (histories: RunHistories, keep: (id: string, run: KeptRun) => boolean): RunHistories =>
  new Map([...histories].map(([id, runs]) => [id, runs.filter(run => keep(id, run))] as const).filter(([, runs]) => runs.length > 0));
