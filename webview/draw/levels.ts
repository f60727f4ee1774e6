// Takes a block graph apart into levels: what lies directly in a group, with the frames of its inner groups as single
// boxes. A tensor that crosses a frame's border does so at a port, which both levels know.
import type { BlockGraph, Group } from '../../src/blocks/graph/block-graph.ts';
import type { LaneEdge } from './lanes.ts';

export interface Level {
  readonly members: readonly LevelMember[];
  readonly edges: readonly LaneEdge[];
}

/** `nodes` are the ids of all nodes inside; `outputs` are those of them that are used outside, or by nobody. */
export type LevelMember =
  | { readonly kind: 'node'; readonly id: string; readonly nodes: readonly number[] }
  | { readonly kind: 'closed'; readonly id: string; readonly nodes: readonly number[]; readonly outputs: readonly number[]; readonly group: Group }
  | { readonly kind: 'frame'; readonly id: string; readonly nodes: readonly number[]; readonly outputs: readonly number[]; readonly group: Group; readonly level: Level }
  | { readonly kind: 'port'; readonly id: string; readonly boundary: 'top' | 'bottom'; readonly tensor: string };

/** The level of the block itself. Only the groups of `framedGroups` appear. */
export function levelsOf(graph: BlockGraph, closed: ReadonlySet<number>): Level {
  const groups = new Map(graph.groups.map(group => [group.id, group]));
  const root = rootOf(graph);
  const framed = new Set(framedGroups(graph));
  const pathOf = new Map([...pathsToRoot(graph, groups, root)].map(([id, path]) => [id, path.filter(step => step === root || framed.has(step))]));
  return levelOf(root, 0);

  function levelOf(group: number, depth: number): Level {
    const members = new Map<string, LevelMember>();
    const edges = new Map<string, LaneEdge>();
    for (const node of graph.nodes) {
      const path = pathOf.get(node.group)!;
      if (path[depth] !== group) continue;
      const id = memberId(node.id, path, depth);
      if (!members.has(id)) members.set(id, id.startsWith('n') ? { kind: 'node', id, nodes: [node.id] } : memberOfGroup(path[depth + 1]!, id, depth));
    }
    const port = (boundary: 'top' | 'bottom', tensor: number): string => {
      const id = `${boundary}${tensor}`;
      if (!members.has(id)) members.set(id, { kind: 'port', id, boundary, tensor: String(tensor) });
      return id;
    };
    for (const node of graph.nodes) {
      for (const input of new Set(node.inputs)) {
        const [source, target] = [pathOf.get(graph.nodes[input]!.group)!, pathOf.get(node.group)!];
        const [inFrom, inTo] = [source[depth] === group, target[depth] === group];
        if (!inFrom && !inTo) continue;
        const from = inFrom ? memberId(input, source, depth) : port('top', input);
        const to = inTo ? memberId(node.id, target, depth) : port('bottom', input);
        if (from !== to) edges.set(`${from} ${to} ${input}`, { from, to, tensor: String(input) });
      }
    }
    return { members: portsOutermost([...members.values()]), edges: [...edges.values()] };
  }

  function memberOfGroup(id: number, memberId: string, depth: number): LevelMember {
    const group = groups.get(id)!;
    const inside = (node: number): boolean => pathOf.get(graph.nodes[node]!.group)![depth + 1] === id;
    const nodes = graph.nodes.filter(node => inside(node.id)).map(node => node.id);
    const used = new Set(graph.nodes.flatMap(node => node.inputs));
    const leaving = new Set(graph.nodes.filter(node => !inside(node.id)).flatMap(node => node.inputs));
    const outputs = nodes.filter(node => leaving.has(node) || !used.has(node) || graph.outputs.includes(node));
    const common = { id: memberId, nodes, outputs, group };
    return closed.has(id) ? { kind: 'closed', ...common } : { kind: 'frame', ...common, level: levelOf(id, depth + 1) };
  }
}

/** Ids of the groups that get a frame: a frame around one layer would say nothing that the layer does not say. */
export function framedGroups(graph: BlockGraph): number[] {
  const groups = new Map(graph.groups.map(group => [group.id, group]));
  const root = rootOf(graph);
  const paths = pathsToRoot(graph, groups, root);
  const sizes = new Map<number, number>();
  for (const node of graph.nodes) for (const id of paths.get(node.group)!) sizes.set(id, (sizes.get(id) ?? 0) + 1);
  return graph.groups.map(group => group.id).filter(id => id !== root && (sizes.get(id) ?? 0) > 1);
}

const rootOf = (graph: BlockGraph): number => graph.groups.find(group => group.parent === null)?.id ?? 0;

/** The groups from the root down to each group; a parent that is missing counts as the root. */
function pathsToRoot(graph: BlockGraph, groups: ReadonlyMap<number, Group>, root: number): Map<number, readonly number[]> {
  const paths = new Map<number, readonly number[]>([[root, [root]]]);
  const pathTo = (id: number, seen: ReadonlySet<number>): readonly number[] => {
    const known = paths.get(id);
    if (known) return known;
    const parent = groups.get(id)?.parent;
    const path = !groups.has(id) || parent === undefined || parent === null || seen.has(parent)
      ? [root]
      : [...pathTo(parent, new Set(seen).add(id)), id];
    paths.set(id, path);
    return path;
  };
  for (const node of graph.nodes) pathTo(node.group, new Set());
  return paths;
}

const memberId = (node: number, path: readonly number[], depth: number): string =>
  path.length > depth + 1 ? `g${path[depth + 1]}` : `n${node}`;

const portsOutermost = (members: readonly LevelMember[]): LevelMember[] => {
  const place = (member: LevelMember): number => (member.kind !== 'port' ? 1 : member.boundary === 'top' ? 0 : 2);
  return [...members].sort((a, b) => place(a) - place(b));
};
