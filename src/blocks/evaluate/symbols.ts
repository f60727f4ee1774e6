// The names of dims that are not known: an unknown number is called as the source calls it, and no two share a name.
import { symbol, type SymbolicDim } from '../shapes/dim.ts';
import type { UnknownValue } from './values.ts';

export class Symbols {
  private readonly counts = new Map<string, number>();
  private readonly named = new Map<UnknownValue, string>();

  /** Starts with the names that are given away already, of which there are no more to come. */
  constructor(private readonly before?: Symbols) {}

  /** The name of the dim that an unknown number becomes; undefined where the source has no name for it. */
  of(value: UnknownValue): string | undefined {
    if (value.name === undefined) return undefined;
    let name = this.nameOf(value);
    if (name === undefined) this.named.set(value, (name = this.fresh(value.name)));
    return name;
  }

  /** The dim that an unknown number has become, if it has become one. */
  ifNamed(value: UnknownValue): SymbolicDim | undefined {
    const name = this.nameOf(value);
    return name === undefined ? undefined : symbol(name);
  }

  /** `H`, then `H2`, `H3`, …: the first free name. */
  fresh(wanted: string): string {
    const count = this.countOf(wanted) + 1;
    this.counts.set(wanted, count);
    return count === 1 ? wanted : `${wanted}${count}`;
  }

  private nameOf(value: UnknownValue): string | undefined {
    return this.named.get(value) ?? this.before?.nameOf(value);
  }

  private countOf(wanted: string): number {
    return this.counts.get(wanted) ?? this.before?.countOf(wanted) ?? 0;
  }

  /** Equal for symbols of which the same names are given away. */
  get key(): string {
    return [...this.counts].join(' ');
  }
}
