// The lane of each item: the longest path takes lane 0, the longest path of what is left takes the nearest lane that is
// free over its rows, and so on.
import type { LaneEdge, LaneItem } from './lanes.ts';
import type { Ranks } from './lane-ranks.ts';

export interface Lanes {
  readonly laneOf: ReadonlyMap<string, number>;
  readonly occupied: Occupancy;
}

/** What stands in each lane at each row: an item, or lines that pass through. */
export class Occupancy {
  private readonly cells = new Map<string, Set<string>>();

  /** True where an item could be put, or a line of this tensor could pass. */
  isFree(lane: number, from: number, to: number, tensor?: string): boolean {
    for (let rank = from; rank <= to; rank++) {
      const cell = this.cells.get(`${lane}:${rank}`);
      if (cell && ![...cell].every(line => line === tensor)) return false;
    }
    return true;
  }

  hasItem(lane: number, rank: number): boolean {
    return this.cells.get(`${lane}:${rank}`)?.has(ITEM) ?? false;
  }

  putItem(lane: number, rank: number): void {
    this.put(lane, rank, ITEM);
  }

  putLine(lane: number, from: number, to: number, tensor: string): void {
    for (let rank = from; rank <= to; rank++) this.put(lane, rank, tensor);
  }

  private put(lane: number, rank: number, what: string): void {
    const key = `${lane}:${rank}`;
    const cell = this.cells.get(key) ?? new Set();
    this.cells.set(key, cell.add(what));
  }
}

const ITEM = '\u0000item';

export function decomposeIntoPaths(items: readonly LaneItem[], ranks: Ranks): Lanes {
  const laneOf = new Map<string, number>();
  const occupied = new Occupancy();
  const weights = new Map(items.map(item => [item.id, item.weight]));
  while (laneOf.size < items.length) {
    const path = longestPath(ranks, weights, laneOf);
    const lead = nearestPlaced(path, ranks, laneOf);
    const rows = path.map(id => ranks.rankOf.get(id)!);
    const from = lead.above ? ranks.rankOf.get(lead.above.from)! + 1 : rows[0]!;
    const to = lead.below ? ranks.rankOf.get(lead.below.to)! - 1 : rows.at(-1)!;
    const lane = laneOf.size === 0 ? 0 : nearestFree(occupied, Math.min(from, rows[0]!), Math.max(to, rows.at(-1)!));
    for (const id of path) {
      laneOf.set(id, lane);
      occupied.putItem(lane, ranks.rankOf.get(id)!);
    }
    reserveLines(path, ranks, lane, occupied);
    if (lead.above) occupied.putLine(lane, from, rows[0]! - 1, lead.above.tensor);
    if (lead.below) occupied.putLine(lane, rows.at(-1)! + 1, to, lead.below.tensor);
  }
  return { laneOf, occupied };
}

/** The heaviest path through items that have no lane yet; the first of equals. */
function longestPath(ranks: Ranks, weights: ReadonlyMap<string, number>, placed: ReadonlyMap<string, number>): string[] {
  const best = new Map<string, { weight: number; before: string | undefined }>();
  let end: string | undefined;
  for (const id of ranks.order) {
    if (placed.has(id)) continue;
    let before: string | undefined;
    let weight = 0;
    for (const edge of ranks.entering.get(id)!) {
      const reached = best.get(edge.from);
      if (reached && reached.weight > weight) ({ weight, before } = { weight: reached.weight, before: edge.from });
    }
    best.set(id, { weight: weight + weights.get(id)!, before });
    if (end === undefined || best.get(id)!.weight > best.get(end)!.weight) end = id;
  }
  const path: string[] = [];
  for (let id = end; id !== undefined; id = best.get(id)!.before) path.unshift(id);
  return path;
}

/** The edges by which a path hangs on items that have a lane: from the lowest above it, to the highest below it. */
function nearestPlaced(
  path: readonly string[], ranks: Ranks, placed: ReadonlyMap<string, number>,
): { above: LaneEdge | undefined; below: LaneEdge | undefined } {
  const rank = (id: string): number => ranks.rankOf.get(id)!;
  const above = ranks.entering.get(path[0]!)!.filter(edge => placed.has(edge.from)).sort((a, b) => rank(b.from) - rank(a.from));
  const below = ranks.leaving.get(path.at(-1)!)!.filter(edge => placed.has(edge.to)).sort((a, b) => rank(a.to) - rank(b.to));
  return { above: above[0], below: below[0] };
}

/** Right first: 1, -1, 2, -2, … */
function nearestFree(occupied: Occupancy, from: number, to: number): number {
  for (let distance = 1; ; distance++) {
    if (occupied.isFree(distance, from, to)) return distance;
    if (occupied.isFree(-distance, from, to)) return -distance;
  }
}

/** A path is one straight line, also through rows in which it has no item. */
function reserveLines(path: readonly string[], ranks: Ranks, lane: number, occupied: Occupancy): void {
  for (let i = 1; i < path.length; i++) {
    const edge = ranks.entering.get(path[i]!)!.find(candidate => candidate.from === path[i - 1]!)!;
    occupied.putLine(lane, ranks.rankOf.get(edge.from)! + 1, ranks.rankOf.get(edge.to)! - 1, edge.tensor);
  }
}
