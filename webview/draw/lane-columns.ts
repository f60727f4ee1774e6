// Which column each line runs down in: the lane of its source, that of its target, or a gutter between lanes.
import type { Gutters } from './lane-gutters.ts';
import type { Lanes } from './lane-paths.ts';
import type { Ranks } from './lane-ranks.ts';
import type { LaneEdge, LaneItem } from './lanes.ts';

/** The vertical part of a line: in the lane of its source or of its target, or in a track of the gutter right of a lane. */
export type Column = { readonly kind: 'source' | 'target' } | { readonly kind: 'gutter'; readonly lane: number; readonly track: number };

export interface Run {
  readonly edge: LaneEdge;
  readonly column: Column;
  /** It enters its target at the side. */
  readonly side: boolean;
  readonly upward: boolean;
}

/** Straight lines first, then short ones, which so get the inner tracks: nested shortcuts do not cross. */
export function chooseColumns(
  edges: readonly LaneEdge[], byId: ReadonlyMap<string, LaneItem>, ranks: Ranks, lanes: Lanes, gutters: Gutters,
): Run[] {
  const { laneOf, occupied } = lanes;
  const rank = (id: string): number => ranks.rankOf.get(id)!;
  const length = (edge: LaneEdge): number => rank(edge.to) - rank(edge.from);
  return [...edges].sort((a, b) => Math.abs(length(a)) - Math.abs(length(b))).map(edge => {
    const [sourceLane, targetLane] = [laneOf.get(edge.from)!, laneOf.get(edge.to)!];
    const [sourceRank, targetRank] = [rank(edge.from), rank(edge.to)];
    if (ranks.upward.includes(edge)) {
      const lane = Math.min(sourceLane, targetLane);
      const track = gutters.take(lane, 2 * targetRank - 1, 2 * sourceRank + 1, edge.tensor);
      return { edge, column: { kind: 'gutter', lane, track }, side: false, upward: true };
    }
    // A line into the side of its target also takes the row of the target.
    const last = (side: boolean): number => (side ? targetRank : targetRank - 1);
    const isFree = (lane: number, side = false): boolean => occupied.isFree(lane, sourceRank + 1, last(side), edge.tensor);
    const along = (lane: number, column: Column, side = false): Run => {
      occupied.putLine(lane, sourceRank + 1, last(side), edge.tensor);
      return { edge, column, side, upward: false };
    };
    const joins = ranks.entering.get(edge.to)!.length > 1;
    const isSideFree = (from: number): boolean => byId.get(edge.to)!.sideEntry && joins && reachesSide(from, targetLane, targetRank, lanes);
    if (sourceLane === targetLane && isFree(targetLane)) return along(targetLane, { kind: 'target' });
    if (sourceLane !== targetLane) {
      if (joins && isSideFree(sourceLane) && isFree(sourceLane, true)) return along(sourceLane, { kind: 'source' }, true);
      if (joins && isFree(sourceLane)) return along(sourceLane, { kind: 'source' });
      if (isFree(targetLane)) return along(targetLane, { kind: 'target' });
      if (isFree(sourceLane)) return along(sourceLane, { kind: 'source' });
    }
    const lane = Math.min(sourceLane, targetLane);
    const side = isSideFree(lane + 0.5);
    const track = gutters.take(lane, 2 * sourceRank + 1, side ? 2 * targetRank : 2 * targetRank - 1, edge.tensor);
    return { edge, column: { kind: 'gutter', lane, track }, side, upward: false };
  });
}

/** True where nothing stands between a column and the target's side in the target's row; gutters are at half lanes. */
function reachesSide(from: number, targetLane: number, rank: number, lanes: Lanes): boolean {
  const [low, high] = from < targetLane ? [Math.ceil(from), targetLane - 1] : [targetLane + 1, Math.floor(from)];
  for (let lane = low; lane <= high; lane++) if (lanes.occupied.hasItem(lane, rank)) return false;
  return true;
}
