// The names of dims that are not known: an unknown number is called as the source calls it, and no two share a name.
import type { UnknownValue } from './values.ts';

export class Symbols {
  private readonly counts: Map<string, number>;
  private readonly named: Map<UnknownValue, string>;

  /** Starts with the names that are given away already. */
  constructor(before?: Symbols) {
    this.counts = new Map(before?.counts);
    this.named = new Map(before?.named);
  }

  /** The name of the dim that an unknown number becomes; undefined where the source has no name for it. */
  of(value: UnknownValue): string | undefined {
    if (value.name === undefined) return undefined;
    let name = this.named.get(value);
    if (name === undefined) this.named.set(value, (name = this.fresh(value.name)));
    return name;
  }

  /** `H`, then `H2`, `H3`, …: the first free name. */
  fresh(wanted: string): string {
    const count = (this.counts.get(wanted) ?? 0) + 1;
    this.counts.set(wanted, count);
    return count === 1 ? wanted : `${wanted}${count}`;
  }

  /** Equal for symbols of which the same names are given away. */
  get key(): string {
    return [...this.counts].join(' ');
  }
}
