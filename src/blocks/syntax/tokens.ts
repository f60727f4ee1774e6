// The tokens of a text, found without parsing it: for texts of megabytes, where the parser would take seconds. Where tokens
// cannot tell what a text means, as in JSX, it says so.

export type TokenKind = 'end' | 'word' | 'number' | 'string' | 'template' | 'open' | 'close' | 'regular-expression' | 'comment' | 'punctuation';

/** What a character is by itself; 0 is punctuation. */
const [BLANK, LINE_END, LETTER, DIGIT, QUOTE, OPEN, CLOSE] = [1, 2, 3, 4, 5, 6, 7];

const classes = new Uint8Array(128);
for (const [characters, value] of [
  [' \t\v\f', BLANK], ['\n\r', LINE_END], ['abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$', LETTER], ['0123456789', DIGIT], ['\'"', QUOTE], ['([{', OPEN],
  [')]}', CLOSE],
] as const) for (const character of characters) classes[character.charCodeAt(0)] = value;

/** Blanks and ends of lines that are not ASCII; every other character that is not stands in names. */
const otherBlanks: ReadonlySet<number> = new Set([0xa0, 0xfeff, 0x2028, 0x2029, 0x3000]);

const classOf = (code: number): number => (code < 128 ? classes[code]! : otherBlanks.has(code) ? LINE_END : LETTER);

const code = (character: string): number => character.charCodeAt(0);
const [BACKTICK, BACKSLASH, NEWLINE, SLASH, STAR, DOT] = [code('`'), code('\\'), code('\n'), code('/'), code('*'), code('.')];
const [LESS, GREATER, DOLLAR, BRACE, PAREN, CLOSING_PAREN, CLOSING_BRACKET] = [code('<'), code('>'), code('$'), code('{'), code('('), code(')'), code(']')];

const regularExpression = /\/(?:[^\\/[\n*]|\\.|\[(?:[^\\\]\n]|\\.)*\])(?:[^\\/[\n]|\\.|\[(?:[^\\\]\n]|\\.)*\])*\/[\w$]*/y;

/** Goes through a text token by token; the fields are those of the present one. A template is its texts and the brackets around what stands between them. */
export class Tokens {
  kind: TokenKind = 'end';
  start = 0;
  end = 0;
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
  before: TokenKind = 'end';
  beforeStart = 0;
  beforeEnd = 0;
  /** Whether what ended the token before leaves a template's text behind it. */
  private inTemplate = false;
  private readonly open: ('head' | 'template' | 'bracket')[] = [];

  constructor(readonly text: string, from = 0) {
    this.end = from;
  }

  /** False at the end of the text. */
  next(): boolean {
    const { text } = this;
    if (this.kind !== 'comment') {
      this.before = this.kind;
      this.beforeStart = this.start;
      this.beforeEnd = this.end;
      this.startsLine = this.kind === 'end';
    }
    if (this.inTemplate) return this.readTemplate(this.end);
    let i = this.end;
    for (; i < text.length; i++) {
      const kind = classOf(text.charCodeAt(i));
      if (kind === LINE_END) this.startsLine = true;
      else if (kind !== BLANK) break;
    }
    this.start = i;
    if (i >= text.length) return this.finish('end', text.length);
    const character = text.charCodeAt(i);
    switch (classOf(character)) {
      case LETTER: return this.readWord(i);
      case DIGIT: return this.finish('number', endOfNumber(text, i));
      case QUOTE: return this.finish('string', endOfString(text, i, character));
      case OPEN: return this.readOpen(character);
      case CLOSE: return this.readClose();
      default: return this.readOther(i, character);
    }
  }

  /** Takes what follows to stand at the top level. */
  closeAll(): void {
    this.open.length = 0;
    this.depth = 0;
  }

  private finish(kind: TokenKind, end: number): boolean {
    this.kind = kind;
    this.end = end;
    return kind !== 'end';
  }

  private readWord(start: number): boolean {
    const { text } = this;
    let hash = 0x811c9dc5;
    let i = start;
    for (; i < text.length; i++) {
      const character = text.charCodeAt(i);
      const kind = classOf(character);
      if (kind !== LETTER && kind !== DIGIT) break;
      hash = Math.imul(hash ^ character, 0x01000193);
    }
    // Small integers are the fastest keys.
    this.hash = (hash ^ (hash >>> 17)) & 0x3fffffff;
    return this.finish('word', i);
  }

  private readOpen(character: number): boolean {
    this.isHead = character === PAREN && this.before === 'word' && beforeStatement.has(this.hash);
    this.open.push(this.isHead ? 'head' : 'bracket');
    this.depth++;
    return this.finish('open', this.start + 1);
  }

  private readClose(): boolean {
    const opened = this.open.pop();
    this.depth = this.open.length;
    this.isHead = opened === 'head';
    this.inTemplate = opened === 'template';
    return this.finish('close', this.start + 1);
  }

  private readTemplate(start: number): boolean {
    const { text } = this;
    this.start = start;
    if (text.charCodeAt(start) === DOLLAR && text.charCodeAt(start + 1) === BRACE) {
      this.inTemplate = false;
      this.isHead = false;
      this.open.push('template');
      this.depth++;
      return this.finish('open', start + 2);
    }
    let i = start;
    for (; i < text.length; i++) {
      const character = text.charCodeAt(i);
      if (character === BACKSLASH) i++;
      else if (character === BACKTICK) {
        this.inTemplate = false;
        return this.finish('template', i + 1);
      } else if (character === DOLLAR && text.charCodeAt(i + 1) === BRACE) return this.finish('template', i);
    }
    this.inTemplate = false;
    return this.finish('template', text.length);
  }

  private readOther(i: number, character: number): boolean {
    const { text } = this;
    if (character === SLASH) return this.readSlash(i);
    if (character === BACKTICK) {
      this.inTemplate = true;
      this.readTemplate(i + 1);
      this.start = i;
      return true;
    }
    // A name may be written with escapes; `</` and `/>` are markup.
    if (character === BACKSLASH || (character === LESS && text.charCodeAt(i + 1) === SLASH)) this.isUnclear = true;
    return this.finish('punctuation', i + 1);
  }

  private readSlash(i: number): boolean {
    const { text } = this;
    const following = text.charCodeAt(i + 1);
    if (following === SLASH) {
      const end = text.indexOf('\n', i);
      return this.finish('comment', end < 0 ? text.length : end);
    }
    if (following === STAR) {
      const end = text.indexOf('*/', i + 2);
      if (text.slice(i, end < 0 ? text.length : end).includes('\n')) this.startsLine = true;
      return this.finish('comment', end < 0 ? text.length : end + 2);
    }
    if (following === GREATER && (this.before === 'word' || this.before === 'string' || this.before === 'close')) this.isUnclear = true;
    if (this.divides()) return this.finish('punctuation', i + 1);
    regularExpression.lastIndex = i;
    return regularExpression.test(text) ? this.finish('regular-expression', regularExpression.lastIndex) : this.finish('punctuation', i + 1);
  }

  /** Whether a slash here stands behind a value. Behind a brace it could be either; a regular expression is more likely. */
  private divides(): boolean {
    const { before } = this;
    if (before === 'word') return !beforeExpression.has(this.hash);
    if (before === 'close') {
      const closer = this.text.charCodeAt(this.beforeStart);
      return closer === CLOSING_BRACKET || (closer === CLOSING_PAREN && !this.isHead);
    }
    return before === 'number' || before === 'string' || before === 'template' || before === 'regular-expression';
  }
}

/** The hash that the word has as a token. */
export function hashOf(word: string): number {
  const tokens = new Tokens(word);
  tokens.next();
  return tokens.hash;
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
