// Programs that make a given block: by words, as data, through variables, functions, lists, loops and conditions.
import { kindOf, type Block } from '../../../../src/blocks/vocabulary/block.ts';
import type { RandomNumbers } from '../../random-numbers.ts';

export interface BlockProgram {
  /** Statements in JavaScript, without imports. */
  readonly statements: readonly string[];
  /** What the last of them leads to. */
  readonly expression: string;
}

/** Variables are counted from `firstName`, so that two programs can be one. */
export function programOf(block: Block, random: RandomNumbers, firstName = 0): BlockProgram {
  const writer = new Writer(random, firstName);
  const expression = writer.expressionOf(block);
  return { statements: writer.statements, expression };
}

/** Words that take their only setting by itself. */
const onlySettings: Readonly<Record<string, string>> = { activation: 'activation', stochasticDepth: 'rate', dropout: 'rate', channelShuffle: 'groups' };

class Writer {
  readonly statements: string[] = [];

  constructor(private readonly random: RandomNumbers, private names: number) {}

  expressionOf(block: Block): string {
    const expression = this.plainExpressionOf(block);
    switch (this.random.integer(0, 7)) {
      case 0: return this.named(expression);
      case 1: return this.fromFunction(block, expression);
      case 2: return this.fromCondition(expression);
      default: return expression;
    }
  }

  private plainExpressionOf(block: Block): string {
    const what = kindOf(block);
    switch (what.kind) {
      case 'input': return `input(${JSON.stringify(what.input.shape)}, ${JSON.stringify(what.input.dataFormat ?? 'channelsLast')})`;
      case 'layer': return this.layer(what.layer, what.settings);
      case 'sequence': return this.random.chance(0.2) ? `{ sequential: ${this.listOf(what.sequential)} }` : `sequential(${this.argumentsOf(what.sequential)})`;
      case 'residual': return `residual(${[what.residual[0]!, ...(what.shortcut ?? [])].map(inner => this.expressionOf(inner)).join(', ')})`;
      case 'branches': return `${what.split ? 'splitChannels' : 'branches'}([${what.branches.map(way => this.listOf(way)).join(', ')}], '${what.merge}')`;
      case 'block': throw new Error('programs are made of blocks without names');
    }
  }

  private layer(name: string, settings: object): string {
    if (this.random.chance(0.1)) return `{ ${name}: ${JSON.stringify(settings)} }`;
    const only = onlySettings[name];
    const values = Object.entries(settings) as [string, unknown][];
    if (only) return `${name}(${JSON.stringify(values[0]![1])})`;
    return `${name}(${values.length === 0 ? '' : `{ ${values.map(([key, value]) => `${key}: ${this.value(value)}`).join(', ')} }`})`;
  }

  private value(value: unknown): string {
    if (typeof value !== 'number' || !Number.isInteger(value) || this.random.chance(0.7)) return JSON.stringify(value);
    return this.random.pick([`${value - 1} + 1`, `${value * 2} / 2`, `Math.max(1, ${value})`.replace('Math.max(1, 0)', '0'), this.named(String(value))]);
  }

  private argumentsOf(blocks: readonly Block[]): string {
    const each = blocks.flatMap(block => [this.expressionOf(block), ...(this.random.chance(0.1) ? ['false'] : [])]);
    return this.random.chance(0.2) ? `...[${each.join(', ')}]` : each.join(', ');
  }

  private listOf(blocks: readonly Block[]): string {
    const each = blocks.map(block => this.expressionOf(block));
    const list = `[${each.join(', ')}]`;
    switch (this.random.integer(0, 4)) {
      case 0: {
        const name = this.declare('[]');
        this.statements.push(...each.map(one => `${name}.push(${one});`));
        return name;
      }
      case 1: return `${list}.map(one => one)`;
      case 2: return `[...${list}]`;
      default: return list;
    }
  }

  private named(expression: string): string {
    return this.declare(expression);
  }

  /** A function that returns the block, or a block function: the block then is inside of one with a name. */
  private fromFunction(block: Block, expression: string): string {
    const name = this.declare(`make => make`);
    return 'sequential' in block && this.random.chance(0.5) ? `${name}(${expression})` : `((one = ${expression}) => one)()`;
  }

  private fromCondition(expression: string): string {
    const condition = this.random.pick(['1 < 2', 'true', '[1].length === 1']);
    return `(${condition} ? ${expression} : undefined)`;
  }

  private declare(expression: string): string {
    const name = `v${this.names++}`;
    this.statements.push(`const ${name} = ${expression};`);
    return name;
  }
}
