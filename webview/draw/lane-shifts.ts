// Moves the ends of lines a little beside the middle of their box where two of them would lie on each other there.
import type { Run } from './lane-columns.ts';
import type { Ranks } from './lane-ranks.ts';
import type { LaneItem } from './lanes.ts';

/** A line with its three places: where it leaves, runs down, and enters. */
export interface Line {
  readonly run: Run;
  readonly source: number;
  readonly target: number;
  readonly column: number;
}

/** Pixels. */
const PORT_SHIFT = 18;

/**
 * A line that comes from the side and one that comes from above and turns to the side would lie on each other over the
 * middle of a box. The one that enters the box does so beside the middle then, on the side that it comes from.
 */
export function shiftArrivals(lines: readonly Line[], byId: ReadonlyMap<string, LaneItem>, ranks: Ranks): Line[] {
  const turning = new Map<string, Set<string>>();
  const turnsAway = (gap: number, x: number, tensor: string): void => {
    turning.set(`${gap} ${x}`, (turning.get(`${gap} ${x}`) ?? new Set()).add(tensor));
  };
  for (const { run, source, target, column } of lines) {
    if (source !== column) turnsAway(ranks.rankOf.get(run.edge.from)!, source, run.edge.tensor);
    if (column !== target && !run.side) turnsAway(ranks.rankOf.get(run.edge.to)! - 1, column, run.edge.tensor);
  }
  return lines.map(line => {
    const { run, source, target, column } = line;
    const item = byId.get(run.edge.to)!;
    const others = turning.get(`${ranks.rankOf.get(run.edge.to)! - 1} ${target}`) ?? new Set();
    const crowded = [...others].some(tensor => tensor !== run.edge.tensor);
    if (run.side || source === target || item.portIn || item.boundary || !crowded) return line;
    const from = run.column.kind === 'gutter' ? column : source;
    const shifted = target + Math.sign(from - target) * Math.min(PORT_SHIFT, item.width / 4);
    return { ...line, target: shifted, column: run.column.kind === 'target' ? shifted : column };
  });
}

/** Where the box below is a frame, whose ports stand where they stand, the line that leaves the box above makes room. */
export function shiftDepartures(lines: readonly Line[], byId: ReadonlyMap<string, LaneItem>, ranks: Ranks): Line[] {
  const arriving = new Map<string, Set<string>>();
  for (const { run, source, target } of lines) {
    if (source === target || run.side) continue;
    const key = `${ranks.rankOf.get(run.edge.to)! - 1} ${target}`;
    arriving.set(key, (arriving.get(key) ?? new Set()).add(run.edge.tensor));
  }
  return lines.map(line => {
    const { run, source, target, column } = line;
    const item = byId.get(run.edge.from)!;
    // Between neighbouring rows there is one turn, and the line comes down to it from where it leaves.
    const turnsAt = source !== column ? column : ranks.rankOf.get(run.edge.to)! - 1 === ranks.rankOf.get(run.edge.from)! && !run.side ? target : source;
    const others = arriving.get(`${ranks.rankOf.get(run.edge.from)!} ${source}`) ?? new Set();
    const crowded = [...others].some(tensor => tensor !== run.edge.tensor);
    if (source === turnsAt || item.portOut || item.boundary || !crowded) return line;
    const shifted = source + Math.sign(turnsAt - source) * Math.min(PORT_SHIFT, item.width / 4);
    return { ...line, source: shifted, column: source === column ? shifted : column };
  });
}
