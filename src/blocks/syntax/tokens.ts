// The tokens of a text, found without parsing it: for texts of megabytes, where the parser would take seconds. Where tokens
// cannot tell what a text means, as in JSX, it says so.
import {
  BACKSLASH, BACKTICK, BRACE, CLOSING_BRACKET, CLOSING_PAREN, DOLLAR, DOT, GREATER, LESS, NEWLINE, PAREN, SLASH, STAR,
} from './characters.ts';
import { IntegerList } from './integers.ts';

/** What a token is. */
export const [END, WORD, NUMBER, STRING, TEMPLATE, OPEN, CLOSE, REGULAR_EXPRESSION, COMMENT, PUNCTUATION] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** What a character is by itself; 0 is punctuation. */
const [BLANK, LINE_END, LETTER, DIGIT, QUOTE, OPENING, CLOSING] = [1, 2, 3, 4, 5, 6, 7];

const classes = new Uint8Array(128);
for (const [characters, value] of [
  [' \t\v\f', BLANK], ['\n\r', LINE_END], ['abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$', LETTER], ['0123456789', DIGIT], ['\'"', QUOTE], ['([{', OPENING],
  [')]}', CLOSING],
] as const) for (const character of characters) classes[character.charCodeAt(0)] = value;

/** Blanks and ends of lines that are not ASCII; every other character that is not stands in names. */
const otherBlanks: ReadonlySet<number> = new Set([0xa0, 0xfeff, 0x2028, 0x2029, 0x3000]);

const classOf = (code: number): number => (code < 128 ? classes[code]! : otherBlanks.has(code) ? LINE_END : LETTER);

/** What is around what stands between two brackets: nothing of note, the head of a statement as in `if (…)`, or a template. */
const [BRACKETS, HEAD, TEMPLATE_TEXT] = [0, 1, 2];

/** Where more follow each other, they stand in place of what is not read, and there may be millions. */
const manyBlanks = 256;
const blanks = /[ \t\v\f]+/y;

function endOfBlanks(text: string, start: number): number {
  blanks.lastIndex = start;
  blanks.test(text);
  return blanks.lastIndex;
}

const regularExpression = /\/(?:[^\\/[\n*]|\\.|\[(?:[^\\\]\n]|\\.)*\])(?:[^\\/[\n]|\\.|\[(?:[^\\\]\n]|\\.)*\])*\/[\w$]*/y;

/** Goes through a text token by token; the fields are those of the present one. A template is its texts and the brackets around what stands between them. */
export class Tokens {
  kind = END;
  start = 0;
  end = 0;
  /** The code of its first character. */
  character = 0;
  /** Of the last word: the same for the same words, and hardly ever for others. */
  hash = 0;
  /** Whether a line ends between the last token that is no comment and this one. */
  startsLine = true;
  /** Whether brackets, quotes and words may be something else than they look like. */
  isUnclear = false;
  /** How many brackets are open around what follows. */
  depth = 0;
  /** Of a closed bracket, and of an open one: whether it is the head of a statement, as in `if (…)`. */
  isHead = false;

  /** The last token that is no comment. */
  before = END;
  beforeStart = 0;
  beforeEnd = 0;
  beforeCharacter = 0;
  /** Whether what ended the token before leaves a template's text behind it. */
  private inTemplate = false;
  private readonly open = new IntegerList();

  constructor(readonly text: string, from = 0) {
    this.end = from;
  }

  /** False at the end of the text. */
  next(): boolean {
    const { text } = this;
    if (this.kind !== COMMENT) {
      this.before = this.kind;
      this.beforeStart = this.start;
      this.beforeEnd = this.end;
      this.beforeCharacter = this.character;
      this.startsLine = this.kind === END;
    }
    if (this.inTemplate) return this.readTemplate(this.end);
    let i = this.end;
    for (; i < text.length; i++) {
      const kind = classOf(text.charCodeAt(i));
      if (kind === LINE_END) this.startsLine = true;
      else if (kind !== BLANK) break;
      else if (i - this.end === manyBlanks) i = endOfBlanks(text, i) - 1;
    }
    this.start = i;
    if (i >= text.length) return this.finish(END, text.length);
    const character = text.charCodeAt(i);
    this.character = character;
    switch (classOf(character)) {
      case LETTER: return this.readWord(i);
      case DIGIT: return this.finish(NUMBER, endOfNumber(text, i));
      case QUOTE: return this.finish(STRING, endOfString(text, i, character));
      case OPENING: return this.readOpen(character);
      case CLOSING: return this.readClose();
      default: return this.readOther(i, character);
    }
  }

  /** Takes what follows to stand at the top level. */
  closeAll(): void {
    this.open.length = 0;
    this.depth = 0;
  }

  private finish(kind: number, end: number): boolean {
    this.kind = kind;
    this.end = end;
    return kind !== END;
  }

  private readWord(start: number): boolean {
    const { text } = this;
    let hash = startOfHash;
    let i = start;
    for (; i < text.length; i++) {
      const character = text.charCodeAt(i);
      const kind = classOf(character);
      if (kind !== LETTER && kind !== DIGIT) break;
      hash = hashWith(hash, character);
    }
    this.hash = endOfHash(hash);
    return this.finish(WORD, i);
  }

  private readOpen(character: number): boolean {
    this.isHead = character === PAREN && this.before === WORD && beforeStatement.has(this.hash);
    this.open.push(this.isHead ? HEAD : BRACKETS);
    this.depth++;
    return this.finish(OPEN, this.start + 1);
  }

  private readClose(): boolean {
    const opened = this.open.pop() ?? BRACKETS;
    this.depth = this.open.length;
    this.isHead = opened === HEAD;
    this.inTemplate = opened === TEMPLATE_TEXT;
    return this.finish(CLOSE, this.start + 1);
  }

  private readTemplate(start: number): boolean {
    const { text } = this;
    this.start = start;
    this.character = text.charCodeAt(start);
    if (this.character === DOLLAR && text.charCodeAt(start + 1) === BRACE) {
      this.inTemplate = false;
      this.isHead = false;
      this.open.push(TEMPLATE_TEXT);
      this.depth++;
      return this.finish(OPEN, start + 2);
    }
    let i = start;
    for (; i < text.length; i++) {
      const character = text.charCodeAt(i);
      if (character === BACKSLASH) i++;
      else if (character === BACKTICK) {
        this.inTemplate = false;
        return this.finish(TEMPLATE, i + 1);
      } else if (character === DOLLAR && text.charCodeAt(i + 1) === BRACE) return this.finish(TEMPLATE, i);
    }
    this.inTemplate = false;
    return this.finish(TEMPLATE, text.length);
  }

  private readOther(i: number, character: number): boolean {
    const { text } = this;
    if (character === SLASH) return this.readSlash(i);
    if (character === BACKTICK) {
      this.inTemplate = true;
      this.readTemplate(i + 1);
      this.start = i;
      this.character = character;
      return true;
    }
    // A name may be written with escapes; `</` and `/>` are markup.
    if (character === BACKSLASH || (character === LESS && text.charCodeAt(i + 1) === SLASH)) this.isUnclear = true;
    return this.finish(PUNCTUATION, i + 1);
  }

  private readSlash(i: number): boolean {
    const { text } = this;
    const following = text.charCodeAt(i + 1);
    if (following === SLASH) {
      const end = text.indexOf('\n', i);
      return this.finish(COMMENT, end < 0 ? text.length : end);
    }
    if (following === STAR) {
      const end = text.indexOf('*/', i + 2);
      if (text.slice(i, end < 0 ? text.length : end).includes('\n')) this.startsLine = true;
      return this.finish(COMMENT, end < 0 ? text.length : end + 2);
    }
    if (following === GREATER && (this.before === WORD || this.before === STRING || this.before === CLOSE)) this.isUnclear = true;
    if (this.divides()) return this.finish(PUNCTUATION, i + 1);
    regularExpression.lastIndex = i;
    return regularExpression.test(text) ? this.finish(REGULAR_EXPRESSION, regularExpression.lastIndex) : this.finish(PUNCTUATION, i + 1);
  }

  /** Whether a slash here stands behind a value. Behind a brace it could be either; a regular expression is more likely. */
  private divides(): boolean {
    const { before } = this;
    if (before === WORD) return !beforeExpression.has(this.hash);
    if (before === CLOSE) {
      const closer = this.beforeCharacter;
      return closer === CLOSING_BRACKET || (closer === CLOSING_PAREN && !this.isHead);
    }
    return before === NUMBER || before === STRING || before === TEMPLATE || before === REGULAR_EXPRESSION;
  }
}

const startOfHash = 0x811c9dc5;
const hashWith = (hash: number, character: number): number => Math.imul(hash ^ character, 0x01000193);
/** Small integers are the fastest keys. */
const endOfHash = (hash: number): number => (hash ^ (hash >>> 17)) & 0x3fffffff;

/** The hash that the word has as a token. */
export function hashOf(word: string): number {
  let hash = startOfHash;
  for (let i = 0; i < word.length; i++) hash = hashWith(hash, word.charCodeAt(i));
  return endOfHash(hash);
}

const hashesOf = (words: string): ReadonlySet<number> => new Set(words.split(' ').map(hashOf));

/** Words that an expression follows: a slash behind them does not divide. */
const beforeExpression = hashesOf('return typeof case in of delete void throw new do else yield await instanceof');
/** Words whose parentheses a statement follows. */
const beforeStatement = hashesOf('if while for with switch catch');

/** `1_000`, `0x1F`, `1.5` and `1e5`; not the method of `3.toFixed`. */
function endOfNumber(text: string, start: number): number {
  let i = start + 1;
  for (; i < text.length; i++) {
    const character = text.charCodeAt(i);
    const kind = classOf(character);
    if (kind === LETTER || kind === DIGIT) continue;
    if (character !== DOT || classOf(text.charCodeAt(i + 1)) !== DIGIT) break;
  }
  return i;
}

/** A quote without its end ends the line. */
function endOfString(text: string, start: number, quote: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (character === NEWLINE) return i;
    if (character === BACKSLASH && text.charCodeAt(i + 1) !== NEWLINE) i++;
    else if (character === quote) return i + 1;
  }
  return text.length;
}
