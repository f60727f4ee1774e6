// Where the lines run and, from that, where everything stands. A line leaves a box downwards, runs along the gap below
// it to its column, down that column, and along the gap above its target, or straight into the target's side.
import type { LaneEdge, LaneItem, LaneLayout, Point } from './lanes.ts';
import type { Lanes } from './lane-paths.ts';
import type { Ranks } from './lane-ranks.ts';

export interface Route {
  readonly edge: LaneEdge;
  readonly points: readonly Point[];
  /** A shortcut: it passes rows beside other boxes. */
  readonly beside: boolean;
}

/** Pixels. */
const LANE_GAP = 26;
const GUTTER_MARGIN = 16;
const GUTTER_TRACK = 12;
const ROW_GAP = 24;
const GAP_TRACK = 10;
const ABOVE_FIRST_TRACK = 10;
const SIDE_ENTRY_STEP = 9;

/** The vertical part of a line: in the lane of its source or of its target, or in a track of the gutter right of a lane. */
type Column = { readonly kind: 'source' | 'target' } | { readonly kind: 'gutter'; readonly lane: number; readonly track: number };

interface Run {
  readonly edge: LaneEdge;
  readonly column: Column;
  readonly side: boolean;
  readonly upward: boolean;
}

export function routeEdges(items: readonly LaneItem[], edges: readonly LaneEdge[], ranks: Ranks, lanes: Lanes): LaneLayout {
  const byId = new Map(items.map(item => [item.id, item]));
  const gutters = new Gutters();
  const runs = chooseColumns(edges, byId, ranks, lanes, gutters);
  const xs = placeLanes(items, lanes, gutters);
  const x = (id: string): number => xs.lane(lanes.laneOf.get(id)!);
  const left = (id: string): number => x(id) - byId.get(id)!.anchor;
  const port = (id: string, ports: 'portIn' | 'portOut', tensor: string): number => {
    const offset = byId.get(id)![ports]?.get(tensor);
    return offset === undefined ? x(id) : left(id) + offset;
  };
  const lines = runs.map(run => {
    const source = port(run.edge.from, 'portOut', run.edge.tensor);
    const target = port(run.edge.to, 'portIn', run.edge.tensor);
    const { column } = run;
    return { run, source, target, column: column.kind === 'gutter' ? xs.gutter(column.lane, column.track) : column.kind === 'source' ? source : target };
  });
  const gaps = new Gaps(lines, ranks);
  const rows = placeRows(items, ranks, gaps);
  const top = (id: string): number => rows.top(ranks.rankOf.get(id)!, byId.get(id)!.height);
  const entries = new Map<string, number>();
  const routes = lines.map(line => route(line));
  const corners = new Map(items.map(item => [item.id, { x: left(item.id), y: top(item.id) }]));
  return moveToOrigin(items, corners, routes, rows.height);

  function route({ run, source, target, column }: Line): Route {
    const { edge, side, upward } = run;
    const from = byId.get(edge.from)!;
    const to = byId.get(edge.to)!;
    const points: Point[] = [{ x: source, y: top(edge.from) + from.height }];
    const leaveGap = gaps.track(ranks.rankOf.get(edge.from)!, leaveKey(edge));
    if (source !== column) {
      const y = rows.gapTop(ranks.rankOf.get(edge.from)!) + ABOVE_FIRST_TRACK + leaveGap * GAP_TRACK;
      points.push({ x: source, y }, { x: column, y });
    }
    if (side) {
      const right = column > x(edge.to);
      const key = `${edge.to}:${right}`;
      const count = entries.get(key) ?? 0;
      entries.set(key, count + 1);
      const middle = top(edge.to) + to.height / 2;
      const offset = (count % 2 === 1 ? 1 : -1) * Math.ceil(count / 2) * SIDE_ENTRY_STEP;
      const y = middle + (Math.abs(offset) < to.height / 2 - 4 ? offset : 0);
      points.push({ x: column, y }, { x: right ? left(edge.to) + to.width : left(edge.to), y });
    } else {
      const gap = ranks.rankOf.get(edge.to)! - 1;
      if (column !== target) {
        const y = rows.gapTop(gap) + ABOVE_FIRST_TRACK + gaps.track(gap, enterKey(edge)) * GAP_TRACK;
        points.push({ x: column, y }, { x: target, y });
      }
      points.push({ x: target, y: top(edge.to) });
    }
    return { edge, points, beside: run.column.kind === 'gutter' || upward };
  }
}

interface Line {
  readonly run: Run;
  readonly source: number;
  readonly target: number;
  readonly column: number;
}

const leaveKey = (edge: LaneEdge): string => `leave ${edge.from} ${edge.tensor}`;
const enterKey = (edge: LaneEdge): string => `enter ${edge.to}`;

/** Straight lines first, then short ones, which so get the inner tracks: nested shortcuts do not cross. */
function chooseColumns(
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
    const isFree = (lane: number): boolean => occupied.isFree(lane, sourceRank + 1, targetRank - 1, edge.tensor);
    const along = (lane: number, column: Column, side: boolean): Run => {
      occupied.putLine(lane, sourceRank + 1, targetRank - 1, edge.tensor);
      return { edge, column, side, upward: false };
    };
    const joins = ranks.entering.get(edge.to)!.length > 1;
    const isSideFree = (from: number): boolean => byId.get(edge.to)!.sideEntry && joins && reachesSide(from, targetLane, targetRank, lanes);
    if (sourceLane === targetLane && isFree(targetLane)) return along(targetLane, { kind: 'target' }, false);
    if (sourceLane !== targetLane) {
      if (joins && isFree(sourceLane)) return along(sourceLane, { kind: 'source' }, isSideFree(sourceLane));
      if (isFree(targetLane)) return along(targetLane, { kind: 'target' }, false);
      if (isFree(sourceLane)) return along(sourceLane, { kind: 'source' }, false);
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

/** Tracks in the gutter right of each lane. Positions count half rows: 2·r is row r, 2·r + 1 the gap below it. */
class Gutters {
  private readonly lanes = new Map<number, { from: number; to: number; tensor: string }[][]>();

  take(lane: number, from: number, to: number, tensor: string): number {
    const tracks = this.lanes.get(lane) ?? [];
    this.lanes.set(lane, tracks);
    const fits = (track: (typeof tracks)[number]): boolean =>
      track.every(line => line.tensor === tensor || line.to < from || line.from > to);
    let index = tracks.findIndex(fits);
    if (index < 0) index = tracks.push([]) - 1;
    tracks[index]!.push({ from, to, tensor });
    return index;
  }

  tracks(lane: number): number {
    return this.lanes.get(lane)?.length ?? 0;
  }

  lanesUsed(): number[] {
    return [...this.lanes.keys()];
  }
}

function placeLanes(items: readonly LaneItem[], lanes: Lanes, gutters: Gutters): { lane(l: number): number; gutter(l: number, track: number): number } {
  const extent = new Map<number, { left: number; right: number }>();
  for (const item of items) {
    const lane = lanes.laneOf.get(item.id)!;
    const known = extent.get(lane) ?? { left: 0, right: 0 };
    extent.set(lane, { left: Math.max(known.left, item.anchor), right: Math.max(known.right, item.width - item.anchor) });
  }
  const used = [0, ...extent.keys(), ...gutters.lanesUsed()];
  const right = (lane: number): number => extent.get(lane)?.right ?? 0;
  const left = (lane: number): number => extent.get(lane)?.left ?? 0;
  const between = (lane: number): number => LANE_GAP + (gutters.tracks(lane) > 0 ? (gutters.tracks(lane) - 1) * GUTTER_TRACK + GUTTER_MARGIN : 0);
  const x = new Map<number, number>([[0, 0]]);
  for (let lane = 1; lane <= Math.max(...used); lane++) x.set(lane, x.get(lane - 1)! + right(lane - 1) + between(lane - 1) + left(lane));
  for (let lane = -1; lane >= Math.min(...used); lane--) x.set(lane, x.get(lane + 1)! - left(lane + 1) - between(lane) - right(lane));
  return { lane: lane => x.get(lane)!, gutter: (lane, track) => x.get(lane)! + right(lane) + GUTTER_MARGIN + track * GUTTER_TRACK };
}

/** The horizontal lines in the gap below each row (-1 is above the first), each group in a track where it meets no other. */
class Gaps {
  private readonly trackOf = new Map<string, number>();
  private readonly counts = new Map<number, number>();

  constructor(lines: readonly Line[], ranks: Ranks) {
    const groups = new Map<string, { gap: number; key: string; from: number; to: number; order: number }>();
    const add = (gap: number, key: string, a: number, b: number, order: number): void => {
      const id = `${gap} ${key}`;
      const known = groups.get(id) ?? { gap, key, from: a, to: a, order };
      groups.set(id, { ...known, from: Math.min(known.from, a, b), to: Math.max(known.to, a, b) });
    };
    for (const { run, source, target, column } of lines) {
      if (source !== column) add(ranks.rankOf.get(run.edge.from)!, leaveKey(run.edge), source, column, 0);
      if (!run.side && column !== target) add(ranks.rankOf.get(run.edge.to)! - 1, enterKey(run.edge), column, target, 1);
    }
    const tracks = new Map<number, { from: number; to: number }[][]>();
    for (const group of [...groups.values()].sort((a, b) => a.order - b.order)) {
      const inGap = tracks.get(group.gap) ?? [];
      tracks.set(group.gap, inGap);
      let index = inGap.findIndex(track => track.every(other => other.to + 4 < group.from || other.from - 4 > group.to));
      if (index < 0) index = inGap.push([]) - 1;
      inGap[index]!.push(group);
      this.trackOf.set(`${group.gap} ${group.key}`, index);
    }
    for (const [gap, used] of tracks) this.counts.set(gap, used.length);
  }

  track(gap: number, key: string): number {
    return this.trackOf.get(`${gap} ${key}`) ?? 0;
  }

  count(gap: number): number {
    return this.counts.get(gap) ?? 0;
  }
}

function placeRows(
  items: readonly LaneItem[], ranks: Ranks, gaps: Gaps,
): { top(rank: number, height: number): number; gapTop(gap: number): number; height: number } {
  const heights = Array.from({ length: ranks.count }, () => 0);
  for (const item of items) heights[ranks.rankOf.get(item.id)!] = Math.max(heights[ranks.rankOf.get(item.id)!]!, item.height);
  const gapHeight = (gap: number): number => {
    const outermost = gap === -1 || gap === ranks.count - 1;
    const tracks = gaps.count(gap);
    if (outermost) return tracks === 0 ? 0 : ABOVE_FIRST_TRACK * 2 + (tracks - 1) * GAP_TRACK;
    return ROW_GAP + Math.max(0, tracks - 1) * GAP_TRACK;
  };
  const tops: number[] = [];
  let y = gapHeight(-1);
  for (let rank = 0; rank < ranks.count; rank++) {
    tops.push(y);
    y += heights[rank]! + gapHeight(rank);
  }
  return {
    top: (rank, height) => tops[rank]! + (heights[rank]! - height) / 2,
    gapTop: gap => (gap < 0 ? 0 : tops[gap]! + heights[gap]!),
    height: y,
  };
}

function moveToOrigin(items: readonly LaneItem[], corners: ReadonlyMap<string, Point>, routes: readonly Route[], height: number): LaneLayout {
  const xs = [
    0,
    ...items.flatMap(item => [corners.get(item.id)!.x, corners.get(item.id)!.x + item.width]),
    ...routes.flatMap(route => route.points.map(point => point.x)),
  ];
  const least = xs.reduce((a, b) => Math.min(a, b));
  const most = xs.reduce((a, b) => Math.max(a, b));
  const move = (point: Point): Point => ({ x: point.x - least, y: point.y });
  return {
    width: most - least,
    height,
    anchor: -least,
    corners: new Map([...corners].map(([id, corner]) => [id, move(corner)])),
    routes: routes.map(route => ({ ...route, points: route.points.map(move) })),
  };
}
