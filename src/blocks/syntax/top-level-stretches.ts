// The top level of a text in stretches of one or several whole statements, with the words of each, found without parsing it.
// Where one might end and it is not certain that it does, it goes on.
import { exampleCallKeyword } from './example-calls.ts';
import { IntegerList, IntegerSet } from './integers.ts';
import { hashOf, Tokens } from './tokens.ts';
import { Words } from './words.ts';

/** A word is declared at the top level; it is assigned to, or a property of what it stands for is. */
const [DECLARED, WRITTEN] = [1, 2];

/** A long token costs no more to read than a short one. */
const longestToken = 100;

/** What a word means for where statements end, and for the words around it. */
const [LEADS, NAMES, LISTS, BEGINS, GOES_ON, HOLDS_ON, ITERATES, RESERVED] = [1, 2, 4, 8, 16, 32, 64, 128];

const roles: readonly (readonly [role: number, words: string])[] = [
  // Through these any part of a program can reach any other.
  [LEADS, 'import require importScripts globalThis window self global eval __proto__ setPrototypeOf defineProperty defineProperties'],
  [NAMES, 'function class enum namespace interface type'],
  [LISTS, 'const let var'],
  // A line that begins with one of these begins a statement, if what stands before it can end one.
  [BEGINS, 'const var let function class import export enum'],
  // Behind a brace or a semicolon they belong to the statement before.
  [GOES_ON, 'else while catch finally in instanceof of as satisfies is extends implements from with assert'],
  // Behind these a statement is not at its end.
  [HOLDS_ON, 'export default async declare abstract else do return typeof new await yield void delete in of instanceof throw case extends implements static public'],
  [HOLDS_ON, 'private protected readonly import type const let var function class enum as satisfies keyof infer'],
  [ITERATES, 'of in'],
  // They are no names.
  [RESERVED, 'const let var function class import export enum if else for while do switch case default break continue return throw try catch finally new delete typeof void'],
  [RESERVED, 'in instanceof extends with super this null true false'],
];

export interface TopLevel {
  readonly count: number;
  /** Where each stretch starts, at the end of the token before it, up to `count`, which is the end of the text. */
  start(stretch: number): number;
  /** How many characters of a stretch have to be read, without blanks and comments. */
  cost(stretch: number): number;
  /** Whether a stretch has to do with more than the names that it mentions. */
  acts(stretch: number): boolean;
  isImport(stretch: number): boolean;
  /** The words of a stretch by their numbers, as often as they stand in it. */
  words(stretch: number, visit: (word: number, isDeclared: boolean, isWritten: boolean) => void): void;
  readonly numbers: Words;
  /** Whether a word is declared at the top level, or written to by code that does not declare it. */
  isShared(word: number): boolean;
  /** Characters between the two brackets of a pair that are furthest apart. */
  readonly longestBracket: number;
  /** Whether it is not certain where the stretches end. */
  readonly isUnclear: boolean;
  /** Whether every bracket is closed. */
  readonly isBalanced: boolean;
  /** Where the last token ends that is no comment. */
  readonly endOfCode: number;
}

/** Stretches with one of the words in `leads` act. */
export const topLevelOf = (text: string, leads: readonly string[]): TopLevel => new TopLevelReader(text, leads).read();

interface Bracket {
  readonly start: number;
  /** How many words stand before it. */
  readonly words: number;
  /** What the expression begins with that it goes on, such as `a` in `a[0]`. */
  readonly root: number;
  readonly isFunction: boolean;
}

/** What a name that is declared is. */
interface Names {
  readonly atTop: boolean;
  readonly isVariable: boolean;
  /** Of the brackets around it. */
  readonly depth: number;
}

class TopLevelReader implements TopLevel {
  isUnclear = false;
  isBalanced = true;
  endOfCode = 0;
  longestBracket = 0;
  readonly numbers: Words;

  private readonly starts = new IntegerList();
  private readonly costs = new IntegerList();
  /** Of the stretch that is being read. */
  private costSoFar = 0;
  private inImport = false;
  private readonly acting = new IntegerSet();
  private readonly imports = new IntegerSet();
  /** A word's number, and two bits for what it is there. */
  private readonly found = new IntegerList();
  /** How many words stand before each stretch. */
  private readonly firstWords = new IntegerList();
  private readonly shared = new IntegerSet();
  private readonly declared = new IntegerSet();
  /** The last stretch that declares a word for itself. */
  private readonly local = new IntegerList();
  /** Prototypes that are of nobody, if their names are not declared. */
  private readonly prototypes: { readonly stretch: number; readonly root: number }[] = [];
  private readonly hasExamples: boolean;
  /** Those since the last token; they belong to what stands behind them. */
  private comments: string[] = [];

  private tokens: Tokens;
  private brackets: Bracket[] = [];
  private closed: Bracket | undefined;
  /** Whether it is the head of a statement, as in `if (…)`. */
  private closedHead = false;
  private functions = 0;
  /** The word that the present chain of members, indices and calls begins with; -1 where there is none. */
  private root = -1;
  /** By the numbers of the words that have one. */
  private readonly roles: Uint8Array;
  private readonly special: { readonly [word in 'var' | 'import' | 'from' | 'prototype' | 'constructor' | 'module' | 'exports']: number };
  /** The number of the last one, and its role. */
  private lastWord = -1;
  private lastRole = 0;
  private word = -1;
  private role = 0;
  /** Set where the next word is a name that is declared. */
  private names: Names | undefined;
  /** Set within a list of variables: what follows a comma of it is declared. */
  private list: Names | undefined;
  /** Set within a pattern. */
  private pattern: Names | undefined;
  private isIncremented = false;
  private hasDecorator = false;
  /** Whether a bracket is missing, so that lines that look like the top level have to be. */
  private isRecovering = false;

  constructor(private readonly text: string, leads: readonly string[]) {
    this.tokens = new Tokens(text);
    this.hasExamples = text.includes(exampleCallKeyword);
    this.numbers = new Words(text.length >> 6);
    const numberOf = (word: string): number => this.numberOf(hashOf(word));
    const all = [...roles.map(([role, words]) => [role, words.split(' ')] as const), [LEADS, leads] as const];
    for (const [, words] of all) words.forEach(numberOf);
    this.roles = new Uint8Array(this.numbers.count);
    for (const [role, words] of all) for (const word of words) this.roles[numberOf(word)]! |= role;
    this.special = {
      var: numberOf('var'), import: numberOf('import'), from: numberOf('from'), prototype: numberOf('prototype'), constructor: numberOf('constructor'),
      module: numberOf('module'), exports: numberOf('exports'),
    };
    this.shared.add(this.special.exports);
    this.addStretch(0);
  }

  read(): TopLevel {
    this.readTokens();
    this.isBalanced = this.tokens.depth === 0;
    if (!this.isBalanced) this.recover();
    this.endOfCode = this.tokens.beforeEnd;
    this.readComments();
    this.endStretch();
    this.isUnclear = this.tokens.isUnclear;
    for (const { stretch, root } of this.prototypes) if (!this.declared.has(root)) this.acting.add(stretch);
    return this;
  }

  get count(): number {
    return this.starts.length;
  }

  start(stretch: number): number {
    return stretch < this.count ? this.starts.get(stretch) : this.text.length;
  }

  cost(stretch: number): number {
    return this.costs.get(stretch);
  }

  acts(stretch: number): boolean {
    return this.acting.has(stretch);
  }

  isImport(stretch: number): boolean {
    return this.imports.has(stretch);
  }

  words(stretch: number, visit: (word: number, isDeclared: boolean, isWritten: boolean) => void): void {
    const end = stretch + 1 < this.count ? this.firstWords.get(stretch + 1) : this.found.length;
    for (let i = this.firstWords.get(stretch); i < end; i++) {
      const found = this.found.get(i);
      visit(found >> 2, (found & DECLARED) !== 0, (found & WRITTEN) !== 0);
    }
  }

  isShared(word: number): boolean {
    return this.shared.has(word);
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
      if (tokens.kind === 'comment') {
        if (this.hasExamples) this.comments.push(text.slice(tokens.start, tokens.end));
        continue;
      }
      if (tokens.kind === 'word') {
        this.word = this.numberOf(tokens.hash);
        this.role = this.roles[this.word] ?? 0;
      }
      if ((tokens.depth < 2 || this.isRecovering) && this.isBoundary()) this.startStretch(tokens.beforeEnd);
      if (this.comments.length > 0) this.readComments();
      this.costSoFar += Math.min(tokens.end - tokens.start, longestToken);
      switch (tokens.kind) {
        case 'word': this.readWord(); break;
        case 'open': this.readOpen(); break;
        case 'close': this.readClose(); break;
        case 'punctuation': this.readPunctuation(); break;
        case 'string': this.readString(); break;
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
    this.brackets = [];
    this.closed = this.names = this.list = this.pattern = undefined;
    this.functions = 0;
    this.root = -1;
  }

  private isBoundary(): boolean {
    const { tokens, text } = this;
    const { before, kind, startsLine } = tokens;
    if (before === 'end' || kind === 'close') return false;
    const isWord = kind === 'word';
    if ((kind === 'open' ? tokens.depth - 1 : tokens.depth) > 0) {
      if (!this.isRecovering || !isWord || (this.role & BEGINS) === 0 || text[tokens.start - 1] !== '\n') return false;
      tokens.closeAll();
      this.forgetContext();
      return true;
    }
    const last = text[tokens.beforeStart]!;
    if (before === 'punctuation' && last === ';') return !isWord || (this.role & GOES_ON) === 0;
    if (!isWord) return false;
    if (before === 'close' && last === '}') return (this.role & GOES_ON) === 0;
    if (!startsLine || (this.role & BEGINS) === 0 || this.hasDecorator || before === 'punctuation' || before === 'open') return false;
    return before === 'word' ? (this.lastRole & HOLDS_ON) === 0 : !(before === 'close' && last === ')' && tokens.isHead);
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
    this.costs.push(this.costSoFar);
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
    this.imports.add(this.stretch);
  }

  private act(): void {
    this.acting.add(this.stretch);
  }

  private numberOf(hash: number): number {
    const word = this.numbers.numberOf(hash);
    if (word === this.local.length) this.local.push(-1);
    return word;
  }

  private add(word: number): void {
    this.found.push(word * 4 + (this.inImport ? DECLARED : 0));
  }

  private readWord(): void {
    const { tokens, text } = this;
    const { word, role, special } = this;
    if ((role & LEADS) !== 0) this.act();
    if (tokens.before === 'punctuation' && text[tokens.beforeStart] === '.' && text[tokens.beforeStart - 1] !== '.') {
      if (word === special.prototype) this.readPrototype();
      this.lastWord = word;
      this.lastRole = 0;
      return;
    }
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
    const { tokens, text } = this;
    const { start, before, beforeStart } = tokens;
    const isBrace = text[start] === '{';
    const afterParameters = before === 'close' && text[beforeStart] === ')' && !this.closedHead;
    const isFunction = isBrace && (afterParameters || (before === 'punctuation' && text[beforeStart] === '>' && text[beforeStart - 1] === '='));
    if (isBrace && afterParameters) this.closedAreLocal();
    this.brackets.push({ start, words: this.found.length, root: this.root, isFunction });
    if (isFunction) this.functions++;
    if (this.names?.isVariable && text[start] !== '(') this.pattern ??= this.names;
    this.names = undefined;
    this.root = -1;
  }

  private readClose(): void {
    const { tokens } = this;
    this.closed = this.brackets.pop();
    if (this.closed && tokens.start - this.closed.start > this.longestBracket) this.longestBracket = tokens.start - this.closed.start;
    this.closedHead = tokens.isHead;
    if (this.closed?.isFunction) this.functions--;
    if (this.pattern && tokens.depth <= this.pattern.depth) this.pattern = undefined;
    if (this.list && tokens.depth < this.list.depth) this.list = undefined;
    this.root = this.closed?.root ?? -1;
  }

  /** What stands between the parentheses before the body of a function are its parameters. */
  private closedAreLocal(): void {
    if (!this.closed) return;
    for (let i = this.closed.words; i < this.found.length; i++) this.makeLocal(i);
  }

  private readPunctuation(): void {
    const { tokens, text } = this;
    const { start, depth } = tokens;
    const character = text[start]!;
    const following = text[start + 1];
    if (isCompound(text, start)) this.write();
    switch (character) {
      case '.': case '?': case '!': return;
      case '=':
        if (following === '>') this.readArrow();
        else if (following !== '=' && isAssignment(text, start)) this.write();
        break;
      case '+': case '-':
        if (following !== character) break;
        if (this.root >= 0 && !tokens.startsLine) this.write();
        else this.isIncremented = true;
        return;
      case ':':
        if (tokens.before === 'close' && text[tokens.beforeStart] === ')' && !this.closedHead) this.closedAreLocal();
        break;
      case ',':
        if (this.list?.depth === depth) this.names = this.list;
        break;
      case ';': this.list = undefined; break;
      case '@': this.hasDecorator ||= depth === 0; break;
      // The star of a generator stands before its name.
      case '*': this.root = -1; return;
    }
    if (character !== ',') this.names = undefined;
    this.root = -1;
  }

  private readArrow(): void {
    if (this.tokens.before === 'close') this.closedAreLocal();
    else if (this.root >= 0) this.makeLocal(this.root);
  }

  /** What stands before is written to: a name, a part of what a name stands for, or the names of a pattern. */
  private write(): void {
    if (this.root >= 0) this.mark(this.root, WRITTEN);
    else if (this.tokens.before === 'close' && this.closed) for (let i = this.closed.words; i < this.found.length; i++) this.mark(i, WRITTEN);
  }

  private readString(): void {
    const { tokens, text } = this;
    const { start, end, before, beforeStart } = tokens;
    if (before === 'open' && text[beforeStart] === '[' && /^\w+$/.test(text.slice(start + 1, Math.min(end - 1, start + 40)))) {
      const word = this.numberOf(hashOf(text.slice(start + 1, end - 1)));
      if ((this.roles[word]! & LEADS) !== 0 || word === this.special.prototype) this.act();
    }
    if (before === 'word' && this.lastWord === this.special.from) this.act();
    this.root = -1;
  }
}

/** Whether an equals sign is neither the end of a comparison nor that of another operator. */
const isAssignment = (text: string, at: number): boolean => !'=!<>'.includes(text[at - 1]!);

const compound = /(?:[-+*/%^&|]|\*\*|&&|\|\||\?\?|<<|>>>?)=/y;

/** Whether the rest of an operator from a place on assigns, as in `a += b`. */
function isCompound(text: string, at: number): boolean {
  if (!'-+*/%^&|?<>'.includes(text[at]!)) return false;
  compound.lastIndex = at;
  return compound.test(text);
}
