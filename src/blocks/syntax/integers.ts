// Lists and sets of integers that grow to millions.
export class IntegerList {
  private values = new Int32Array(1_024);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const { values } = this;
      this.values = new Int32Array(values.length * 4);
      this.values.set(values);
    }
    this.values[this.length++] = value;
  }

  pop(): number | undefined {
    return this.length === 0 ? undefined : this.values[--this.length];
  }

  /** Of one that is in the list. */
  get(index: number): number {
    return this.values[index]!;
  }

  set(index: number, value: number): void {
    this.values[index] = value;
  }

  get last(): number {
    return this.values[this.length - 1]!;
  }
}

/** A set of small integers. */
export class IntegerSet {
  private members = new Uint8Array(4_096);

  add(value: number): void {
    if (value >= this.members.length) {
      const { members } = this;
      this.members = new Uint8Array(Math.max(value + 1, members.length * 4));
      this.members.set(members);
    }
    this.members[value] = 1;
  }

  has(value: number): boolean {
    return this.members[value] === 1;
  }
}
