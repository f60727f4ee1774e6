// The undo log. Where a condition is not known, each arm runs from the same state: what it writes is noted, taken back,
// and afterwards joined with what the other arms wrote. Time stays linear in the size of the program, because the
// state is one and never copied.
import type { Born, Sharer } from './birth.ts';

/** What one place held before and after. */
export interface Change {
  readonly before: unknown;
  after: unknown;
}

/** Everything that some code changed: field or key by the object or map that it belongs to. */
export class Delta {
  readonly changes = new Map<Born, Map<string, Change>>();

  note(target: Born, key: string, before: unknown, after: unknown): void {
    let ofTarget = this.changes.get(target);
    if (!ofTarget) this.changes.set(target, (ofTarget = new Map()));
    const known = ofTarget.get(key);
    if (known) known.after = after;
    else ofTarget.set(key, { before, after });
  }

  get(target: Born, key: string): Change | undefined {
    return this.changes.get(target)?.get(key);
  }

  *places(): Iterable<[target: Born, key: string, change: Change]> {
    for (const [target, ofTarget] of this.changes) for (const [key, change] of ofTarget) yield [target, key, change];
  }
}

/** Objects that are told of one write. */
const mostTold = 16;

interface Entry {
  readonly target: Born;
  readonly key: string;
  readonly before: unknown;
}

/** Says what a place holds when two ways of getting there wrote different things. */
export type JoinPlace = (target: Born, key: string, a: unknown, b: unknown) => unknown;

export class Trail {
  private entries: Entry[] = [];
  private watchers = 0;
  private readonly told = new Set<Born>();
  /** Where the log stood when someone last asked: nobody goes back to a place between there and its end. */
  private mark = 0;
  /** Joins what is changed of one thing, while ways are joined. */
  private mergeOf: ((target: Born) => void) | undefined;

  /** Writes a field of an object, or a key of a map; undefined removes the key. */
  write<T extends Born, K extends keyof T & string>(target: T, key: K, value: T[K]): void {
    this.put(target, key, value);
  }

  writeKey<V>(map: Map<string, V> & Born, key: string, value: V | undefined): void {
    this.put(map, key, value);
  }

  private put(target: Born, key: string, value: unknown): void {
    this.putAlone(target, key, value);
    if (target.mayBeSame) this.tell(target, target.mayBeSame, key);
  }

  private putAlone(target: Born, key: string, value: unknown): void {
    if (this.watchers > 0 && !this.isNoted(target, key)) this.entries.push({ target, key, before: read(target, key) });
    assign(target, key, value);
  }

  /** What may be the same object has perhaps been written to as well. */
  private tell(target: Born, others: readonly Sharer[], key: string): void {
    const isFirst = this.told.size === 0;
    this.told.add(target);
    for (const { other, doubt } of others) if (this.told.size < mostTold && !this.told.has(other)) doubt(key);
    if (isFirst) this.told.clear();
  }

  /**
   * Whether the log has what the place held at the mark. A loop writes the same few places in every turn, which would
   * keep everything that they ever held; so looking at the last entries is enough.
   */
  private isNoted(target: object, key: string): boolean {
    const from = Math.max(this.mark, this.entries.length - 8);
    for (let i = this.entries.length - 1; i >= from; i--) {
      const entry = this.entries[i]!;
      if (entry.target === target && entry.key === key) return true;
    }
    return false;
  }

  /** From here on writes are noted, until as many `unwatch` calls as there were of these. */
  watch(): number {
    this.watchers++;
    return (this.mark = this.entries.length);
  }

  unwatch(): void {
    this.watchers--;
    if (this.watchers > 0) return;
    this.entries = [];
    this.mark = 0;
  }

  /** How many writes were noted since a position. */
  lengthSince(position: number): number {
    return this.entries.length - position;
  }

  /** Whether anything was written since `position` that is as old as `born` or older. */
  reachedBack(position: number, born: number): boolean {
    for (let i = position; i < this.entries.length; i++) if (this.entries[i]!.target.born <= born) return true;
    return false;
  }

  /** What changed between two positions; `to` defaults to now. */
  changesSince(from: number, to = this.entries.length): Delta {
    const delta = new Delta();
    for (let i = from; i < to; i++) {
      const { target, key, before } = this.entries[i]!;
      if (!delta.get(target, key)) delta.note(target, key, before, read(target, key));
    }
    // What a place held at `to` is what the first later entry found there.
    const later = new Set<string>();
    const ids = new Map<Born, number>();
    for (let i = to; i < this.entries.length; i++) {
      const { target, key, before } = this.entries[i]!;
      const change = delta.get(target, key);
      if (!change) continue;
      if (!ids.has(target)) ids.set(target, ids.size);
      const id = `${ids.get(target)}:${key}`;
      if (later.has(id)) continue;
      later.add(id);
      change.after = before;
    }
    return delta;
  }

  /** Takes back everything since a position. */
  rollBack(position: number): void {
    while (this.entries.length > position) {
      const { target, key, before } = this.entries.pop()!;
      assign(target, key, before);
    }
    this.mark = this.entries.length;
  }

  /**
   * Joins the ends of several ways that all started from the present state, when `born` was born. An absent delta is a way
   * without changes.
   */
  merge(ways: readonly Delta[], join: JoinPlace, born: number): void {
    const places = new Delta();
    for (const way of ways) {
      this.bringBack(way, born);
      for (const [target, key, { before }] of way.places()) if (!isOfWay(target, key, born)) places.note(target, key, before, before);
    }
    this.mergePlaces(places, (target, key, { before }) => ways
      .map(way => { const change = way.get(target, key); return change ? change.after : before; })
      .reduce((a, b) => (a === b ? a : join(target, key, a, b))));
  }

  /**
   * Joins the present state with the one in which a way was left earlier (a `return` in one arm of a condition):
   * `left` is what that way had changed when it was left at `position`.
   */
  mergeLeft(position: number, left: Delta, join: JoinPlace, born: number): void {
    const places = new Delta();
    for (const [target, key, { before, after }] of this.changesSince(position).places()) if (!isOfWay(target, key, born)) places.note(target, key, before, after);
    for (const [target, key, { before }] of left.places()) if (!isOfWay(target, key, born) && !places.get(target, key)) places.note(target, key, before, before);
    this.bringBack(left, born);
    this.mergePlaces(places, (target, key, { before, after: now }) => {
      const change = left.get(target, key);
      const then = change ? change.after : before;
      return then === now ? now : join(target, key, now, then);
    });
  }

  /** What a way has made is as it left it. */
  private bringBack(way: Delta, born: number): void {
    for (const [target, key, { after }] of way.places()) if (isOfWay(target, key, born)) this.putAlone(target, key, after);
  }

  private mergePlaces(places: Delta, joined: (target: Born, key: string, change: Change) => unknown): void {
    const done = new Set<Change>();
    const outer = this.mergeOf;
    this.mergeOf = target => {
      for (const [key, change] of places.changes.get(target) ?? []) {
        if (done.has(change)) continue;
        done.add(change);
        const value = joined(target, key, change);
        if (value !== change.after) this.put(target, key, value);
      }
    };
    try {
      for (const target of places.changes.keys()) this.mergeOf(target);
    } finally {
      this.mergeOf = outer;
    }
  }

  /** A join that looks into something sees what is joined of it: until then it holds what one of the ways has left there. */
  mergeBefore(target: Born): void {
    this.mergeOf?.(target);
  }
}

/** Whether something was made in the way that changed it. A variable of `var` is declared by one way for all. */
const isOfWay = (target: Born, key: string, born: number): boolean => target.born > born && (target instanceof Map || key !== 'value');

const read = (target: Born, key: string): unknown =>
  target instanceof Map ? (target as Map<string, unknown>).get(key) : (target as unknown as Record<string, unknown>)[key];

function assign(target: Born, key: string, value: unknown): void {
  if (!(target instanceof Map)) (target as unknown as Record<string, unknown>)[key] = value;
  else if (value === undefined) target.delete(key);
  else target.set(key, value);
}
