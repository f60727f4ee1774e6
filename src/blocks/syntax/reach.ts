// Which top-level statements the code of a statement can depend on, told by the names that it mentions. What is evaluated
// from it gives the same as before as long as all of these are the same.
import { identifiersIn, namesOfPattern, namesSetOutside, walk, writtenNames } from './names-in.ts';
import { isSameSet } from '../same-set.ts';
import { once } from '../once.ts';
import type { Call, Expression, FunctionNode, Program, Statement } from './tree.ts';

/** What a statement has to do with others; asked for at every version of a file that it is part of. */
interface Ties {
  readonly declares: readonly string[];
  readonly mentions: ReadonlySet<string>;
  /** Variables that functions in it set from outside. */
  readonly sets: ReadonlySet<string>;
  /** Whether executing it does more than give its names their values. */
  readonly acts: boolean;
  /** Whether nothing can change what its names stand for, or anything in it. */
  readonly fixed: boolean;
}

/** Code that the program does not have, such as an example call, is known by its text. */
type Reached = Statement | string;

/** Statements that are kept for all functions of a file together. */
const mostReached = 200_000;

export class Reach {
  private readonly known = new Map<Statement, ReadonlySet<Reached>>();
  private groups: Groups | undefined = undefined;
  /** Names of which all declarers are in one group, with one that can be changed. */
  private readonly joined = new Map<string, Statement>();
  private size = 0;
  private hasFurtherActors = false;

  /**
   * `calls` are evaluated as if the program made them. `isFixed` tells of modules that nothing can be changed in. Of the version `before`
   * is taken over what cannot have become another.
   */
  constructor(private readonly program: Program, private readonly calls: readonly string[], private readonly isFixed: (module: string) => boolean, before?: Reach) {
    const replaced = before && this.replacedSince(before);
    if (!replaced) return;
    for (const [statement, reached] of before.known) {
      if (replaced.some(other => reached.has(other))) continue;
      this.known.set(statement, reached);
      this.size += reached.size;
    }
  }

  /**
   * The statements in whose places others stand that have the same ties, so that what reaches none of them reaches what it did before.
   * Undefined where more than that is different.
   */
  private replacedSince(before: Reach): readonly Statement[] | undefined {
    const [old, now] = [before.program.body, this.program.body];
    if (before.hasFurtherActors || old.length !== now.length || before.calls.join('\n') !== this.calls.join('\n')) return undefined;
    const replaced: Statement[] = [];
    for (let i = 0; i < old.length; i++) {
      if (old[i] === now[i]) continue;
      if (!hasSameTies(this.tiesOf(old[i]!), this.tiesOf(now[i]!))) return undefined;
      replaced.push(old[i]!);
    }
    return replaced;
  }

  /** The statements that declare a name, and those with functions that set it. */
  private readonly declared = once(() => {
    const declared = new Map<string, Statement[]>();
    for (const statement of this.program.body) {
      for (const name of this.tiesOf(statement).declares) {
        const others = declared.get(name);
        if (others) others.push(statement);
        else declared.set(name, [statement]);
      }
    }
    // Whether a function sets a variable decides what others can be sure of.
    for (const statement of this.program.body) for (const name of this.tiesOf(statement).sets) declared.get(name)?.push(statement);
    return declared;
  });

  /**
   * Everything that what is evaluated from a place of the program can depend on; undefined outside of its statements, and
   * where that is too much to be kept.
   */
  from(offset: number): ReadonlySet<Reached> | undefined {
    const statement = this.statementAt(offset);
    if (!statement) return undefined;
    let reached = this.known.get(statement);
    if (!reached) {
      if (this.size > mostReached) return undefined;
      this.known.set(statement, (reached = this.withGroups(this.walk([statement]))));
      this.size += reached.size;
    }
    return reached;
  }

  private statementAt(offset: number): Statement | undefined {
    const { body } = this.program;
    let [low, high] = [0, body.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (body[middle]!.start <= offset) low = middle;
      else high = middle - 1;
    }
    const found = body[low];
    return found && found.start <= offset && offset < found.end ? found : undefined;
  }

  private tiesOf(statement: Statement): Ties {
    let known = ties.get(statement);
    if (!known) ties.set(statement, (known = readTies(statement, this.isFixed)));
    return known;
  }

  private declarers(names: Iterable<string>): Statement[] {
    const statements: Statement[] = [];
    for (const name of names) for (const statement of this.declared().get(name) ?? []) statements.push(statement);
    return statements;
  }

  private walk(from: readonly Statement[]): Set<Statement> {
    const reached = new Set(from);
    // A name that thousands of statements set, as each layer of a long chain sets `x`, is followed once.
    let followed: Set<string> | undefined;
    // A set that grows is gone through to its end.
    for (const statement of reached) {
      for (const name of this.tiesOf(statement).mentions) {
        const declarers = this.declared().get(name);
        if (!declarers || (declarers.length > 1 && followed?.has(name))) continue;
        if (declarers.length > 1) (followed ??= new Set()).add(name);
        for (const other of declarers) reached.add(other);
      }
    }
    return reached;
  }

  /** From here on what was evaluated from a place of the program counts among what acts. */
  addActor(offset: number): void {
    const statement = this.statementAt(offset);
    this.groups ??= this.makeGroups();
    if (statement) this.addToGroups([statement], this.groups);
    this.known.clear();
    this.hasFurtherActors = true;
  }

  /** What acts can have changed whatever it reaches: with one of these come all that may have changed it. */
  private withGroups(reached: ReadonlySet<Statement>): ReadonlySet<Reached> {
    this.groups ??= this.makeGroups();
    // Most statements share nothing that can be changed: their set stays the one that it is.
    let met: Set<ReadonlySet<Reached>> | undefined;
    for (const statement of reached) {
      const group = this.groups.get(statement);
      if (group) (met ??= new Set()).add(group);
    }
    if (!met) return reached;
    const all = new Set<Reached>(reached);
    for (const group of met) for (const member of group) all.add(member);
    return all;
  }

  /** What acts, with all that it reaches; what shares something that can be changed is one group. */
  private makeGroups(): Groups {
    const groups: Groups = new Map();
    const actors = this.program.body.filter(statement => this.tiesOf(statement).acts);
    const called = this.calls.map(call => this.declarers(new Set(call.match(/[\p{ID_Continue}$]+/gu))));
    this.addToGroups([...actors, ...called.flat()], groups);
    for (const [i, statements] of called.entries()) this.join(this.calls[i]!, statements, groups);
    return groups;
  }

  private addToGroups(actors: readonly Statement[], groups: Groups): void {
    for (const statement of this.walk(actors)) {
      const others = [statement];
      for (const name of this.tiesOf(statement).mentions) {
        const known = this.joined.get(name);
        // One of them stands for all that are in its group.
        if (known) others.push(known);
        else {
          const declarers = this.declared().get(name) ?? [];
          others.push(...declarers);
          const changeable = declarers.find(declarer => !this.tiesOf(declarer).fixed);
          if (changeable) this.joined.set(name, changeable);
        }
      }
      this.join(statement, others, groups);
    }
  }

  private join(one: Reached, others: readonly Statement[], groups: Groups): void {
    const isChangeable = (member: Reached): member is Statement => typeof member !== 'string' && !this.tiesOf(member).fixed;
    const met = new Set(others.filter(isChangeable).flatMap(statement => groups.get(statement) ?? []));
    const [largest = new Set<Reached>(), ...rest] = [...met].sort((a, b) => b.size - a.size);
    for (const member of [one, ...others, ...rest.flatMap(group => [...group])]) {
      largest.add(member);
      if (isChangeable(member)) groups.set(member, largest);
    }
  }
}

type Groups = Map<Statement, Set<Reached>>;

const ties = new WeakMap<Statement, Ties>();

function readTies(statement: Statement, isFixed: (module: string) => boolean): Ties {
  const declares = declaredBy(statement);
  const mentions = identifiersIn(statement);
  const fixed = isFixedStatement(statement, isFixed);
  // Other files may share what they hold, and hand it back under another name: what has to do with one has to do with all.
  if (!fixed && (statement.kind === 'import' || namesOfOtherFiles.some(name => mentions.has(name)))) {
    declares.push('import');
    mentions.add('import');
  }
  return { declares, mentions, sets: setByFunctionsIn(statement), acts: acts(statement), fixed };
}

/** What leads to other files, and what they are given; `import` is the callee of `import('…')`. */
const hasSameTies = (a: Ties, b: Ties): boolean =>
  a.acts === b.acts && a.fixed === b.fixed && a.declares.length === b.declares.length && a.declares.every((name, i) => name === b.declares[i])
  && isSameSet(a.mentions, b.mentions) && isSameSet(a.sets, b.sets);

const namesOfOtherFiles = ['require', 'import', 'exports', 'module'];

function declaredBy(statement: Statement): string[] {
  switch (statement.kind) {
    case 'variable': return statement.declarations.flatMap(({ target }) => namesOfPattern(target));
    case 'function-declaration':
    case 'class-declaration': return [statement.name];
    case 'import': return statement.bindings.map(({ local }) => local);
    case 'export':
    case 'export-from': return [];
    // `var` in a block declares for the whole file.
    default: return [...writtenNames(statement)];
  }
}

function setByFunctionsIn(statement: Statement): ReadonlySet<string> {
  let names: Set<string> | undefined;
  walk(statement, node => {
    if (node.kind === 'function') for (const name of namesSetOutside(node as unknown as FunctionNode)) (names ??= new Set()).add(name);
  });
  return names ?? noNames;
}

const noNames: ReadonlySet<string> = new Set();

function acts(statement: Statement): boolean {
  switch (statement.kind) {
    case 'function-declaration':
    case 'import':
    case 'export-from': return false;
    case 'class-declaration': return !isPlain(statement.class);
    case 'variable': return statement.adds === true || statement.declarations.some(({ target, value }) => target.kind !== 'identifier' || (value !== undefined && !isPlain(value)));
    case 'export': return !statement.names.every(({ value }) => isPlain(value));
    default: return true;
  }
}

function isFixedStatement(statement: Statement, isFixed: (module: string) => boolean): boolean {
  if (statement.kind === 'import') return statement.typeOnly === true || isFixed(statement.from);
  return statement.kind === 'variable' && statement.scope === 'const'
    && statement.declarations.every(({ target, value }) => target.kind === 'identifier' && value !== undefined && (isPrimitive(value) || isFixedModule(value, isFixed)));
}

const isFixedModule = (value: Expression, isFixed: (module: string) => boolean): boolean => {
  const from = value.kind === 'call' ? requiredModule(value) : undefined;
  return from !== undefined && isFixed(from);
};

/** Whether it is made of literals and operators alone. */
function isPrimitive(value: Expression): boolean {
  let primitive = true;
  walk(value, ({ kind }) => {
    primitive &&= kind === undefined || kind === 'literal' || kind === 'template' || kind === 'unary' || kind === 'binary';
    return primitive;
  });
  return primitive;
}

/** Whether evaluating it calls nothing and writes nothing, not even by reading a property, which may have a getter. */
function isPlain(value: Expression): boolean {
  let plain = true;
  walk(value, node => {
    // What lies in a function, or in a field of an object to come, is not evaluated now.
    if (node.kind === 'function' || (node.kind === 'field' && node['static'] !== true)) return false;
    plain &&= !isAction(node);
    return plain;
  });
  return plain;
}

function isAction(node: { readonly kind?: string; readonly operator?: unknown }): boolean {
  switch (node.kind) {
    case 'assignment':
    case 'update':
    case 'static-block':
    case 'member':
    case 'spread':
    case 'await': return true;
    case 'unary': return node.operator === 'delete';
    case 'call': return requiredModule(node as Call) === undefined;
    default: return false;
  }
}

/** What `require('…')` names. */
function requiredModule({ callee, arguments: [from] }: Call): string | undefined {
  if (callee.kind !== 'identifier' || callee.name !== 'require' || from?.kind !== 'literal') return undefined;
  return typeof from.value === 'string' ? from.value : undefined;
}
