// Reads JSON, also while it is being written. What is broken is left out and marked, and reading goes on behind it: a quote, a
// bracket or a value that is missing costs the object that it is missing in and not the rest of the file. Comments and commas
// at the end of a list are read over. The tokens are those of jsonc-parser, which VS Code itself reads JSON with; its own tree ends
// where a name lacks a quote, is called once for each bracket that is open, and does not say what is damaged.
import { createScanner } from 'jsonc-parser';
import { AlikeObjects, type NamesIn } from './alike.ts';
import { canFollowString, closersAhead, editsBetween } from './closers-ahead.ts';
import { JsonArray, JsonMember, JsonObject, JsonValue, type JsonNode } from './json-tree.ts';
import { PutOff } from './put-off.ts';
import { closeBrace, closeBracket, comma, faults, isPartOfWord, tokens } from './tokens.ts';
import { finished, type Steps } from '../steps.ts';

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

export interface JsonOptions {
  /** Whether objects and lists of this name are read when they are asked for, where they are short and whole. */
  readonly isPutOff?: (name: string) => boolean;
  /** Of which lists the objects are, too, where one before them was written alike. */
  readonly alike?: { readonly isList: (name: string) => boolean; readonly namesIn: NamesIn };
}

/** Never throws, and does not recurse. */
export const readJson = (text: string, options: JsonOptions = {}): ReadJson => finished(readJsonInSteps(text, options));

/** As `readJson`. */
export const readJsonInSteps = (text: string, options: JsonOptions = {}): Steps<ReadJson> => new JsonReader(text, options).read();

/** More are of no use to anybody. */
const mostErrors = 100;

/** Looking ahead goes through the rest of the text. In one that is broken in more places the likelier is taken. */
const mostLooks = 20;

/** As deep as closing brackets are compared. */
const deepestLook = 32;

/** How many characters are read in one step: a few milliseconds at most. */
const stretch = 65_536;

/** Nobody nests deeper, and what goes through the tree may recurse. */
const deepest = 700;

class JsonReader {
  private readonly scanner;
  private readonly errors: JsonError[] = [];
  private readonly open: (JsonObject | JsonArray)[] = [];
  private root: JsonNode | undefined = undefined;
  /** The name that waits for its value, with its place. */
  private key: string | undefined = undefined;
  private keyStart = 0;
  private keyEnd = 0;
  private looks = 0;
  /** Whether a value has just ended, so that a comma is due before the next. */
  private commaDue = false;
  private readonly putOff: PutOff;
  private readonly alike: AlikeObjects | undefined;

  /** Of the text as a whole, or of what begins and ends within it. */
  constructor(private readonly text: string, private readonly options: JsonOptions, from = text.startsWith('\uFEFF') ? 1 : 0, private readonly to = text.length) {
    this.scanner = createScanner(text, true);
    this.putOff = new PutOff(text);
    this.alike = options.alike && new AlikeObjects(text, options.alike.namesIn, (start, end) => (this.within(start, end) as JsonObject).members);
    this.scanner.setPosition(from);
  }

  *read(): Steps<ReadJson> {
    const { scanner, to } = this;
    while (this.readUntil(scanner.getPosition() + stretch)) yield;
    if (this.open.length > 0) this.error('a closing bracket is missing', to, to);
    this.dropKey();
    while (this.open.length > 0) this.closeDamaged(to);
    return { root: this.root, errors: this.errors };
  }

  /** Whether there is more to read. */
  private readUntil(limit: number): boolean {
    const { scanner, to } = this;
    for (let token = scanner.scan(); token !== tokens.end; token = scanner.scan()) {
      const start = scanner.getTokenOffset();
      if (start >= to) return false;
      const end = scanner.getPosition();
      switch (token) {
        case tokens.openBraceToken: this.begin(new JsonObject(start)); break;
        case tokens.openBracketToken: this.begin(new JsonArray(start)); break;
        case tokens.closeBraceToken: this.closeObject(end); break;
        case tokens.closeBracketToken: this.closeArray(end); break;
        case tokens.commaToken: this.readComma(start); break;
        case tokens.stringLiteral: this.readString(start, end); break;
        case tokens.numericLiteral: this.readValue(scanner.getTokenError() === faults.none ? Number(scanner.getTokenValue()) : undefined, start); break;
        case tokens.trueKeyword: this.readValue(true, start); break;
        case tokens.falseKeyword: this.readValue(false, start); break;
        case tokens.nullKeyword: this.readValue(null, start); break;
        default: this.readValue(this.wordOfPython(), start);
      }
      if (scanner.getPosition() >= limit) return true;
    }
    return false;
  }

  private get top(): JsonObject | JsonArray | undefined {
    return this.open[this.open.length - 1];
  }

  private begin(container: JsonObject | JsonArray): void {
    const { start } = container;
    if (this.open.length >= deepest) {
      this.damage(`this is nested more than ${deepest} deep`, start, start + 1);
      this.scanner.setPosition(this.text.length);
      return;
    }
    if (this.top?.kind === 'array' && this.top.hasAlike && container.kind === 'object') {
      const alike = this.alike!.find(start);
      if (alike) {
        const object = new JsonObject(start, alike);
        object.end = alike.end;
        this.add(object);
        this.scanner.setPosition(object.end);
        return;
      }
    }
    if (this.key !== undefined && container.kind === 'array') container.hasAlike = this.options.alike?.isList(this.key) === true;
    if (this.key !== undefined && this.options.isPutOff?.(this.key) === true) {
      const unread = container.kind === 'object' ? this.unreadObject(start) : this.unreadArray(start);
      if (unread) {
        this.add(unread);
        this.scanner.setPosition(unread.end);
        return;
      }
    }
    if (this.top?.kind === 'object' && this.key === undefined) {
      // A value without a name: it has lost that, or the object before it was not closed.
      this.error('a name is missing here', start, start + 1);
      const array = this.openTo('array');
      const others = array >= 0 ? (this.open[array] as JsonArray).items : [];
      if (others.at(-1)?.kind === container.kind && this.likeliest([{ open: array + 1 }, { open: this.open.length }], start) === 0) this.closeToArray(start);
      else {
        this.top.damaged = true;
        this.commaDue = false;
        this.key = '';
        this.keyStart = this.keyEnd = start;
      }
    }
    this.add(container);
    this.open.push(container);
    this.commaDue = false;
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
      this.addMember(top, node);
      this.key = undefined;
    } else this.damage('a name is missing here', node.start, node.start + 1);
  }

  /** Undefined where it has to be read now. */
  private unreadObject(start: number): JsonObject | undefined {
    const { text } = this;
    const found = this.putOff.object(start);
    if (!found) return undefined;
    const { end, alike, nameStart, nameEnd } = found;
    const name = nameEnd > 0 ? new JsonValue(text.slice(nameStart + 1, nameEnd - 1), nameStart, nameEnd) : undefined;
    const object = new JsonObject(start, { text: alike, name, members: () => (this.within(start, end) as JsonObject).members });
    object.end = end;
    return object;
  }

  private unreadArray(start: number): JsonArray | undefined {
    const found = this.putOff.list(start);
    if (!found) return undefined;
    const { end, value } = found;
    const array = new JsonArray(start, { value, items: () => (this.within(start, end) as JsonArray).items });
    array.end = end;
    return array;
  }

  /** What begins and ends there, which is whole. */
  private within(start: number, end: number): JsonNode {
    return finished(new JsonReader(this.text, this.options, start, end).read()).root!;
  }

  private addMember(object: JsonObject, value: JsonNode | undefined): void {
    object.members.push(new JsonMember(this.key!, this.keyStart, this.keyEnd, value));
  }

  private closeObject(end: number): void {
    this.dropKey();
    if (this.top?.kind === 'object') this.close(end);
    else this.closeOther('object', end);
  }

  private closeArray(end: number): void {
    this.dropKey();
    if (this.top?.kind === 'array') this.close(end);
    else this.closeOther('array', end);
  }

  private close(end: number): void {
    const closed = this.open.pop()!;
    closed.end = end;
    this.commaDue = true;
    const { top } = this;
    if (top?.kind === 'array' && top.hasAlike && closed.kind === 'object' && this.errors.length === 0) this.alike!.learn(closed);
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
    while (this.open.length > way.open + 1) this.closeDamaged(end);
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

  private closeDamaged(end: number): void {
    const top = this.open.pop()!;
    top.damaged = true;
    top.end = end;
  }

  private closeToArray(end: number): void {
    this.dropKey();
    while (this.top?.kind === 'object') this.closeDamaged(end);
    this.commaDue = false;
  }

  private readComma(start: number): void {
    if (this.key !== undefined) this.dropKey();
    else if (!this.commaDue) this.damage('a value is missing', start, start + 1);
    this.commaDue = false;
  }

  /** A name whose value never came. */
  private dropKey(): void {
    if (this.key === undefined) return;
    this.loseValue('a value is missing', this.keyStart, this.keyEnd);
  }

  /** What was to stand here cannot be read. */
  private loseValue(message: string, start: number, end: number): void {
    this.damage(message, start, end);
    if (this.key !== undefined && this.top?.kind === 'object') this.addMember(this.top, undefined);
    this.key = undefined;
    this.commaDue = true;
  }

  private readString(start: number, end: number): void {
    const { scanner } = this;
    const error = scanner.getTokenError();
    if (error === faults.unexpectedEndOfString || !canFollowString(this.text, end)) {
      // Its end is missing, or the quote there begins another one. What seems to be in it may be brackets that count.
      this.loseValue('a quote is missing', start, end);
      scanner.setPosition(start + 1);
      return;
    }
    if (error !== faults.none && error !== faults.invalidCharacter) {
      this.loseValue('this text cannot be read', start, end);
      return;
    }
    const value = scanner.getTokenValue();
    // Most texts that are followed by a colon are names where names belong.
    const inObject = this.top?.kind === 'object';
    if ((!inObject || this.key !== undefined) && !this.colonFollows(end)) {
      this.add(new JsonValue(value, start, end));
      return;
    }
    if (scanner.scan() === tokens.colonToken) {
      this.nameOf(value, start, end);
      return;
    }
    scanner.setPosition(end);
    this.key = value;
    this.keyStart = start;
    this.keyEnd = end;
    this.loseValue('a colon is missing', start, end);
  }

  private nameOf(name: string, start: number, end: number): void {
    this.dropKey();
    if (this.top?.kind === 'array') this.leaveArray(start);
    if (this.top?.kind !== 'object') {
      this.error('a name belongs into an object', start, end);
      return;
    }
    if (this.commaDue) this.error('a comma is missing', start, start + 1);
    this.key = name;
    this.keyStart = start;
    this.keyEnd = end;
    this.commaDue = false;
  }

  /** A name in a list: either the object before it was closed too early, or the list was not closed. */
  private leaveArray(at: number): void {
    const top = this.top as JsonArray;
    const last = top.items.filter(item => item.kind === 'object').at(-1);
    this.error('a name belongs into an object', at, at + 1);
    if (last && this.likeliest([{ open: this.open.length, inside: '}' }, { open: this.openTo('object') + 1 }], at) === 0) {
      last.damaged = true;
      this.open.push(last);
    } else {
      while (this.top?.kind === 'array') this.closeDamaged(at);
      if (this.top) this.top.damaged = true;
    }
    this.commaDue = false;
  }

  private colonFollows(end: number): boolean {
    // Nearly always the next character tells.
    const next = this.text.charCodeAt(end);
    if (next === comma || next === closeBrace || next === closeBracket || next === 10) return false;
    const follows = this.scanner.scan() === tokens.colonToken;
    this.scanner.setPosition(end);
    return follows;
  }

  /** Undefined is no value. */
  private readValue(value: number | boolean | null | undefined, start: number): void {
    const word = this.text.charCodeAt(this.scanner.getPosition());
    let end = this.scanner.getPosition();
    // What it is written together with makes something else of it.
    while (isPartOfWord(this.text.charCodeAt(end))) end++;
    if (isPartOfWord(word)) this.scanner.setPosition(end);
    else if (value !== undefined && (this.top?.kind !== 'object' || this.key !== undefined)) {
      this.add(new JsonValue(value, start, end));
      return;
    }
    this.loseValue('this is no value', start, end);
  }

  /** Python also writes `NaN` and `Infinity`. */
  private wordOfPython(): number | undefined {
    const { scanner } = this;
    const word = scanner.getTokenValue();
    if (word === 'NaN') return NaN;
    if (word === 'Infinity') return Infinity;
    const minus = scanner.getTokenOffset();
    if (word !== '-' || !this.text.startsWith('-Infinity', minus)) return undefined;
    scanner.setPosition(minus + '-Infinity'.length);
    return -Infinity;
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
