// JSON as people write it, comments and trailing commas included: a tree with places. Text that does not parse gives as much of
// one as there is, with what is missing left out.
import { insertClosers, missingClosers, type Insertion } from '../syntax/missing-closers.ts';
import type { Span } from '../syntax/typescript-source.ts';

export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonWord;

export interface JsonObject extends Span {
  readonly kind: 'object';
  readonly properties: readonly JsonProperty[];
}

export interface JsonArray extends Span {
  readonly kind: 'array';
  readonly elements: readonly JsonNode[];
}

export interface JsonString extends Span {
  readonly kind: 'string';
  readonly value: string;
  /** Where each character of the value is written, and where the last one ends. */
  readonly offsets: readonly number[];
}

export interface JsonNumber extends Span {
  readonly kind: 'number';
  readonly value: number;
}

export interface JsonWord extends Span {
  readonly kind: 'word';
  readonly value: boolean | null;
}

export interface JsonProperty extends Span {
  readonly key: JsonString;
  /** Absent where nothing is written yet. */
  readonly value?: JsonNode;
}

export interface JsonError extends Span {
  readonly message: string;
}

export interface JsonText {
  readonly root: JsonNode | undefined;
  /** The first is what is wrong; others may follow from it. */
  readonly errors: readonly JsonError[];
}

/** Never throws. With the caret, what is not closed yet is taken to end there. */
export function readJson(text: string, caret?: number): JsonText {
  const read = new Reader(text, offset => offset).read();
  if (read.errors.length === 0) return read;
  const quotes = missingQuotes(text, caret);
  const quoted = insertClosers(text, quotes);
  const moved = caret === undefined ? undefined : movedCaret(caret, quotes);
  const repaired = insertClosers(quoted.text, missingClosers(quoted.text, moved, true));
  const again = new Reader(repaired.text, offset => quoted.original(repaired.original(offset))).read();
  return { root: again.root ?? read.root, errors: read.errors };
}

/** Behind a quote that is missing at it. */
const movedCaret = (caret: number, quotes: readonly Insertion[]): number => caret + quotes.filter(({ at }) => at <= caret).length;

const stringsAndComments = /"(?:[^"\\\r\n]|\\[^\r\n])*("?)|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)/g;

/** A text without its end, which the end of the line ends as well. Where it is typed, it ends at the caret; else before what separates it. */
function missingQuotes(text: string, caret: number | undefined): Insertion[] {
  const insertions: Insertion[] = [];
  for (const { 0: token, 1: quote, index } of text.matchAll(stringsAndComments)) {
    if (!token.startsWith('"') || quote !== '') continue;
    const end = index + token.length;
    const isTyped = caret !== undefined && index < caret && caret <= end;
    insertions.push({ at: isTyped ? caret : Math.max(index + 1, index + token.replace(/[\s,:{}[\]\\]*$/, '').length), closers: '"' });
  }
  return insertions;
}

/** Nobody nests deeper, and the stack is not endless. */
const deepest = 700;

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const word = /[\w$.+-]+/y;
const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

class Reader {
  private i = 0;
  private depth = 0;
  private readonly errors: JsonError[] = [];

  constructor(private readonly text: string, private readonly place: (offset: number) => number) {}

  read(): JsonText {
    if (this.text.startsWith('\uFEFF')) this.i++;
    const root = this.value();
    this.skipTrivia();
    if (this.i < this.text.length) this.fail('Here the file should end.', this.i, this.i + 1);
    return { root, errors: this.errors };
  }

  private fail(message: string, start: number, end: number): void {
    this.errors.push({ message, start: this.place(start), end: this.place(end) });
  }

  private spanFrom(start: number): Span {
    return { start: this.place(start), end: this.place(this.i) };
  }

  private skipTrivia(): void {
    const { text } = this;
    for (;;) {
      while (' \t\r\n'.includes(text[this.i] ?? 'x')) this.i++;
      if (text.startsWith('//', this.i)) this.i = indexOr(text, '\n', this.i);
      else if (text.startsWith('/*', this.i)) this.i = Math.min(indexOr(text, '*/', this.i + 2) + 2, text.length);
      else return;
    }
  }

  /** Undefined, and nothing is read, where there is none. */
  private value(): JsonNode | undefined {
    this.skipTrivia();
    const character = this.text[this.i];
    if (character === '{' || character === '[') return this.nested(character);
    if (character === '"') return this.string();
    return this.word();
  }

  private nested(character: '{' | '['): JsonNode {
    if (this.depth >= deepest) return this.tooDeep();
    this.depth++;
    const node = character === '{' ? this.object() : this.array();
    this.depth--;
    return node;
  }

  /** The rest cannot be told apart without going into it. */
  private tooDeep(): JsonNode {
    const start = this.i;
    this.fail(`This is nested more than ${deepest} deep.`, start, start + 1);
    this.i = this.text.length;
    return { kind: 'array', elements: [], ...this.spanFrom(start) };
  }

  private object(): JsonNode {
    const start = this.i++;
    const properties: JsonProperty[] = [];
    for (let needsComma = false; ;) {
      this.skipTrivia();
      const character = this.text[this.i];
      if (character === '}') {
        this.i++;
        break;
      }
      if (character === undefined || character === ']') {
        this.fail("'}' is missing.", this.i, this.i + 1);
        break;
      }
      if (character === ',') {
        if (!needsComma) this.fail('Something is missing before the comma.', this.i, this.i + 1);
        needsComma = false;
        this.i++;
      } else if (character === '"') {
        if (needsComma) this.fail('A comma is missing.', this.i, this.i + 1);
        properties.push(this.property());
        needsComma = true;
      } else {
        this.fail('A name in double quotes is expected.', this.i, this.i + 1);
        // What stands here may be a value whose name is missing.
        if (!this.value()) this.i++;
      }
    }
    return { kind: 'object', properties, ...this.spanFrom(start) };
  }

  private property(): JsonProperty {
    const start = this.i;
    const key = this.string();
    const end = this.i;
    this.skipTrivia();
    if (this.text[this.i] !== ':') {
      this.fail("':' and a value are missing.", start, end);
      this.i = end;
      return { key, ...this.spanFrom(start) };
    }
    const afterColon = ++this.i;
    this.skipTrivia();
    const value = this.isName() ? undefined : this.value();
    if (value) return { key, value, ...this.spanFrom(start) };
    this.fail('A value is missing.', start, afterColon);
    return { key, start: this.place(start), end: this.place(afterColon) };
  }

  /** Whether the next thing is the name of a property, so that nothing was written where a value or an end should be. */
  private isName(): boolean {
    if (this.text[this.i] !== '"') return false;
    const from = this.i;
    const known = this.errors.length;
    this.string();
    this.skipTrivia();
    const isName = this.text[this.i] === ':';
    this.i = from;
    this.errors.length = known;
    return isName;
  }

  private array(): JsonNode {
    const start = this.i++;
    const elements: JsonNode[] = [];
    for (let needsComma = false; ;) {
      this.skipTrivia();
      const character = this.text[this.i];
      if (character === ']') {
        this.i++;
        break;
      }
      if (character === undefined || character === '}' || this.isName()) {
        this.fail("']' is missing.", this.i, this.i + 1);
        break;
      }
      if (character === ',') {
        if (!needsComma) this.fail('Something is missing before the comma.', this.i, this.i + 1);
        needsComma = false;
        this.i++;
        continue;
      }
      const at = this.i;
      const element = this.value();
      if (!element) this.i++;
      else if (needsComma) this.fail('A comma is missing.', at, at + 1);
      if (element) elements.push(element);
      needsComma = element !== undefined;
    }
    return { kind: 'array', elements, ...this.spanFrom(start) };
  }

  private string(): JsonString {
    const { text } = this;
    const start = this.i++;
    const offsets: number[] = [];
    let value = '';
    for (;;) {
      const character = text[this.i];
      if (character === undefined || character === '\n' || character === '\r') {
        this.fail("'\"' is missing.", start, this.i);
        break;
      }
      if (character === '"') break;
      offsets.push(this.place(this.i));
      value += character === '\\' ? this.escape() : character;
      this.i++;
    }
    offsets.push(this.place(this.i));
    if (text[this.i] === '"') this.i++;
    return { kind: 'string', value, offsets, ...this.spanFrom(start) };
  }

  /** Leaves the last character of it to be passed. */
  private escape(): string {
    const letter = this.text[++this.i] ?? '';
    if (letter !== 'u') return escapes[letter] ?? letter;
    const code = /^[\da-f]{4}/i.exec(this.text.slice(this.i + 1, this.i + 5))?.[0];
    if (code === undefined) return letter;
    this.i += 4;
    return String.fromCharCode(parseInt(code, 16));
  }

  private word(): JsonNode | undefined {
    const start = this.i;
    word.lastIndex = start;
    const written = word.exec(this.text)?.[0];
    if (written === undefined) {
      if (start < this.text.length && !',:}]'.includes(this.text[start]!)) this.fail('A value is expected.', start, start + 1);
      else if (this.depth === 0) this.fail('A value is missing.', start, start);
      return undefined;
    }
    this.i += written.length;
    const span = this.spanFrom(start);
    if (number.test(written)) return { kind: 'number', value: Number(written), ...span };
    if (written === 'null') return { kind: 'word', value: null, ...span };
    if (written !== 'true' && written !== 'false') this.fail(`${written.slice(0, 40)} is no value.`, start, this.i);
    return { kind: 'word', value: written === 'true' ? true : written === 'false' ? false : null, ...span };
  }
}

function indexOr(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  return found < 0 ? text.length : found;
}
