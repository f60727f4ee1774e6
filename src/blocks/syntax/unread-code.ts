// Code of a file that is not read because it is too long: what it could do to the code that is.
import { IntegerSet } from './integers.ts';
import { hashOf } from './tokens.ts';
import type { TopLevel } from './top-level.ts';
import type { Words } from './words.ts';

export class UnreadCode {
  private readonly numbers: Words;
  /** What it mentions, with what functions mention that it can call. */
  private readonly mentioned = new IntegerSet();
  private readonly written = new IntegerSet();
  private readonly declared = new IntegerSet();
  /** The same for code that could do the same. */
  readonly key: string;

  constructor(topLevel: TopLevel, isRead: readonly boolean[]) {
    this.numbers = topLevel.numbers;
    const { mentioned, written, declared } = this;
    const declarers = declarersOf(topLevel, isRead);
    // What it mentions it may call, and what that mentions.
    const called: number[] = [];
    const read = (stretch: number): void => topLevel.words(stretch, (word, isDeclared, isWritten) => {
      // What is read has its first value by then.
      if (isWritten && !(isDeclared && isRead[stretch])) written.add(word);
      if (isDeclared && !isRead[stretch]) declared.add(word);
      if (mentioned.has(word)) return;
      mentioned.add(word);
      for (const declarer of declarers.get(word) ?? []) called.push(declarer);
    });
    for (let stretch = 0; stretch < topLevel.count; stretch++) if (!isRead[stretch]) read(stretch);
    for (let stretch = called.pop(); stretch !== undefined; stretch = called.pop()) read(stretch);
    this.key = [mentioned, written, declared].map(words => sumOf(words, this.numbers)).join();
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
    return this.numbers.numberOf(hashOf(name));
  }
}

/** The stretches that are read by the words that they declare. */
function declarersOf(topLevel: TopLevel, isRead: readonly boolean[]): Map<number, number[]> {
  const declarers = new Map<number, number[]>();
  for (let stretch = 0; stretch < topLevel.count; stretch++) {
    if (!isRead[stretch]) continue;
    topLevel.words(stretch, (word, isDeclared) => {
      if (!isDeclared) return;
      const known = declarers.get(word);
      if (known) known.push(stretch);
      else declarers.set(word, [stretch]);
    });
  }
  return declarers;
}

/** Hardly ever the same for other words, whatever their order. */
function sumOf(words: IntegerSet, numbers: Words): number {
  let sum = 0;
  for (let word = 0; word < numbers.count; word++) if (words.has(word)) sum = (sum + Math.imul(numbers.hashOf(word) + 1, 0x9e3779b1)) | 0;
  return sum;
}
