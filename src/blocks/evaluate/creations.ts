// What the program has made so far of the things that TensorFlow.js counts to name them: layers and models. A chain that leads
// back to the program's start, so that a count is only worked out where a name is asked for, and what is made elsewhere in
// the meantime does not change it. It is known as far as everything before it is certain.
import { birth } from './birth.ts';

interface Link {
  /** How many times ways have met so far: counting goes that deep. */
  readonly joins: number;
}

interface Start extends Link {
  readonly kind: 'start';
}

/** Something that counts under a name: `Dense`, `sequential_`. */
export interface Made extends Link {
  readonly kind: 'made';
  readonly before: Creation;
  readonly counter: string;
  /** What it is named, up to the number: `dense_Dense`. */
  readonly text: string;
  /** Counts up to here that were asked for; absent until one is. */
  counts: Map<string, number | undefined> | undefined;
}

/** Where things may have been made that nobody knows of; with a counter, only such as count under it. */
interface Unsure extends Link {
  readonly kind: 'unsure';
  readonly before: Creation;
  readonly counter?: string;
}

/** Where two ways meet: a count is known if both agree. */
interface Joined extends Link {
  readonly kind: 'joined';
  readonly ways: readonly [Creation, Creation];
  readonly counts: Map<string, number | undefined>;
}

export type Creation = Start | Made | Unsure | Joined;

/** The end of the chain; written through the undo log. */
export class Creations {
  readonly born = birth();
  last: Creation;

  constructor(before: Creation = start) {
    this.last = before;
  }
}

const start: Creation = { kind: 'start', joins: 0 };

/** Where nobody knows what was made so far. */
export const unknownBefore: Creation = { kind: 'unsure', before: start, joins: 0 };

/** Where no count is known, more cannot change that. */
const isUnknown = (creation: Creation): boolean => creation.kind === 'unsure' && creation.counter === undefined;

/** Undefined where no count is known, and the chain stays as it is. */
export const made = (before: Creation, counter: string, text: string): Made | undefined =>
  isUnknown(before) ? undefined : { kind: 'made', joins: before.joins, before, counter, text, counts: undefined };

export const unsure = (before: Creation, counter?: string): Creation =>
  isUnknown(before) ? before : { kind: 'unsure', before, joins: before.joins, ...(counter === undefined ? {} : { counter }) };

/** More than the stack could take are not followed. */
const mostJoins = 1_000;

export function joined(a: Creation, b: Creation): Creation {
  const joins = Math.max(a.joins, b.joins) + 1;
  return joins > mostJoins ? unsure(a) : { kind: 'joined', ways: [a, b], counts: new Map(), joins };
}

/** How many have been counted under this name up to here; undefined where that is not certain. */
export function countOf(creation: Creation, counter: string): number | undefined {
  let count = 0;
  let at = creation;
  let asked: Map<string, number | undefined> | undefined;
  const remember = (total: number | undefined): number | undefined => {
    asked?.set(counter, total);
    return total;
  };
  for (; at.kind !== 'start'; at = at.before) {
    if (at.kind === 'unsure') {
      if (at.counter === undefined || at.counter === counter) return remember(undefined);
      continue;
    }
    if (at.counts?.has(counter)) {
      const known = at.counts.get(counter);
      return remember(known === undefined ? undefined : known + count);
    }
    if (at.kind === 'joined') {
      const [a, b] = at.ways.map(way => countOf(way, counter));
      const both = a === b ? a : undefined;
      at.counts.set(counter, both);
      return remember(both === undefined ? undefined : both + count);
    }
    if (at === creation) asked = at.counts ??= new Map();
    if (at.counter === counter) count++;
  }
  return remember(count);
}

/** Whether what was made between two places of a chain counts only under names whose count was not certain before: it changes none. */
export function changesNoCount(before: Creation, after: Creation): boolean {
  const seen = new Set<Creation>([before]);
  const work = [after];
  for (let at = work.pop(); at; at = work.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    if (at.kind === 'start') return false;
    if (at.kind === 'joined') work.push(...at.ways);
    else if (at.counter === undefined || countOf(before, at.counter) !== undefined) return false;
    else work.push(at.before);
  }
  return true;
}
