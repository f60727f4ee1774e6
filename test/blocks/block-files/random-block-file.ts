// Block files that say a given block in other words: with parameters, expressions, repetitions, conditions and names.
import { kindOf, type Block, type Setting } from '../../../src/blocks/vocabulary/block.ts';
import type { BlockOptions } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import type { RandomNumbers } from '../random-numbers.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type Item = Readonly<Record<string, Json>>;

export function blockFileOf(block: Block, { input, dataFormat }: BlockOptions, random: RandomNumbers): string {
  const writer = new Writer(random);
  const layers = writer.items(block);
  const shape = (input as readonly number[]).map(dim => writer.number(dim));
  const presets = random.chance(0.5) ? { presets: { one: writer.preset() } } : {};
  return JSON.stringify({ block: 'random', doc: 'Made up.', parameters: writer.parameters, input: { shape, ...(dataFormat ? { dataFormat } : {}) }, layers, ...presets }, null, random.pick([undefined, 2, 1]));
}

class Writer {
  readonly parameters: Record<string, Json> = {};
  private readonly values: Record<string, number> = {};
  private inside: { readonly name: string; readonly value: number }[] = [];

  constructor(private readonly random: RandomNumbers) {}

  /** Values for the parameters whose defaults are others. */
  preset(): Item {
    const given: Record<string, Json> = {};
    for (const [name, value] of Object.entries(this.values)) {
      if (!this.random.chance(0.5)) continue;
      given[name] = value;
      this.parameters[name] = this.random.pick<Json>([{ default: value + 1, doc: 'A number.' }, null, {}, value, value + 5]);
    }
    return given;
  }

  /** One item or more that do what the block does. */
  items(block: Block): Item[] {
    const { random } = this;
    if (random.chance(0.1)) return [{ ...this.dead(), when: random.pick<Json>([false, '= 1 > 2', `= ${this.known(3)} != 3`]) }, ...this.items(block)];
    const item = this.item(block);
    if (item.length === 1 && random.chance(0.15) && !('when' in item[0]!) && !('residual' in item[0]!)) return [{ ...item[0]!, when: random.pick<Json>([true, `= ${this.known(2)} == 2 && !false`, "= 'a' == 'a' || 1 / 0 > 1"]) }];
    if (random.chance(0.1)) return [{ repeat: this.number(1), layers: item }];
    if (random.chance(0.1)) return [{ sequential: item }];
    if (random.chance(0.1)) return [{ repeat: 0, layers: [this.dead()] }, ...item];
    return item;
  }

  private item(block: Block): Item[] {
    const { random } = this;
    const what = kindOf(block);
    switch (what.kind) {
      case 'input': case 'block': throw new Error('random blocks have neither');
      case 'layer': return [{ [what.layer]: this.settings(what.settings) }];
      case 'sequence': return this.sequence(what.sequential);
      case 'residual': {
        const shortcut = what.shortcut && { shortcut: what.shortcut.flatMap(inner => this.items(inner)) };
        const when = random.chance(0.3) ? { when: `= ${this.known(4)} >= 4` } : {};
        return [{ residual: what.residual.flatMap(inner => this.items(inner)), ...shortcut, ...when }];
      }
      case 'branches': {
        const ways = what.branches.map(way => way.flatMap(inner => this.items(inner)));
        const named = random.chance(0.4) ? Object.fromEntries(ways.map((way, i) => [`way ${i}`, way])) : ways;
        return [{ branches: named, merge: what.merge, ...(what.split === undefined ? {} : { split: what.split }) }];
      }
    }
  }

  /** Equal blocks in a row are repeated, and two that differ in one number are as well. */
  private sequence(blocks: readonly Block[]): Item[] {
    const items: Item[] = [];
    for (let i = 0; i < blocks.length; i++) {
      let count = 1;
      while (i + count < blocks.length && JSON.stringify(blocks[i + count]) === JSON.stringify(blocks[i])) count++;
      if (count > 1 && this.random.chance(0.8)) items.push({ repeat: this.number(count), layers: this.items(blocks[i]!) });
      else for (let k = 0; k < count; k++) items.push(...this.items(blocks[i]!));
      i += count - 1;
      // A step that changes nothing but what it counts.
      if (this.random.chance(0.15)) items.push(...this.counted());
    }
    return items;
  }

  private counted(): Item[] {
    const name = `i${this.inside.length}`;
    return [{ repeat: 3, as: name, layers: [{ conv2d: { filters: `= 2 ** ${name}`, kernelSize: 1 }, when: `= ${name} > 2` }] }];
  }

  /** Something that must not be there. */
  private dead(): Item {
    return this.random.pick<Item>([{ dense: { units: 1 } }, { flatten: {} }, { use: 'classifier' }, { sequential: [{ flatten: {} }] }]);
  }

  private settings(settings: Readonly<Record<string, Setting>>): Item {
    return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined).map(([name, value]) => [name, this.setting(value)]));
  }

  private setting(value: Setting): Json {
    if (typeof value === 'number' && Number.isInteger(value)) return this.number(value);
    if (Array.isArray(value)) return (value as readonly Setting[]).map(one => this.setting(one));
    return typeof value === 'boolean' && this.random.chance(0.2) ? `= ${this.known(1)} == ${value ? 1 : 2}` : value as Json;
  }

  /** A number as it is, or as an expression. */
  number(value: number): Json {
    return this.random.chance(0.6) ? value : `= ${this.expression(value, 2)}`;
  }

  private expression(value: number, depth: number): string {
    if (depth === 0 || value < 0) return this.known(value);
    const inner = (other: number): string => `(${this.expression(other, depth - 1)})`;
    switch (this.random.integer(0, 9)) {
      case 0: return `${inner(value - 1)} + 1`;
      case 1: return `${inner(value * 2)} / 2`;
      case 2: return `max(${inner(value)}, ${value - 2})`;
      case 3: return `min(${value + 3},${inner(value)} , ${value})`;
      case 4: return `floor(${value}.75)`;
      case 5: return `ceil(${inner(value)} - 0.5)`;
      case 6: return `${this.known(1)} < 2 ? ${inner(value)} : 1 / 0`;
      case 7: return `${inner(value + 7 * 5)} - 7 * ${this.known(5)}`;
      case 8: return `-(-${inner(value)}) % ${value + 1}`;
      default: return this.known(value);
    }
  }

  /** A parameter that has the value, or the number itself. */
  private known(value: number): string {
    const name = Object.keys(this.values).find(one => this.values[one] === value);
    if (value < 0) return `(${value})`;
    if (name !== undefined && this.random.chance(0.7)) return name;
    if (this.random.chance(0.4)) return String(value);
    const made = `p${Object.keys(this.values).length}`;
    const others = Object.keys(this.values);
    const other = others.length > 0 ? this.random.pick(others) : undefined;
    this.parameters[made] = other !== undefined && this.random.chance(0.4) ? `= ${other} + ${value - this.values[other]!}`.replace('+ -', '- ') : value;
    this.values[made] = value;
    return made;
  }
}
