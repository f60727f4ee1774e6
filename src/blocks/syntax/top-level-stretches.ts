// The top level of a text in stretches of one or several whole statements, with the words of each, found without parsing it.
// Where one might end and it is not certain that it does, it goes on.
import {
  AT, BRACE, BRACKET, CLOSING_BRACE, CLOSING_PAREN, COLON, COMMA, DOT, EQUALS, EXCLAMATION, GREATER, MINUS, PAREN, PLUS, QUESTION, SEMICOLON, STAR,
} from './characters.ts';
import { isAssignment, isCompound } from './assignments.ts';
import { exampleCallKeyword } from './example-calls.ts';
import { IntegerList, IntegerSet } from './integers.ts';
import { CLOSE, COMMENT, END, OPEN, PUNCTUATION, STRING, WORD, Tokens, hashOf } from './tokens.ts';
import { DECLARED, Stretches, WRITTEN, type TopLevel } from './top-level.ts';
import { BEGINS, GOES_ON, HOLDS_ON, ITERATES, LEADS, LISTS, NAMES, RESERVED, wordRoles, type WordRoles } from './word-roles.ts';

/** A long token costs no more to read than a short one. */
const longestToken = 100;

/** Stretches with one of the words in `leads` act. */
export const topLevelOf = (text: string, leads: readonly string[]): TopLevel => new TopLevelReader(text, leads).read();

/** Used again for the next bracket that is as deep: there are millions. */
class Bracket {
  start = 0;
  /** How many words stand before it. */
  words = 0;
  /** What the expression begins with that it goes on, such as `a` in `a[0]`. */
  root = -1;
  isFunction = false;
}

/** What a name that is declared is. */
interface Names {
  readonly atTop: boolean;
  readonly isVariable: boolean;
  /** Of the brackets around it. */
  readonly depth: number;
}

class TopLevelReader {
  private readonly stretches: Stretches;
  /** Of the stretch that is being read. */
  private costSoFar = 0;
  private inImport = false;
  private readonly declared = new IntegerSet();
  /** The last stretch that declares a word for itself. */
  private readonly local = new IntegerList();
  /** Prototypes that are of nobody, if their names are not declared. */
  private readonly prototypes: { readonly stretch: number; readonly root: number }[] = [];
  private readonly hasExamples: boolean;
  /** Those since the last token; they belong to what stands behind them. */
  private comments: string[] = [];

  private readonly starts: IntegerList;
  private readonly found: IntegerList;
  private readonly firstWords: IntegerList;
  private readonly shared: IntegerSet;

  private tokens: Tokens;
  /** By depth; so many are open. */
  private readonly brackets: Bracket[] = [];
  private opened = 0;
  private closed: Bracket | undefined = undefined;
  /** Whether it is the head of a statement, as in `if (…)`. */
  private closedHead = false;
  private functions = 0;
  /** The word that the present chain of members, indices and calls begins with; -1 where there is none. */
  private root = -1;
  /** The words that have one are the first numbers of the text's words. They are few, and found sooner than among these. */
  private readonly roles: WordRoles;
  private readonly special: WordRoles['special'];
  /** The number of the last one, and its role; -1 for the name of a member that has no role. */
  private lastWord = -1;
  private lastRole = 0;
  private word = -1;
  private role = 0;
  /** Set where the next word is a name that is declared. */
  private names: Names | undefined = undefined;
  /** Set within a list of variables: what follows a comma of it is declared. */
  private list: Names | undefined = undefined;
  /** Set within a pattern. */
  private pattern: Names | undefined = undefined;
  private isIncremented = false;
  private hasDecorator = false;
  /** Whether a bracket is missing, so that lines that look like the top level have to be. */
  private isRecovering = false;

  constructor(private readonly text: string, leads: readonly string[]) {
    this.tokens = new Tokens(text);
    this.hasExamples = text.includes(exampleCallKeyword);
    const stretches = this.stretches = new Stretches(text.length);
    this.starts = stretches.starts;
    this.found = stretches.found;
    this.firstWords = stretches.firstWords;
    this.shared = stretches.shared;
    this.roles = wordRoles(leads);
    this.special = this.roles.special;
    for (let word = 0; word < this.roles.words.count; word++) this.numberOf(this.roles.words.hashOf(word));
    this.shared.add(this.special.exports);
    this.addStretch(0);
  }

  read(): TopLevel {
    const { stretches } = this;
    this.readTokens();
    stretches.isBalanced = this.tokens.depth === 0;
    if (!stretches.isBalanced) this.recover();
    stretches.endOfCode = this.tokens.beforeEnd;
    this.readComments();
    this.endStretch();
    stretches.isUnclear = this.tokens.isUnclear;
    for (const { stretch, root } of this.prototypes) if (!this.declared.has(root)) stretches.acting.add(stretch);
    return stretches;
  }

  /** The one that is being read. */
  private get stretch(): number {
    return this.starts.length - 1;
  }

  private wordAt(index: number): number {
    return this.found.get(index) >> 2;
  }

  private mark(index: number, bit: number): void {
    this.found.set(index, this.found.get(index) | bit);
  }

  private readTokens(): void {
    const { tokens, text } = this;
    while (tokens.next()) {
      if (tokens.kind === COMMENT) {
        if (this.hasExamples) this.comments.push(text.slice(tokens.start, tokens.end));
        continue;
      }
      if (tokens.kind === WORD) {
        this.word = this.roles.words.find(tokens.hash);
        this.role = this.word < 0 ? 0 : this.roles.of[this.word]!;
      }
      if ((tokens.depth < 2 || this.isRecovering) && this.isBoundary()) this.startStretch(tokens.beforeEnd);
      if (this.comments.length > 0) this.readComments();
      const length = tokens.end - tokens.start;
      this.costSoFar += length < longestToken ? length : longestToken;
      switch (tokens.kind) {
        case WORD: this.readWord(); break;
        case OPEN: this.readOpen(); break;
        case CLOSE: this.readClose(); break;
        case PUNCTUATION: this.readPunctuation(); break;
        case STRING: this.readString(); break;
        default: this.root = -1;
      }
    }
  }

  /** The stretch with the bracket that is never closed is read again: a line that begins like the top level is taken to be. */
  private recover(): void {
    const start = this.starts.last;
    this.found.length = this.firstWords.last;
    this.costSoFar = 0;
    const { isUnclear } = this.tokens;
    this.comments = [];
    this.isRecovering = true;
    this.tokens = new Tokens(this.text, start);
    this.tokens.isUnclear = isUnclear;
    this.forgetContext();
    this.readTokens();
  }

  private forgetContext(): void {
    this.opened = 0;
    this.closed = this.names = this.list = this.pattern = undefined;
    this.functions = 0;
    this.root = -1;
  }

  private isBoundary(): boolean {
    const { tokens, text } = this;
    const { before, kind, startsLine } = tokens;
    if (before === END || kind === CLOSE) return false;
    const isWord = kind === WORD;
    if ((kind === OPEN ? tokens.depth - 1 : tokens.depth) > 0) {
      if (!this.isRecovering || !isWord || (this.role & BEGINS) === 0 || text[tokens.start - 1] !== '\n') return false;
      tokens.closeAll();
      this.forgetContext();
      return true;
    }
    const last = tokens.beforeCharacter;
    if (before === PUNCTUATION && last === SEMICOLON) return !isWord || (this.role & GOES_ON) === 0;
    if (!isWord) return false;
    if (before === CLOSE && last === CLOSING_BRACE) return (this.role & GOES_ON) === 0;
    if (!startsLine || (this.role & BEGINS) === 0 || this.hasDecorator || before === PUNCTUATION || before === OPEN) return false;
    return before === WORD ? (this.lastRole & HOLDS_ON) === 0 : !(before === CLOSE && last === CLOSING_PAREN && tokens.isHead);
  }

  private startStretch(at: number): void {
    this.endStretch();
    this.addStretch(at);
    this.forgetContext();
    this.hasDecorator = false;
  }

  private addStretch(at: number): void {
    this.starts.push(at);
    this.costSoFar = 0;
    this.inImport = false;
    this.firstWords.push(this.found.length);
  }

  /** What code writes to and does not declare is everyone's. */
  private endStretch(): void {
    this.stretches.costs.push(this.costSoFar);
    for (let i = this.firstWords.last; i < this.found.length; i++) {
      if ((this.found.get(i) & WRITTEN) !== 0 && this.local.get(this.wordAt(i)) !== this.stretch) this.shared.add(this.wordAt(i));
    }
  }

  /** An example call mentions what it calls. */
  private readComments(): void {
    for (const comment of this.comments.splice(0)) {
      if (!comment.includes(exampleCallKeyword)) continue;
      this.act();
      for (const [word] of comment.matchAll(/[\p{ID_Continue}$]+/gu)) this.add(this.numberOf(hashOf(word)));
    }
  }

  private beginImport(): void {
    this.inImport = true;
    this.stretches.imports.add(this.stretch);
  }

  private act(): void {
    this.stretches.acting.add(this.stretch);
  }

  private numberOf(hash: number): number {
    const word = this.stretches.numbers.numberOf(hash);
    if (word === this.local.length) this.local.push(-1);
    return word;
  }

  private add(word: number): void {
    this.found.push(word * 4 + (this.inImport ? DECLARED : 0));
  }

  private readWord(): void {
    const { tokens, text } = this;
    const { role, special } = this;
    let { word } = this;
    if ((role & LEADS) !== 0) this.act();
    if (tokens.beforeCharacter === DOT && tokens.before === PUNCTUATION && text.charCodeAt(tokens.beforeStart - 1) !== DOT) {
      if (word === special.prototype) this.readPrototype();
      this.lastWord = word;
      this.lastRole = 0;
      return;
    }
    if (word < 0) word = this.numberOf(tokens.hash);
    const index = this.found.length;
    if (word === special.import && !'(.'.includes(text[tokens.end] ?? '') && index === this.firstWords.last && tokens.depth === 0) this.beginImport();
    if ((role & ITERATES) !== 0) this.write();
    const isName = (role & RESERVED) === 0;
    if (isName) this.addName(word);
    const { depth } = tokens;
    if ((role & NAMES) !== 0) this.names = { atTop: depth === 0, isVariable: false, depth };
    else if ((role & LISTS) !== 0) this.names = this.list = { atTop: depth === 0 || (word === special.var && this.functions === 0), isVariable: true, depth };
    this.root = isName ? index : -1;
    this.lastWord = word;
    this.lastRole = role;
  }

  private addName(word: number): void {
    const index = this.found.length;
    this.add(word);
    if (this.inImport) this.shared.add(word);
    if (this.isIncremented) this.mark(index, WRITTEN);
    this.isIncremented = false;
    const names = this.pattern ?? this.names;
    if (names !== undefined) this.declare(index, names);
    this.names = undefined;
    // `module.exports` is what `exports` stands for.
    if (word === this.special.module) this.add(this.special.exports);
  }

  /** `Net.prototype` belongs to `Net`; that of what the file does not declare is everyone's. */
  private readPrototype(): void {
    if (this.root < 0 || this.lastWord === this.special.constructor) this.act();
    else this.prototypes.push({ stretch: this.stretch, root: this.wordAt(this.root) });
  }

  private declare(index: number, { atTop }: Names): void {
    if (!atTop) this.makeLocal(index);
    else {
      this.mark(index, DECLARED);
      this.declared.add(this.wordAt(index));
      this.shared.add(this.wordAt(index));
    }
  }

  private makeLocal(index: number): void {
    this.local.set(this.wordAt(index), this.stretch);
  }

  private readOpen(): void {
    const { tokens } = this;
    const { start, character, before, beforeCharacter } = tokens;
    let isFunction = false;
    if (character === BRACE) {
      if (before === CLOSE && beforeCharacter === CLOSING_PAREN && !this.closedHead) {
        isFunction = true;
        this.closedAreLocal();
      } else isFunction = before === PUNCTUATION && beforeCharacter === GREATER && this.text.charCodeAt(tokens.beforeStart - 1) === EQUALS;
    }
    if (this.opened === this.brackets.length) this.brackets.push(new Bracket());
    const bracket = this.brackets[this.opened++]!;
    bracket.start = start;
    bracket.words = this.found.length;
    bracket.root = this.root;
    bracket.isFunction = isFunction;
    if (isFunction) this.functions++;
    if (this.names?.isVariable && character !== PAREN) this.pattern ??= this.names;
    this.names = undefined;
    this.root = -1;
  }

  private readClose(): void {
    const { tokens } = this;
    const closed = this.closed = this.opened > 0 ? this.brackets[--this.opened] : undefined;
    if (closed && !closed.isFunction && tokens.start - closed.start > this.stretches.longestBracket) this.stretches.longestBracket = tokens.start - closed.start;
    this.closedHead = tokens.isHead;
    if (closed?.isFunction) this.functions--;
    if (this.pattern && tokens.depth <= this.pattern.depth) this.pattern = undefined;
    if (this.list && tokens.depth < this.list.depth) this.list = undefined;
    this.root = closed === undefined ? -1 : closed.root;
  }

  /** What stands between the parentheses before the body of a function are its parameters. */
  private closedAreLocal(): void {
    if (!this.closed) return;
    for (let i = this.closed.words; i < this.found.length; i++) this.makeLocal(i);
  }

  private readPunctuation(): void {
    const { tokens, text } = this;
    const { start, depth, character } = tokens;
    if (isCompound(text, start)) this.write();
    switch (character) {
      case DOT: case QUESTION: case EXCLAMATION: return;
      case EQUALS: {
        const following = text.charCodeAt(start + 1);
        if (following === GREATER) this.readArrow();
        else if (following !== EQUALS && isAssignment(text, start)) this.write();
        break;
      }
      case PLUS: case MINUS:
        if (text.charCodeAt(start + 1) !== character) break;
        if (this.root >= 0 && !tokens.startsLine) this.write();
        else this.isIncremented = true;
        return;
      case COLON:
        if (tokens.before === CLOSE && tokens.beforeCharacter === CLOSING_PAREN && !this.closedHead) this.closedAreLocal();
        break;
      case COMMA:
        if (this.list !== undefined && this.list.depth === depth) this.names = this.list;
        this.root = -1;
        return;
      case SEMICOLON: this.list = undefined; break;
      case AT: this.hasDecorator ||= depth === 0; break;
      // The star of a generator stands before its name.
      case STAR: this.root = -1; return;
    }
    this.names = undefined;
    this.root = -1;
  }

  private readArrow(): void {
    if (this.tokens.before === CLOSE) this.closedAreLocal();
    else if (this.root >= 0) this.makeLocal(this.root);
  }

  /** What stands before is written to: a name, a part of what a name stands for, or the names of a pattern. */
  private write(): void {
    if (this.root >= 0) this.mark(this.root, WRITTEN);
    else if (this.tokens.before === CLOSE && this.closed) for (let i = this.closed.words; i < this.found.length; i++) this.mark(i, WRITTEN);
  }

  private readString(): void {
    const { tokens, text } = this;
    const { start, end, before, beforeCharacter } = tokens;
    if (before === OPEN && beforeCharacter === BRACKET && /^\w+$/.test(text.slice(start + 1, Math.min(end - 1, start + 40)))) {
      const word = this.roles.words.find(hashOf(text.slice(start + 1, end - 1)));
      if (word >= 0 && ((this.roles.of[word]! & LEADS) !== 0 || word === this.special.prototype)) this.act();
    }
    if (before === WORD && this.lastWord === this.special.from) this.act();
    this.root = -1;
  }
}
