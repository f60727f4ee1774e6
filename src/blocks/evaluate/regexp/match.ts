// Matches regular expressions as JavaScript does, by trying one way after the other, with a limit: a pattern of a few
// characters can take longer than anybody can wait, and those who write the files that are read may have made it for that.
import { characterTest, type Flags, type Pattern, type RegularExpression } from './pattern.ts';

/** From where to where; by number of the group, from 0 on. */
type Captures = readonly (readonly [start: number, end: number] | undefined)[];

export interface Match {
  readonly start: number;
  readonly end: number;
  readonly captures: Captures;
}

/** What comes behind what was matched so far; gives where everything ends. */
type Continue = (at: number, captures: Captures) => { readonly end: number; readonly captures: Captures } | undefined;

/** Thrown where a match takes too many steps, or nests too deeply. */
export class MatchGivenUp extends Error {}

const mostDepth = 600;

export class Matcher {
  private depth = 0;
  private readonly isWord: (character: string) => boolean;

  /** `step` is told of each step, and may throw. */
  constructor(private readonly expression: RegularExpression, private readonly text: string, private readonly step: () => void) {
    this.isWord = characterTest('\\w', expression.flags);
  }

  /** The first match from a place on; `sticky` allows none behind it. */
  find(from: number, sticky: boolean): Match | undefined {
    const none: Captures = new Array<undefined>(this.expression.groups).fill(undefined);
    const last = sticky ? from : this.text.length;
    for (let start = from; start <= last; start++) {
      const found = this.match(this.expression.pattern, start, none, false, (end, captures) => ({ end, captures }));
      if (found) return { start, ...found };
    }
    return undefined;
  }

  private match(pattern: Pattern, at: number, captures: Captures, backwards: boolean, next: Continue): ReturnType<Continue> {
    this.step();
    if (++this.depth > mostDepth) throw new MatchGivenUp();
    try {
      switch (pattern.kind) {
        case 'character': {
          const character = this.text[backwards ? at - 1 : at];
          return character !== undefined && pattern.fits(character) ? next(backwards ? at - 1 : at + 1, captures) : undefined;
        }
        case 'start': return at === 0 || (this.flags.multiline && isLineEnd(this.text[at - 1])) ? next(at, captures) : undefined;
        case 'end': return at === this.text.length || (this.flags.multiline && isLineEnd(this.text[at])) ? next(at, captures) : undefined;
        case 'boundary': return this.isBoundary(at) ? next(at, captures) : undefined;
        case 'no-boundary': return this.isBoundary(at) ? undefined : next(at, captures);
        case 'sequence': return this.matchParts(backwards ? [...pattern.parts].reverse() : pattern.parts, 0, at, captures, backwards, next);
        case 'choice':
          for (const way of pattern.ways) {
            const found = this.match(way, at, captures, backwards, next);
            if (found) return found;
          }
          return undefined;
        case 'group':
          return this.match(pattern.inside, at, captures, backwards, (end, inner) =>
            next(end, pattern.number === undefined ? inner : capture(inner, pattern.number, backwards ? [end, at] : [at, end])));
        case 'repeat':
          return pattern.inside.kind === 'character' && !backwards
            ? this.repeatCharacter(pattern, at, captures, next)
            : this.repeat(pattern, pattern.least, pattern.most, at, captures, backwards, next);
        case 'look': {
          const found = this.match(pattern.inside, at, captures, pattern.behind, (end, inner) => ({ end, captures: inner }));
          if (pattern.negated) return found ? undefined : next(at, captures);
          return found && next(at, found.captures);
        }
        case 'reference': return this.matchReference(pattern.to, at, captures, backwards, next);
      }
    } finally {
      this.depth--;
    }
  }

  private matchParts(parts: readonly Pattern[], i: number, at: number, captures: Captures, backwards: boolean, next: Continue): ReturnType<Continue> {
    const part = parts[i];
    return part ? this.match(part, at, captures, backwards, (end, inner) => this.matchParts(parts, i + 1, end, inner, backwards, next)) : next(at, captures);
  }

  private repeat(pattern: Repeat, least: number, most: number, at: number, captures: Captures, backwards: boolean, next: Continue): ReturnType<Continue> {
    if (most === 0) return next(at, captures);
    const once = (): ReturnType<Continue> => this.match(pattern.inside, at, forget(captures, pattern), backwards, (end, inner) =>
      // A turn that takes nothing in is none, once there have been enough.
      (least === 0 && end === at ? undefined : this.repeat(pattern, Math.max(0, least - 1), most - 1, end, inner, backwards, next)));
    if (least > 0) return once();
    return pattern.greedy ? once() ?? next(at, captures) : next(at, captures) ?? once();
  }

  /** The same for what takes in one character at each turn, without a call for each. */
  private repeatCharacter({ inside, least, most, greedy }: Repeat, at: number, captures: Captures, next: Continue): ReturnType<Continue> {
    const { fits } = inside as Extract<Pattern, { kind: 'character' }>;
    const fitsAt = (index: number): boolean => {
      this.step();
      return index < this.text.length && fits(this.text[index]!);
    };
    let end = at;
    while (end - at < (greedy ? most : least) && fitsAt(end)) end++;
    if (end - at < least) return undefined;
    for (;;) {
      const found = next(end, captures);
      if (found) return found;
      this.step();
      if (greedy ? end === at + least : end - at >= most || !fitsAt(end)) return undefined;
      end += greedy ? -1 : 1;
    }
  }

  private matchReference(to: number | string, at: number, captures: Captures, backwards: boolean, next: Continue): ReturnType<Continue> {
    const captured = captures[(typeof to === 'number' ? to : this.expression.names.get(to)!) - 1];
    if (!captured) return next(at, captures);
    const wanted = this.text.slice(...captured);
    for (let i = 0; i <= wanted.length; i += 32) this.step();
    const start = backwards ? at - wanted.length : at;
    return start >= 0 && this.text.startsWith(wanted, start) ? next(backwards ? start : start + wanted.length, captures) : undefined;
  }

  private isBoundary(at: number): boolean {
    const isWordAt = (index: number): boolean => index >= 0 && index < this.text.length && this.isWord(this.text[index]!);
    return isWordAt(at - 1) !== isWordAt(at);
  }

  private get flags(): Flags {
    return this.expression.flags;
  }
}

type Repeat = Extract<Pattern, { kind: 'repeat' }>;

const capture = (captures: Captures, number: number, captured: readonly [number, number]): Captures => captures.map((before, i) => (i === number ? captured : before));

const forget = (captures: Captures, { firstGroup, endGroup }: Repeat): Captures =>
  (firstGroup === endGroup ? captures : captures.map((captured, i) => (i >= firstGroup && i < endGroup ? undefined : captured)));

const isLineEnd = (character: string | undefined): boolean => character !== undefined && /[\n\r\u2028\u2029]/.test(character);
