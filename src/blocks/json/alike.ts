// Objects in a list that are written alike but for the names in them, as most layers of a long model are. One that has been read tells what
// the others say, so that these need not be read to know it.
import { JsonValue, member, type JsonMember, type JsonObject, type UnreadObject } from './json-tree.ts';
import { endOfPlainText, isAt } from './plain-text.ts';

/** The names in an object that may be others in objects that are alike; undefined where it is no measure for others. */
export type NamesIn = (object: JsonObject) => readonly JsonValue[] | undefined;

/** How objects are written that are alike. */
export class Pattern {
  /** That of the object that came behind one of this pattern the last time. */
  next: Pattern | undefined = undefined;
  /** What somebody has worked out of the example. (In a `WeakMap` it would keep each version of the file until V8's next full collection.) */
  derived: unknown = undefined;
  /** All but the names. */
  readonly text: string;

  constructor(
    /** The one that was read. */
    readonly example: JsonObject,
    /** In the order of the text. */
    readonly names: readonly JsonValue[],
    /** What stands before, between and behind the names. */
    readonly pieces: readonly string[],
    /** Which of the names is its own member `name`; -1 where it has none. */
    readonly own: number,
  ) {
    this.text = pieces.join('');
  }
}

/** An object that is written by a pattern. It is read when somebody asks for its members. */
export class AlikeObject implements UnreadObject {
  constructor(
    readonly pattern: Pattern,
    readonly start: number,
    readonly end: number,
    /** Where each name begins and ends, with its quotes. */
    private readonly places: readonly number[],
    private readonly list: AlikeObjects,
  ) {}

  get text(): string {
    return this.pattern.text;
  }

  get name(): JsonValue | undefined {
    const { own } = this.pattern;
    return own < 0 ? undefined : this.nameAt(own);
  }

  members(): JsonMember[] {
    return this.list.read(this.start, this.end);
  }

  /** What the name says that is in this place among the names. */
  nameText(place: number): string {
    return this.list.text.slice(this.places[2 * place]! + 1, this.places[2 * place + 1]! - 1);
  }

  nameAt(place: number): JsonValue {
    return new JsonValue(this.nameText(place), this.places[2 * place]!, this.places[2 * place + 1]!);
  }

  /** Where something stands that has its place in the example behind so many of the names. */
  offsetOf(inExample: number, names: number): number {
    const { pattern } = this;
    return names === 0 ? this.start + inExample - pattern.example.start : this.places[2 * names - 1]! + inExample - pattern.names[names - 1]!.end;
  }

  /** What an object within it has as its members. */
  membersBetween(start: number, end: number): JsonMember[] {
    return this.list.read(start, end);
  }
}

/** More are not kept, and not looked through. */
const mostPatterns = 64;
const mostTried = 8;

export class AlikeObjects {
  private patterns = 0;
  /** Those that were met last come first. */
  private readonly recent: Pattern[] = [];
  private last: Pattern | undefined = undefined;

  /** `read` gives the members of the object between two places. */
  constructor(readonly text: string, private readonly namesIn: NamesIn, readonly read: (start: number, end: number) => JsonMember[]) {}

  /** Undefined where it has to be read now. */
  find(start: number): AlikeObject | undefined {
    const { last, recent } = this;
    let found = last?.next && this.match(last.next, start);
    for (let i = 0; !found && i < recent.length && i < mostTried; i++) found = this.match(recent[i]!, start);
    if (found) this.follow(found.pattern);
    return found;
  }

  /** To be told of an object that was read without errors. */
  learn(object: JsonObject): void {
    if (this.patterns >= mostPatterns) return;
    const names = this.namesIn(object);
    if (!names) return;
    const { text } = this;
    const inOrder = [...names].sort((a, b) => a.start - b.start);
    const own = member(object, 'name');
    if (own && !names.some(name => name === own)) return;
    const pieces: string[] = [];
    let from = object.start;
    for (const { start, end } of inOrder) {
      // With an escape it is longer than what it says, and another one has other places in it.
      if (endOfPlainText(text, start) !== end) return;
      pieces.push(text.slice(from, start));
      from = end;
    }
    pieces.push(text.slice(from, object.end));
    // The name of a member could be written with an escape.
    if (pieces.some(piece => piece.includes('\\'))) return;
    this.patterns++;
    this.follow(new Pattern(object, inOrder, pieces, inOrder.findIndex(name => name === own)));
  }

  private follow(pattern: Pattern): void {
    const { recent } = this;
    if (this.last) this.last.next = pattern;
    this.last = pattern;
    if (recent[0] === pattern) return;
    const place = recent.indexOf(pattern);
    if (place > 0) recent.splice(place, 1);
    recent.unshift(pattern);
  }

  private match(pattern: Pattern, start: number): AlikeObject | undefined {
    const { text } = this;
    const { pieces } = pattern;
    if (!isAt(text, pieces[0]!, start)) return undefined;
    const places: number[] = [];
    let at = start + pieces[0]!.length;
    for (let i = 1; i < pieces.length; i++) {
      const end = endOfPlainText(text, at);
      if (end === undefined || !isAt(text, pieces[i]!, end)) return undefined;
      places.push(at, end);
      at = end + pieces[i]!.length;
    }
    return new AlikeObject(pattern, start, at, places, this);
  }
}
