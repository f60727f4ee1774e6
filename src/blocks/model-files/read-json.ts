// Reads JSON, also while it is being written. What is broken is left out and marked, and reading goes on behind it: a quote, a
// bracket or a value that is missing costs the object that it is missing in and not the rest of the file. Comments and commas
// at the end of a list are read over. It does not recurse, so that no depth of nesting is too much for it.
import { canFollowString, closersAhead, editsBetween } from './closers-ahead.ts';
import { JsonArray, JsonMember, JsonObject, JsonValue, type JsonNode } from './json-tree.ts';

export interface JsonError {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface ReadJson {
  /** Undefined where there is nothing at all. */
  readonly root: JsonNode | undefined;
  readonly errors: readonly JsonError[];
}

export const readJson = (text: string): ReadJson => new JsonReader(text).read();

/** More are of no use to anybody. */
const mostErrors = 100;

/** Looking ahead goes through the rest of the text. In one that is broken in more places the likelier is taken. */
const mostLooks = 20;

/** As deep as closing brackets are compared. */
const deepestLook = 32;

class JsonReader {
  private readonly errors: JsonError[] = [];
  private readonly open: (JsonObject | JsonArray)[] = [];
  private root: JsonNode | undefined = undefined;
  private pos = 0;
  /** The name that waits for its value, with its place. */
  private key: string | undefined = undefined;
  private keyStart = 0;
  private keyEnd = 0;
  private looks = 0;
  /** Whether a value has just ended, so that a comma is due before the next. */
  private commaDue = false;

  constructor(private readonly text: string) {}

  read(): ReadJson {
    const { text } = this;
    for (;;) {
      this.skipBlanks();
      if (this.pos >= text.length) break;
      switch (text.charCodeAt(this.pos)) {
        case openBrace: this.begin(new JsonObject(this.pos)); break;
        case openBracket: this.begin(new JsonArray(this.pos)); break;
        case closeBrace: this.closeObject(); break;
        case closeBracket: this.closeArray(); break;
        case comma: this.readComma(); break;
        case quote: this.readString(); break;
        default: this.readWord();
      }
    }
    if (this.open.length > 0) this.error('a closing bracket is missing', text.length, text.length);
    this.dropKey();
    while (this.open.length > 0) this.closeDamaged();
    return { root: this.root, errors: this.errors };
  }

  private get top(): JsonObject | JsonArray | undefined {
    return this.open[this.open.length - 1];
  }

  private skipBlanks(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.pos);
      if (code === 32 || code === 10 || code === 13 || code === 9 || code === 0xfeff) this.pos++;
      else if (code === slash && text.charCodeAt(this.pos + 1) === slash) this.pos = this.after('\n');
      else if (code === slash && text.charCodeAt(this.pos + 1) === star) this.pos = this.after('*/');
      else return;
    }
  }

  private after(what: string): number {
    const found = this.text.indexOf(what, this.pos + 2);
    return found < 0 ? this.text.length : found + what.length;
  }

  private begin(container: JsonObject | JsonArray): void {
    const { key } = this;
    if (key !== undefined && container.kind === 'object' && key.endsWith('_initializer')) {
      const end = endOfPlainObject(this.text, this.pos);
      if (end !== undefined) {
        if (this.commaDue) this.error('a comma is missing', this.pos, this.pos + 1);
        this.key = undefined;
        this.commaDue = true;
        this.pos = end;
        return;
      }
    }
    if (this.top?.kind === 'object' && this.key === undefined) {
      // A value without a name: it has lost that, or the object before it was not closed.
      this.error('a name is missing here', this.pos, this.pos + 1);
      const array = this.openTo('array');
      const others = array >= 0 ? (this.open[array] as JsonArray).items : [];
      if (others.at(-1)?.kind === container.kind && this.likeliest([{ open: array + 1 }, { open: this.open.length }], this.pos) === 0) this.closeToArray();
      else {
        this.top.damaged = true;
        this.commaDue = false;
        this.key = '';
        this.keyStart = this.keyEnd = this.pos;
      }
    }
    this.add(container);
    this.open.push(container);
    this.commaDue = false;
    this.pos++;
  }

  /** Puts a value where the text has come to; nowhere where that is no place for one. */
  private add(node: JsonNode): void {
    const { top } = this;
    if (this.commaDue && top) this.error('a comma is missing', node.start, node.start + 1);
    this.commaDue = true;
    if (!top) {
      if (this.root === undefined) this.root = node;
      else this.error('there is more than one value', node.start, node.start + 1);
    } else if (top.kind === 'array') top.items.push(node);
    else if (this.key !== undefined) {
      if (!(node.kind === 'value' && node.value === null && saysNothing(this.key))) top.members.push(new JsonMember(this.key, node));
      this.key = undefined;
    } else this.damage('a name is missing here', node.start, node.start + 1);
  }

  private closeObject(): void {
    const end = ++this.pos;
    this.dropKey();
    if (this.top?.kind === 'object') this.close(end);
    else this.closeOther('object', end);
  }

  private closeArray(): void {
    const end = ++this.pos;
    this.dropKey();
    if (this.top?.kind === 'array') this.close(end);
    else this.closeOther('array', end);
  }

  private close(end: number): void {
    this.open.pop()!.end = end;
    this.commaDue = true;
  }

  /** A closing bracket of the wrong kind is one too many, stands in the place of the right one, or comes after others that are missing. */
  private closeOther(kind: 'object' | 'array', end: number): void {
    const all = this.open.length;
    const outer = this.openTo(kind);
    const last = this.top?.kind === 'array' ? this.top.items.at(-1) : undefined;
    if (outer < 0) {
      if (last?.kind === 'object') last.damaged = true;
      this.damage('this closes nothing', end - 1, end);
      return;
    }
    // After an object in a list a brace is likely to be one too many.
    const [ignored, others, instead] = [{ open: all }, { open: outer }, { open: all - 1 }];
    const ways = last?.kind === 'object' ? [ignored, others, instead] : [others, ignored, instead];
    const way = ways[this.likeliest(ways, end)]!;
    if (last?.kind === 'object' && way === ignored) last.damaged = true;
    this.damage(way === ignored ? 'this closes nothing' : 'another bracket is missing before this', end - 1, end);
    if (way === ignored) return;
    while (this.open.length > way.open + 1) this.closeDamaged();
    this.top!.damaged = true;
    this.close(end);
  }

  /** The place of the innermost open one of a kind; -1 where there is none. */
  private openTo(kind: 'object' | 'array'): number {
    let i = this.open.length - 1;
    while (i >= 0 && this.open[i]!.kind !== kind) i--;
    return i;
  }

  /**
   * Which of several ways to go on fits what closes further on: each leaves so many of the open brackets open, and the first is the
   * likeliest by itself. `inside` opens one more.
   */
  private likeliest(ways: readonly { readonly open: number; readonly inside?: '}' }[], from: number): number {
    if (this.looks++ >= mostLooks) return 0;
    const ahead = closersAhead(this.text, from, deepestLook);
    const unfit = ways.map(({ open, inside = '' }) =>
      editsBetween(ahead, inside + this.open.slice(Math.max(0, open - deepestLook), open).reverse().map(({ kind }) => (kind === 'object' ? '}' : ']')).join('')));
    return unfit.indexOf(Math.min(...unfit));
  }

  private closeDamaged(): void {
    const top = this.open.pop()!;
    top.damaged = true;
    top.end = this.pos;
  }

  private closeToArray(): void {
    this.dropKey();
    while (this.top?.kind === 'object') this.closeDamaged();
    this.commaDue = false;
  }

  private readComma(): void {
    if (!this.commaDue) this.damage('a value is missing', this.pos, this.pos + 1);
    this.key = undefined;
    this.commaDue = false;
    this.pos++;
  }

  /** A name whose value never came. */
  private dropKey(): void {
    if (this.key === undefined) return;
    this.damage('a value is missing', this.keyStart, this.keyEnd);
    this.key = undefined;
  }

  private readString(): void {
    const start = this.pos;
    const end = this.endOfString(start);
    if (end === undefined) return;
    this.pos = end;
    const value = this.stringOf(start, end);
    if (value === undefined) {
      this.damage('this text cannot be read', start, end);
      this.key = undefined;
      this.commaDue = true;
      return;
    }
    // Most texts that are followed by a colon are names where names belong.
    const inObject = this.top?.kind === 'object';
    if (inObject && this.key !== undefined && !this.colonFollows()) {
      this.add(new JsonValue(value, start, end));
      return;
    }
    this.skipBlanks();
    if (this.text.charCodeAt(this.pos) === colon) this.nameOf(value, start, end);
    else if (inObject) {
      this.damage('a colon is missing', start, end);
      this.commaDue = true;
    } else this.add(new JsonValue(value, start, end));
  }

  private nameOf(name: string, start: number, end: number): void {
    this.dropKey();
    if (this.top?.kind === 'array') this.leaveArray();
    if (this.top?.kind !== 'object') {
      this.error('a name belongs into an object', start, end);
      this.pos++;
      return;
    }
    if (this.commaDue) this.error('a comma is missing', start, start + 1);
    this.key = name;
    this.keyStart = start;
    this.keyEnd = end;
    this.commaDue = false;
    this.pos++;
  }

  /** A name in a list: either the object before it was closed too early, or the list was not closed. */
  private leaveArray(): void {
    const top = this.top as JsonArray;
    const last = top.items.filter(item => item.kind === 'object').at(-1);
    this.error('a name belongs into an object', this.pos, this.pos + 1);
    if (last && this.likeliest([{ open: this.open.length, inside: '}' }, { open: this.openTo('object') + 1 }], this.pos) === 0) {
      last.damaged = true;
      this.open.push(last);
    } else {
      while (this.top?.kind === 'array') this.closeDamaged();
      if (this.top) this.top.damaged = true;
    }
    this.commaDue = false;
  }

  private colonFollows(): boolean {
    // Nearly always the next character tells.
    const next = this.text.charCodeAt(this.pos);
    if (next === comma || next === closeBrace || next === closeBracket || next === 10) return false;
    const before = this.pos;
    this.skipBlanks();
    const follows = this.text.charCodeAt(this.pos) === colon;
    this.pos = before;
    return follows;
  }

  /** Where the string ends, its quote included; undefined, and the position behind it, where it does not. */
  private endOfString(start: number): number | undefined {
    const { text } = this;
    for (let i = start + 1; ; i++) {
      const code = text.charCodeAt(i);
      if (code === backslash) i++;
      else if (code === quote) {
        if (canFollowString(text, i + 1)) return i + 1;
        // This quote begins another string.
        this.broken(start, i);
        return undefined;
      } else if (code === 10 || code === 13 || i >= text.length) {
        this.broken(start, Math.min(i, text.length));
        return undefined;
      }
    }
  }

  /** What seems to be in the string may be brackets that count. */
  private broken(start: number, end: number): void {
    this.damage('a quote is missing', start, end);
    this.key = undefined;
    this.commaDue = true;
    this.pos = start + 1;
  }

  private stringOf(start: number, end: number): string | undefined {
    const inside = this.text.slice(start + 1, end - 1);
    if (!inside.includes('\\')) return inside;
    try {
      return JSON.parse(this.text.slice(start, end)) as string;
    } catch {
      return undefined;
    }
  }

  private readWord(): void {
    const start = this.pos;
    const { text } = this;
    let end = start;
    let digits = 0;
    // Nearly all numbers are small and whole.
    for (let code = text.charCodeAt(end); code >= 48 && code <= 57 && end - start < 9; code = text.charCodeAt(end)) {
      digits = digits * 10 + code - 48;
      end++;
    }
    if (end > start && !isPartOfWord(text.charCodeAt(end)) && (text.charCodeAt(start) !== 48 || end === start + 1) && (this.top?.kind === 'array' || this.key !== undefined)) {
      this.pos = end;
      this.add(new JsonValue(digits, start, end));
      return;
    }
    while (end < text.length && isPartOfWord(text.charCodeAt(end))) end++;
    if (end === start) end++;
    this.pos = end;
    const value = valueOfWord(text.slice(start, end));
    if (value !== undefined && (this.top?.kind !== 'object' || this.key !== undefined)) {
      this.add(new JsonValue(value, start, end));
      return;
    }
    this.damage('this is no value', start, end);
    this.key = undefined;
    this.commaDue = true;
  }

  /** Something is wrong, and something of what is being read is lost with it. */
  private damage(message: string, start: number, end: number): void {
    if (this.top) this.top.damaged = true;
    this.error(message, start, end);
  }

  private error(message: string, start: number, end: number): void {
    if (this.errors.length < mostErrors) this.errors.push({ message, start, end });
  }
}

const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const [comma, colon, quote, backslash, slash, star] = [0x2c, 0x3a, 0x22, 0x5c, 0x2f, 0x2a];

/** That there is none of these is what is taken anyway. */
const saysNothing = (name: string): boolean => name.endsWith('_regularizer') || name.endsWith('_constraint');

/** What says how weights start is a third of most model files. Nothing is asked of it, so that it is left out. */
const longestPlainObject = 1_000;

/** The end of an object that is short and whole; undefined where it has to be read to find that. */
function endOfPlainObject(text: string, start: number): number | undefined {
  let depth = 0;
  const most = Math.min(text.length, start + longestPlainObject);
  for (let i = start; i < most; i++) {
    const code = text.charCodeAt(i);
    if (code === openBrace) depth++;
    else if (code === closeBrace) {
      if (--depth === 0) return i + 1;
    } else if (code === quote) {
      const end = text.indexOf('"', i + 1);
      if (end < 0 || text.charCodeAt(end - 1) === backslash || !canFollowString(text, end + 1)) return undefined;
      i = end;
    } else if (code === openBracket || code === closeBracket || code === slash || code === backslash) return undefined;
  }
  return undefined;
}

const isPartOfWord = (code: number): boolean =>
  code > 32 && code !== comma && code !== colon && code !== quote && code !== openBrace && code !== closeBrace && code !== openBracket && code !== closeBracket && code !== slash;

/** Python also writes `NaN` and `Infinity`. */
function valueOfWord(word: string): number | boolean | null | undefined {
  switch (word) {
    case 'null': return null;
    case 'true': return true;
    case 'false': return false;
    case 'NaN': return NaN;
    case 'Infinity': return Infinity;
    case '-Infinity': return -Infinity;
    default: return /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(word) ? Number(word) : undefined;
  }
}
