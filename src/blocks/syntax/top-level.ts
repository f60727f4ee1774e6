// What is known of the top level of a text without parsing it.
import { IntegerList, IntegerSet } from './integers.ts';
import { Words } from './words.ts';

export interface TopLevel {
  readonly count: number;
  /** Where each stretch starts, at the end of the token before it, up to `count`, which is the end of the text. */
  start(stretch: number): number;
  /** How many characters of a stretch have to be read, without blanks and comments. */
  cost(stretch: number): number;
  /** Whether a stretch has to do with more than the names that it mentions. */
  acts(stretch: number): boolean;
  isImport(stretch: number): boolean;
  /** Which of all words is the first of a stretch, up to `count`, which is how many there are. They are counted as often as they stand there. */
  firstWord(stretch: number): number;
  /** By its number. */
  wordAt(index: number): number;
  isDeclaredAt(index: number): boolean;
  isWrittenAt(index: number): boolean;
  readonly numbers: Words;
  /** Whether a word is declared at the top level, or written to by code that does not declare it. */
  isShared(word: number): boolean;
  /** Characters between the two brackets of a pair that are furthest apart. The body of a function does not count: it is no data. */
  readonly longestBracket: number;
  /** Whether it is not certain where the stretches end. */
  readonly isUnclear: boolean;
  /** Whether every bracket is closed. */
  readonly isBalanced: boolean;
  /** Where the last token ends that is no comment. */
  readonly endOfCode: number;
}

/** What a word is where it stands: declared at the top level; assigned to, or a property of what it stands for is. */
export const [DECLARED, WRITTEN] = [1, 2];

/** As it is found, stretch by stretch. */
export class Stretches implements TopLevel {
  isUnclear = false;
  isBalanced = true;
  endOfCode = 0;
  longestBracket = 0;
  readonly numbers: Words;

  readonly starts = new IntegerList();
  readonly costs = new IntegerList();
  readonly acting = new IntegerSet();
  readonly imports = new IntegerSet();
  /** A word's number, and two bits for what it is there. */
  readonly found = new IntegerList();
  /** How many words stand before each stretch. */
  readonly firstWords = new IntegerList();
  readonly shared = new IntegerSet();

  constructor(private readonly characters: number) {
    this.numbers = new Words(characters >> 6);
  }

  get count(): number {
    return this.starts.length;
  }

  start(stretch: number): number {
    return stretch < this.count ? this.starts.get(stretch) : this.characters;
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

  firstWord(stretch: number): number {
    return stretch < this.count ? this.firstWords.get(stretch) : this.found.length;
  }

  wordAt(index: number): number {
    return this.found.get(index) >> 2;
  }

  isDeclaredAt(index: number): boolean {
    return (this.found.get(index) & DECLARED) !== 0;
  }

  isWrittenAt(index: number): boolean {
    return (this.found.get(index) & WRITTEN) !== 0;
  }

  isShared(word: number): boolean {
    return this.shared.has(word);
  }
}
