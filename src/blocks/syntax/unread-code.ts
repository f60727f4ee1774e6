// Code of a file that is not read because it is too long: what it could do to the code that is.
import { IntegerList, IntegerSet } from './integers.ts';
import { hashOf } from './tokens.ts';
import type { TopLevel } from './top-level.ts';
import type { Words } from './words.ts';

export class UnreadCode {
  private readonly numbers: Words;
  /** What it mentions, with what functions mention that it can call. */
  private readonly mentioned: SetOfWords;
  private readonly written: SetOfWords;
  private readonly declared: SetOfWords;
  /** The same for code that could do the same. */
  readonly key: string;

  constructor(topLevel: TopLevel, isRead: readonly boolean[]) {
    const { numbers } = topLevel;
    this.numbers = numbers;
    this.mentioned = new SetOfWords(numbers);
    this.written = new SetOfWords(numbers);
    this.declared = new SetOfWords(numbers);
    const declarers = new Declarers(topLevel, isRead);
    // What it mentions it may call, and what that mentions.
    const called = new IntegerList();
    const read = (stretch: number): void => {
      const end = topLevel.firstWord(stretch + 1);
      for (let i = topLevel.firstWord(stretch); i < end; i++) {
        const word = topLevel.wordAt(i);
        const isDeclared = topLevel.isDeclaredAt(i);
        // What is read has its first value by then.
        if (topLevel.isWrittenAt(i) && !(isDeclared && isRead[stretch])) this.written.add(word);
        if (isDeclared && !isRead[stretch]) this.declared.add(word);
        if (this.mentioned.has(word)) continue;
        this.mentioned.add(word);
        declarers.addTo(called, word);
      }
    };
    for (let stretch = 0; stretch < topLevel.count; stretch++) if (!isRead[stretch]) read(stretch);
    for (let stretch = called.pop(); stretch !== undefined; stretch = called.pop()) read(stretch);
    this.key = [this.mentioned, this.written, this.declared].map(({ sum }) => sum).join();
  }

  mentions(name: string): boolean {
    return this.mentioned.has(this.numberOf(name));
  }

  /** Whether it may give a name another value, or change what belongs to it. */
  writes(name: string): boolean {
    return this.written.has(this.numberOf(name));
  }

  declares(name: string): boolean {
    return this.declared.has(this.numberOf(name));
  }

  private numberOf(name: string): number {
    return this.numbers.find(hashOf(name));
  }
}

/** The stretches that are read by the words that they declare. */
class Declarers {
  /** By word: its last declaration, counted from 1. */
  private readonly last: Int32Array;
  /** By declaration: the stretch, and the declaration of the same word before it. */
  private readonly stretches = new IntegerList();
  private readonly before = new IntegerList();

  constructor(topLevel: TopLevel, isRead: readonly boolean[]) {
    const last = this.last = new Int32Array(topLevel.numbers.count);
    for (let stretch = 0; stretch < topLevel.count; stretch++) {
      if (!isRead[stretch]) continue;
      const end = topLevel.firstWord(stretch + 1);
      for (let i = topLevel.firstWord(stretch); i < end; i++) {
        if (!topLevel.isDeclaredAt(i)) continue;
        const word = topLevel.wordAt(i);
        this.stretches.push(stretch);
        this.before.push(last[word]!);
        last[word] = this.stretches.length;
      }
    }
  }

  addTo(list: IntegerList, word: number): void {
    for (let declaration = this.last[word]!; declaration !== 0; declaration = this.before.get(declaration - 1)) list.push(this.stretches.get(declaration - 1));
  }
}

class SetOfWords {
  private readonly members = new IntegerSet();
  /** Hardly ever the same for other words, whatever their order. */
  sum = 0;

  constructor(private readonly numbers: Words) {}

  has(word: number): boolean {
    return this.members.has(word);
  }

  add(word: number): void {
    if (this.members.has(word)) return;
    this.members.add(word);
    this.sum = (this.sum + Math.imul(this.numbers.hashOf(word) + 1, 0x9e3779b1)) | 0;
  }
}
