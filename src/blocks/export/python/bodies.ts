// Which groups of a graph become classes or functions of their own, and what each of them holds.
import type { Group } from '../../graph/block-graph.ts';
import type { PythonProgram, PythonStatement } from './statements.ts';

export interface Body {
  /** As the program or the library names it. */
  readonly name: string;
  readonly items: readonly BodyItem[];
  /** Tensors by their numbers: those that come from outside in the order of their first use, and those that are used there. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

export type BodyItem = PythonStatement | InnerBody;

export interface InnerBody {
  readonly body: Body;
  /** What it is called where it needs a name. */
  readonly wanted: string;
}

export const isInner = (item: BodyItem): item is InnerBody => 'body' in item;

/** The body of the whole program. */
export function bodyOf(program: PythonProgram, groups: readonly Group[], name: string): Body {
  const usable = usableGroups(program, groups);
  const paths = program.statements.map(({ group }) => pathTo(group, groups).filter(id => usable.has(id)));
  const items = itemsOf(program.statements, paths, 0, groups, new Set(program.outputs));
  const [only] = items;
  // A graph that is one group altogether needs no second one around it.
  const content = items.length === 1 && isInner(only!) && sameTensors(only.body.outputs, program.outputs) ? only.body.items : items;
  return { name, items: content, inputs: program.inputs, outputs: program.outputs };
}

const sameTensors = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((tensor, i) => tensor === b[i]);

/** `depth` groups of each path are around these statements already; `outside` are tensors that somebody else uses. */
function itemsOf(statements: readonly PythonStatement[], paths: readonly (readonly number[])[], depth: number, groups: readonly Group[], outside: ReadonlySet<number>): readonly BodyItem[] {
  const items: BodyItem[] = [];
  for (let from = 0; from < statements.length;) {
    const group = paths[from]![depth];
    let to = from + 1;
    if (group === undefined) {
      items.push(statements[from]!);
    } else {
      while (to < statements.length && paths[to]![depth] === group) to++;
      const inside = statements.slice(from, to);
      const others = [...statements.slice(0, from), ...statements.slice(to)];
      const used = new Set([...outside, ...others.flatMap(({ inputs }) => inputs)]);
      items.push(innerBody(inside, itemsOf(inside, paths.slice(from, to), depth + 1, groups, used), groups[group]!.name, used));
    }
    from = to;
  }
  return items;
}

/** Around a single item there is no body: it takes over the name, if it is one itself. */
function innerBody(statements: readonly PythonStatement[], items: readonly BodyItem[], name: string, used: ReadonlySet<number>): BodyItem {
  const [only] = items;
  if (items.length === 1) return isInner(only!) ? { ...only, wanted: name } : only!;
  return { wanted: name, body: { name, items, ...boundary(statements, used) } };
}

function boundary(statements: readonly PythonStatement[], used: ReadonlySet<number>): Pick<Body, 'inputs' | 'outputs'> {
  const made = new Set(statements.flatMap(({ outputs }) => outputs));
  const into = statements.flatMap(({ inputs }) => inputs).filter(tensor => !made.has(tensor));
  return { inputs: [...new Set(into)], outputs: [...made].filter(tensor => used.has(tensor)) };
}

/**
 * A group is one piece of the program: its statements stand together, tensors go into it, one comes out, and none of its layers is applied
 * elsewhere too.
 */
function usableGroups({ statements, outputs }: PythonProgram, groups: readonly Group[]): ReadonlySet<number> {
  const members = new Map<number, number[]>();
  statements.forEach(({ group }, i) => {
    for (const id of pathTo(group, groups)) members.set(id, [...(members.get(id) ?? []), i]);
  });
  const usable = new Set<number>();
  for (const [id, indices] of members) {
    const [first, last] = [indices[0]!, indices.at(-1)!];
    const inside = statements.slice(first, last + 1);
    const others = [...statements.slice(0, first), ...statements.slice(last + 1)];
    const { inputs: into, outputs: out } = boundary(inside, new Set([...outputs, ...others.flatMap(({ inputs }) => inputs)]));
    const layers = new Set(inside.flatMap(({ layer }) => layer ?? []));
    const shares = others.some(({ layer }) => layer !== undefined && layers.has(layer));
    if (inside.length === indices.length && into.length > 0 && out.length === 1 && !shares) usable.add(id);
  }
  return usable;
}

/** Outermost first, without the block itself. */
function pathTo(group: number, groups: readonly Group[]): readonly number[] {
  const path: number[] = [];
  for (let at = groups[group]; at && at.parent !== null; at = groups[at.parent]) path.unshift(at.id);
  return path;
}
