// Where the lines run and, from that, where everything stands. A line leaves a box downwards, runs along the gap below
// it to its column, down that column, and along the gap above its target, or straight into the target's side.
import type { LaneEdge, LaneItem, LaneLayout, Point } from './lanes.ts';
import { chooseColumns } from './lane-columns.ts';
import type { Lanes } from './lane-paths.ts';
import { Gaps, type Horizontal } from './lane-gaps.ts';
import { Gutters } from './lane-gutters.ts';
import type { Ranks } from './lane-ranks.ts';
import { shiftArrivals, shiftDepartures, type Line } from './lane-shifts.ts';

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
/** At the border of a frame the gap needs no room beyond that of an arrow, or of nothing. */
const BELOW_TITLE = 14;
const ABOVE_BORDER = 2;
const GAP_TRACK = 10;
const ABOVE_FIRST_TRACK = 10;
const SIDE_ENTRY_STEP = 9;
/** Lines from the left and from the right of one gutter must not lie on each other. */
const SIDE_SHIFT = 2;

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
  const lines = shiftDepartures(shiftArrivals(runs.map((run): Line => {
    const source = port(run.edge.from, 'portOut', run.edge.tensor);
    const target = port(run.edge.to, 'portIn', run.edge.tensor);
    const { column } = run;
    return { run, source, target, column: column.kind === 'gutter' ? xs.gutter(column.lane, column.track) : column.kind === 'source' ? source : target };
  }), byId, ranks), byId, ranks);
  const gaps = new Gaps(horizontals(lines, ranks));
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
      const y = middle + (right ? SIDE_SHIFT : -SIDE_SHIFT) + (Math.abs(offset) < to.height / 2 - SIDE_SHIFT - 4 ? offset : 0);
      points.push({ x: column, y }, { x: right ? left(edge.to) + to.width : left(edge.to), y });
    } else {
      const gap = ranks.rankOf.get(edge.to)! - 1;
      if (column !== target) {
        const y = rows.gapTop(gap) + ABOVE_FIRST_TRACK + gaps.track(gap, enterKey(edge, target)) * GAP_TRACK;
        points.push({ x: column, y }, { x: target, y });
      }
      points.push({ x: target, y: top(edge.to) });
    }
    return { edge, points, beside: run.column.kind === 'gutter' || upward };
  }
}

const leaveKey = (edge: LaneEdge): string => `leave ${edge.from} ${edge.tensor}`;
/** Lines into the same port of the same box join before it. */
const enterKey = (edge: LaneEdge, target: number): string => `enter ${edge.to} ${target}`;

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

/** The parts of the lines that run along a gap. */
function horizontals(lines: readonly Line[], ranks: Ranks): Horizontal[] {
  return lines.flatMap(({ run, source, target, column }) => {
    const { edge } = run;
    const leaving = { gap: ranks.rankOf.get(edge.from)!, key: leaveKey(edge), from: source, to: column };
    const entering = { gap: ranks.rankOf.get(edge.to)! - 1, key: enterKey(edge, target), from: column, to: target };
    return [...(source === column ? [] : [leaving]), ...(run.side || column === target ? [] : [entering])];
  });
}

function placeRows(
  items: readonly LaneItem[], ranks: Ranks, gaps: Gaps,
): { top(rank: number, height: number): number; gapTop(gap: number): number; height: number } {
  const heights = Array.from({ length: ranks.count }, () => 0);
  for (const item of items) heights[ranks.rankOf.get(item.id)!] = Math.max(heights[ranks.rankOf.get(item.id)!]!, item.height);
  const [hasTop, hasBottom] = (['top', 'bottom'] as const).map(boundary => items.some(item => item.boundary === boundary));
  const gapHeight = (gap: number): number => {
    const outermost = gap === -1 || gap === ranks.count - 1;
    const tracks = gaps.count(gap);
    if (outermost) return tracks === 0 ? 0 : ABOVE_FIRST_TRACK * 2 + (tracks - 1) * GAP_TRACK;
    const plain = tracks === 0 && hasTop && gap === 0 ? BELOW_TITLE : tracks === 0 && hasBottom && gap === ranks.count - 2 ? ABOVE_BORDER : ROW_GAP;
    return plain + Math.max(0, tracks - 1) * GAP_TRACK;
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
