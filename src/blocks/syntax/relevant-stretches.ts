// Which stretches of a text's top level can have to do with layers: those that act, and those that are tied to them by a
// name that they share. What shares no name with code cannot change what it does.
import { IntegerSet } from './integers.ts';
import type { TopLevel } from './top-level.ts';

/** By stretch. */
export function relevantStretches(topLevel: TopLevel): boolean[] {
  const { count } = topLevel;
  const tied = new Groups(count);
  /** The first stretch that mentions each shared word, counted from 1. */
  const first = new Int32Array(topLevel.numbers.count);
  for (let stretch = 0; stretch < count; stretch++) {
    const end = topLevel.firstWord(stretch + 1);
    for (let i = topLevel.firstWord(stretch); i < end; i++) {
      const word = topLevel.wordAt(i);
      if (!topLevel.isShared(word)) continue;
      if (first[word] === 0) first[word] = stretch + 1;
      else tied.join(first[word]! - 1, stretch);
    }
  }
  const relevant = new IntegerSet();
  for (let stretch = 0; stretch < count; stretch++) if (topLevel.acts(stretch)) relevant.add(tied.of(stretch));
  const isRelevant = new Array<boolean>(count).fill(false);
  for (let stretch = 0; stretch < count; stretch++) isRelevant[stretch] = relevant.has(tied.of(stretch));
  return isRelevant;
}

/** Numbers in groups, each known by one of its members. */
class Groups {
  private readonly parents: Int32Array;

  constructor(count: number) {
    this.parents = new Int32Array(count);
    for (let i = 0; i < count; i++) this.parents[i] = i;
  }

  of(member: number): number {
    const { parents } = this;
    let root = member;
    while (parents[root] !== root) root = parents[root] = parents[parents[root]!]!;
    return root;
  }

  join(a: number, b: number): void {
    const one = this.of(a);
    const other = this.of(b);
    // The later one joins the earlier one.
    if (one < other) this.parents[other] = one;
    else this.parents[one] = other;
  }
}
