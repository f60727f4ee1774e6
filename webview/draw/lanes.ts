// Lays out one level of a block graph in lanes, as the figures of papers do: the longest path runs straight down in
// lane 0, side branches run in lanes beside it, and a shortcut is a bracket in the gutter between two lanes.
//
// General layered layouts minimise edge length and so bend the main path around every shortcut, which is what makes a
// residual network hard to read there. Here each item has a rank (a row), and horizontal lines run only in the gaps
// between rows, so that no line ever crosses a box.
import { decomposeIntoPaths } from './lane-paths.ts';
import { rankItems } from './lane-ranks.ts';
import { routeEdges, type Route } from './lane-routes.ts';

/** A box of a known size. Tensors enter at its top and leave at its bottom. */
export interface LaneItem {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Where the lane's line meets the box, from its left edge. */
  readonly anchor: number;
  /** How much the item counts in the search for the longest path: the number of layers in it. */
  readonly weight: number;
  /** Where a tensor enters or leaves, from the left edge, where that is not the anchor. */
  readonly portIn?: ReadonlyMap<string, number>;
  readonly portOut?: ReadonlyMap<string, number>;
  /** A boundary of the level: tensors come in at the top and go out at the bottom. */
  readonly boundary?: 'top' | 'bottom';
  /** True where a line may also enter at the side, which reads best for an addition. */
  readonly sideEntry: boolean;
}

export interface LaneEdge {
  readonly from: string;
  readonly to: string;
  /** What flows: edges of the same tensor may share a line. */
  readonly tensor: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface LaneLayout {
  readonly width: number;
  readonly height: number;
  /** The x of lane 0. */
  readonly anchor: number;
  /** The top left corner of each item. */
  readonly corners: ReadonlyMap<string, Point>;
  readonly routes: readonly Route[];
}

/** Items come in an order in which inputs are before outputs, as far as the graph has one. */
export function layOutLanes(items: readonly LaneItem[], edges: readonly LaneEdge[]): LaneLayout {
  const ranks = rankItems(items, edges);
  const lanes = decomposeIntoPaths(items, ranks);
  return routeEdges(items, edges, ranks, lanes);
}
