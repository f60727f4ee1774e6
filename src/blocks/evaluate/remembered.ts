// What functions that nobody calls gave in the version of the file before: used again where nothing that they can depend
// on was edited, which in most files is all of them but one.
import { Programs } from '../syntax/programs.ts';
import { isSameSet } from '../same-set.ts';
import { Reach } from '../syntax/reach.ts';
import type { FunctionNode, Program, Statement } from '../syntax/tree.ts';
import { birth } from './birth.ts';
import { Part } from './part.ts';
import type { Run } from './run.ts';
import { isKnownModule } from './modules.ts';
import type { FunctionValue } from './values.ts';

interface Entry {
  readonly part: Part;
  readonly reached: ReadonlySet<Statement | string>;
  /** Names of dims that were given away before. */
  readonly symbols: string;
  /** What its evaluation cost. */
  readonly steps: number;
  /** Those of its functions that parts before it had invoked, so that it was not for this one to evaluate them by themselves. */
  readonly invokedBefore: ReadonlySet<FunctionNode>;
}

/** Of one file, from version to version. */
export class RememberedParts {
  readonly programs = new Programs();
  private entries = new Map<FunctionNode, Entry>();
  private texts: ReadonlyMap<string, string | undefined> = new Map();
  private unread: string | undefined = undefined;
  private strict: boolean | undefined = undefined;
  private hasBlocks = false;
  private reach: Reach | undefined = undefined;

  /** To be told when the program itself has been evaluated, before what nobody calls. */
  of(run: Run, program: Program, calls: readonly string[]): PartsOfVersion {
    // What another file gives is not looked into: where one has changed, everything is evaluated anew.
    const texts = new Map(run.readTexts);
    // Nor is it told of a function what it does differently in strict code, or where object literals may be blocks.
    const { strict } = run.modules.get(program.file)!;
    const unread = program.unread?.key;
    const hasBlocks = run.blockFiles.has(program.file);
    const before = unread === this.unread && strict === this.strict && hasBlocks === this.hasBlocks && isSameMap(texts, this.texts) ? this.entries : new Map<FunctionNode, Entry>();
    this.texts = texts;
    this.unread = unread;
    this.strict = strict;
    this.hasBlocks = hasBlocks;
    this.entries = new Map();
    this.reach = new Reach(program, calls, isKnownModule, this.reach);
    return new PartsOfVersion(run, this.reach, before, this.entries);
  }
}

export class PartsOfVersion {
  private readonly symbols: string;

  constructor(private readonly run: Run, private readonly reach: Reach, private readonly before: ReadonlyMap<FunctionNode, Entry>, private readonly now: Map<FunctionNode, Entry>) {
    run.keepSymbols();
    this.symbols = run.symbols.key;
  }

  /** The part that starts with a function: the one of the version before, or what `evaluate` makes of it. */
  make(target: FunctionValue, evaluate: () => void): void {
    const { run } = this;
    const reached = this.reach.from(target.node.start);
    const known = this.before.get(target.node);
    if (known && reached && this.canReuse(known, reached)) {
      run.reuse(known.part);
      run.budget.charge(known.steps);
      this.now.set(target.node, known);
      return;
    }
    const part = new Part();
    const born = birth();
    const [steps, reads, instances] = [run.budget.remaining, run.reads, run.instances.size];
    const position = run.trail.watch();
    run.within(part, evaluate);
    // What others see of it, or it of others, is not a matter of this function alone.
    const changesOthers = run.reads > reads || run.instances.size > instances || run.trail.reachedBack(position, born);
    run.trail.unwatch();
    if (changesOthers) this.reach.addActor(target.node.start);
    else if (reached && !part.refersBack(born) && !run.budget.exhausted) {
      const invokedBefore = new Set(part.functions.map(({ node }) => node).filter(node => run.invoked.has(node) && part.invoked.get(node) !== true));
      this.now.set(target.node, { part, reached, symbols: this.symbols, steps: steps - run.budget.remaining, invokedBefore });
    }
  }

  private canReuse({ part, reached: before, symbols, steps, invokedBefore }: Entry, reached: ReadonlySet<Statement | string>): boolean {
    const { run } = this;
    return symbols === this.symbols && run.hasRoomFor(part, steps) && isSameSet(before, reached)
      && part.functions.every(({ node }) => run.invoked.has(node) === invokedBefore.has(node));
  }
}

const isSameMap = <K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean => a.size === b.size && [...a].every(([key, value]) => b.has(key) && b.get(key) === value);
