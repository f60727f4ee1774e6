// Numbers for the words of a text, in the order in which they are met first: for lists by word that are no maps.
import { IntegerList } from './integers.ts';

export class Words {
  private readonly hashes = new IntegerList();
  /** Pairs of a hash and one more than the number of its word; 0 where there is none. */
  private pairs: Int32Array;

  /** `capacity` is about how many words are expected. */
  constructor(capacity: number) {
    this.pairs = new Int32Array(4 << Math.ceil(Math.log2(Math.max(1_024, capacity))));
  }

  get count(): number {
    return this.hashes.length;
  }

  hashOf(number: number): number {
    return this.hashes.get(number);
  }

  has(hash: number): boolean {
    return this.find(hash) >= 0;
  }

  /** -1 for a word that has no number yet. */
  find(hash: number): number {
    const { pairs } = this;
    const mask = pairs.length - 2;
    let place = (hash << 1) & mask;
    while (pairs[place + 1] !== 0 && pairs[place] !== hash) place = (place + 2) & mask;
    return pairs[place + 1]! - 1;
  }

  numberOf(hash: number): number {
    const { pairs } = this;
    const mask = pairs.length - 2;
    let place = (hash << 1) & mask;
    for (; pairs[place + 1] !== 0; place = (place + 2) & mask) if (pairs[place] === hash) return pairs[place + 1]! - 1;
    this.hashes.push(hash);
    pairs[place] = hash;
    pairs[place + 1] = this.count;
    if (this.count * 4 > pairs.length) this.grow();
    return this.count - 1;
  }

  private grow(): void {
    const { pairs } = this;
    this.pairs = new Int32Array(pairs.length * 4);
    const mask = this.pairs.length - 2;
    for (let i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1] === 0) continue;
      let place = (pairs[i]! << 1) & mask;
      while (this.pairs[place + 1] !== 0) place = (place + 2) & mask;
      this.pairs[place] = pairs[i]!;
      this.pairs[place + 1] = pairs[i + 1]!;
    }
  }
}
