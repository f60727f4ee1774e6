// The row of each item: one more than the lowest row of what goes in.
import type { LaneEdge, LaneItem } from './lanes.ts';

export interface Ranks {
  readonly rankOf: ReadonlyMap<string, number>;
  readonly count: number;
  /** Item ids, inputs before outputs. */
  readonly order: readonly string[];
  /** Edges that run downwards, by the item that they leave and by the one that they enter. */
  readonly leaving: ReadonlyMap<string, readonly LaneEdge[]>;
  readonly entering: ReadonlyMap<string, readonly LaneEdge[]>;
  /** Edges that would close a cycle, which happens where a frame is left and entered again: drawn upwards. */
  readonly upward: readonly LaneEdge[];
}

export function rankItems(items: readonly LaneItem[], edges: readonly LaneEdge[]): Ranks {
  const { order, upward } = topologicalOrder(items, edges);
  const leaving = new Map<string, LaneEdge[]>(items.map(item => [item.id, []]));
  const entering = new Map<string, LaneEdge[]>(items.map(item => [item.id, []]));
  for (const edge of edges) {
    if (upward.includes(edge)) continue;
    leaving.get(edge.from)!.push(edge);
    entering.get(edge.to)!.push(edge);
  }
  const boundary = new Map(items.map(item => [item.id, item.boundary]));
  const first = items.some(item => item.boundary === 'top') ? 1 : 0;
  const rankOf = new Map<string, number>();
  for (const id of order) {
    const after = Math.max(-1, ...entering.get(id)!.map(edge => rankOf.get(edge.from)!)) + 1;
    rankOf.set(id, boundary.get(id) === 'top' ? 0 : Math.max(first, after));
  }
  // A second input is drawn just above its first use, not at the top of the picture.
  for (const id of [...order].reverse()) {
    const uses = leaving.get(id)!.map(edge => rankOf.get(edge.to)!);
    if (entering.get(id)!.length === 0 && boundary.get(id) !== 'top' && uses.length > 0) rankOf.set(id, Math.min(...uses) - 1);
  }
  const inner = items.filter(item => item.boundary !== 'bottom').map(item => rankOf.get(item.id)!);
  const last = Math.max(-1, ...inner) + 1;
  for (const item of items) if (item.boundary === 'bottom') rankOf.set(item.id, last);
  return { rankOf, count: Math.max(0, ...rankOf.values()) + 1, order, leaving, entering, upward };
}

/** Depth first and without recursion, because a graph can be thousands of layers deep. */
function topologicalOrder(items: readonly LaneItem[], edges: readonly LaneEdge[]): { order: string[]; upward: LaneEdge[] } {
  const entering = new Map<string, LaneEdge[]>(items.map(item => [item.id, []]));
  for (const edge of edges) entering.get(edge.to)!.push(edge);
  const state = new Map<string, 'open' | 'done'>();
  const order: string[] = [];
  const upward: LaneEdge[] = [];
  for (const item of items) {
    if (state.has(item.id)) continue;
    const stack = [{ id: item.id, next: 0 }];
    state.set(item.id, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = entering.get(top.id)![top.next++];
      if (!edge) {
        state.set(top.id, 'done');
        order.push(top.id);
        stack.pop();
      } else if (state.get(edge.from) === 'open') {
        upward.push(edge);
      } else if (!state.has(edge.from)) {
        state.set(edge.from, 'open');
        stack.push({ id: edge.from, next: 0 });
      }
    }
  }
  return { order, upward };
}
