// Executes statements of the core syntax tree.
import { unknown } from '../shapes/dim.ts';
import type { Spanned } from '../syntax/place.ts';
import type { Block, Statement, Switch, Try, VariableStatement } from '../syntax/tree.ts';
import { ProgramThrow, type Completion, type PendingExit } from './completion.ts';
import { makeClass } from './classes.ts';
import { namesOfPattern } from '../syntax/names-in.ts';
import { evaluate, evaluateNamed, makeFunction, nameOfTarget } from './expressions.ts';
import { abandonExits, forkStatements, fromThrows, goOnAfterThrow, goOnWith, mayHaveThrown, meet } from './fork.ts';
import { unknownCondition } from './join.ts';
import { executeFor, executeForEach, executeWhile } from './loops.ts';
import { writeMember } from './member-writes.ts';
import { exportFrom, exportValue, importModule } from './modules.ts';
import { binary } from './operators.ts';
import { declarePattern } from './patterns.ts';
import { notesOf, truth } from './primitives.ts';
import type { Run } from './run.ts';
import { Scope } from './scope.ts';
import { forgetCounts } from './tensorflow/default-names.ts';
import { noteWholeLiteral } from './vocabulary/block-literals.ts';
import { BlockValue } from './vocabulary/block-value.ts';
import { ObjectValue, type Value } from './values.ts';

/** Executes the statements of a function or a block in a scope that is already theirs. */
export function executeBody(run: Run, body: readonly Statement[], scope: Scope): Completion {
  hoist(run, body, scope);
  for (const statement of body) {
    const completion = execute(run, statement, scope);
    if (completion) return completion;
  }
  return undefined;
}

/** Functions can be called before the place where they are declared. */
export function hoist(run: Run, body: readonly Statement[], scope: Scope): void {
  for (const statement of body) if (statement.kind === 'function-declaration') declareFunction(run, statement, scope);
}

function declareFunction(run: Run, { name, exported, function: node }: Extract<Statement, { kind: 'function-declaration' }>, scope: Scope): void {
  scope.declare(name, makeFunction(run, node, scope));
  if (exported) exportValue(run, exported === 'default' ? 'default' : name, () => scope.own(name)?.value);
}

// What makes closures is apart from `execute`, which would have to keep its variables for them at every statement.
export function execute(run: Run, statement: Statement, scope: Scope): Completion {
  run.budget.step();
  switch (statement.kind) {
    case 'expression': evaluate(run, statement.expression, scope); return undefined;
    case 'variable': executeVariables(run, statement, scope); return undefined;
    case 'block': return executeBody(run, statement.body, new Scope(scope));
    case 'if': {
      const test = evaluate(run, statement.test, scope);
      run.assume(notesOf(test));
      const holds = truth(test);
      if (holds === true) return execute(run, statement.then, scope);
      if (holds === false) return statement.otherwise && execute(run, statement.otherwise, scope);
      return executeBoth(run, statement, scope);
    }
    case 'for': return executeFor(run, statement, scope, undefined);
    case 'for-each': return executeForEach(run, statement, scope, undefined);
    case 'while': return executeWhile(run, statement, scope, undefined);
    case 'labeled': return executeLabeled(run, statement.body, statement.label, scope);
    case 'return': return { type: 'return', value: statement.value && evaluate(run, statement.value, scope) };
    case 'jump': return { type: statement.type, label: statement.label };
    case 'switch': return executeSwitch(run, statement, scope);
    case 'throw': throw new ProgramThrow(evaluate(run, statement.value, scope));
    case 'try': return executeTry(run, statement, scope);
    case 'function-declaration': return undefined;
    case 'class-declaration': declareClass(run, statement, scope); return undefined;
    case 'import': importModule(run, statement, scope); return undefined;
    case 'export': executeExport(run, statement, scope); return undefined;
    case 'export-from': exportFrom(run, statement); return undefined;
  }
}

function executeVariables(run: Run, statement: VariableStatement, scope: Scope): void {
  const into = statement.scope === 'var' ? scope.varScope() : scope;
  const mayBeLeftOut = statement.scope === 'var' && run.optionalDepth > run.frame.conditions;
  for (const { target, value } of statement.declarations) {
    // It is there from the beginning, and undefined where the condition does not hold.
    if (mayBeLeftOut) for (const name of namesOfPattern(target)) if (!into.own(name)) into.declare(name, undefined);
    // `var x;` leaves what an earlier `var x` holds.
    if (!value && statement.scope === 'var' && target.kind === 'identifier' && into.own(target.name)) continue;
    const before = statement.adds && target.kind === 'identifier' ? into.own(target.name)?.value : undefined;
    if (before !== undefined && value) {
      addMembers(run, before, evaluate(run, value, scope), statement);
      continue;
    }
    const given = value ? evaluateNamed(run, value, scope, nameOfTarget(target)) : undefined;
    declarePattern(run, target, given, into);
    if (given instanceof BlockValue && value?.kind === 'object' && statement.scope === 'const' && run.modules.get(run.file)?.scope === scope) noteWholeLiteral(run, given);
    if (statement.exported) exportNames(run, namesOfPattern(target), scope);
  }
}

function exportNames(run: Run, names: readonly string[], scope: Scope): void {
  for (const name of names) exportValue(run, name, () => scope.find(name)?.value);
}

/** Where nobody can tell whether a condition holds. */
const executeBoth = (run: Run, { test, then, otherwise }: Extract<Statement, { kind: 'if' }>, scope: Scope): Completion =>
  forkStatements(run, [() => execute(run, then, scope), () => otherwise && execute(run, otherwise, scope)], unknownCondition(run.at(test)));

function declareClass(run: Run, statement: Extract<Statement, { kind: 'class-declaration' }>, scope: Scope): void {
  const { name, exported } = statement;
  scope.declare(name, makeClass(run, statement.class, scope));
  if (exported) exportValue(run, exported === 'default' ? 'default' : name, () => scope.own(name)?.value);
}

function executeExport(run: Run, { names }: Extract<Statement, { kind: 'export' }>, scope: Scope): void {
  for (const { exported, value } of names) {
    if (value.kind === 'identifier') exportValue(run, exported, () => scope.find(value.name)?.value);
    else {
      const evaluated = evaluateNamed(run, value, scope, exported);
      exportValue(run, exported, () => evaluated);
      if (evaluated instanceof BlockValue && value.kind === 'object') noteWholeLiteral(run, evaluated);
    }
  }
}

function addMembers(run: Run, target: Value, members: Value, node: Spanned): void {
  if (members instanceof ObjectValue) for (const [key, { value }] of members.properties) writeMember(run, target, key, value, node);
}

function executeLabeled(run: Run, body: Statement, label: string, scope: Scope): Completion {
  const completion =
    body.kind === 'for' ? executeFor(run, body, scope, label)
    : body.kind === 'for-each' ? executeForEach(run, body, scope, label)
    : body.kind === 'while' ? executeWhile(run, body, scope, label)
    : executeLabeledBlock(run, body, label, scope);
  return completion?.type === 'break' && completion.label === label ? undefined : completion;
}

/** A block that one arm of a condition leaves by its label goes on behind it in each of both ways. */
function executeLabeledBlock(run: Run, body: Statement, label: string, scope: Scope): Completion {
  const exits = run.exits.length;
  const isLeft = (left: PendingExit['completion']): boolean => left.type === 'break' && left.label === label;
  const reason = unknownCondition(run.at(body));
  let completion: Completion;
  try {
    completion = execute(run, body, scope);
  } catch (error) {
    goOnAfterThrow(run, error, exits, isLeft, reason);
  }
  if (completion && !isLeft(completion)) return goOnWith(run, exits, isLeft, completion, reason).length > 0 ? undefined : completion;
  meet(run, exits, isLeft, reason);
  return completion;
}

function executeSwitch(run: Run, node: Switch, scope: Scope): Completion {
  const discriminant = evaluate(run, node.discriminant, scope);
  run.assume(notesOf(discriminant));
  const inside = new Scope(scope);
  for (const { body } of node.cases) hoist(run, body, inside);
  const from = (start: number): Completion => {
    for (const { body } of node.cases.slice(start)) {
      for (const statement of body) {
        const completion = execute(run, statement, inside);
        if (completion?.type === 'break' && completion.label === undefined) return undefined;
        if (completion) return completion;
      }
    }
    return undefined;
  };
  const possible: number[] = [];
  for (const [i, { test }] of node.cases.entries()) {
    if (!test) continue;
    const matches = truth(binary(run, '===', discriminant, evaluate(run, test, inside)));
    if (matches === false) continue;
    possible.push(i);
    if (matches) return possible.length === 1 ? from(i) : forkStatements(run, possible.map(start => () => from(start)), unknownCondition(run.at(node.discriminant)));
  }
  const fallback = node.cases.findIndex(({ test }) => !test);
  if (possible.length === 0) return fallback < 0 ? undefined : from(fallback);
  const ways = [...possible.map(start => () => from(start)), () => (fallback < 0 ? undefined : from(fallback))];
  return forkStatements(run, ways, unknownCondition(run.at(node.discriminant)));
}

function executeTry(run: Run, node: Try, scope: Scope): Completion {
  let completion: Completion;
  let thrown: ProgramThrow | undefined;
  try {
    completion = node.handler ? executeHandled(run, node, node.handler, scope) : executeBlock(run, node.body, scope);
  } catch (error) {
    if (!(error instanceof ProgramThrow && node.finalizer)) throw error;
    thrown = error;
  }
  const last = node.finalizer && executeBlock(run, node.finalizer, scope);
  if (thrown && !last) throw thrown;
  return last ?? completion;
}

/** The block, and the handler where something is thrown in it or may be. */
function executeHandled(run: Run, node: Try, handler: Block, scope: Scope): Completion {
  let completion: Completion;
  let thrown: ProgramThrow | undefined;
  const exits = run.exits.length;
  const before = run.possibleThrows;
  run.guarded++;
  try {
    completion = executeBlock(run, node.body, scope);
  } catch (error) {
    if (!(error instanceof ProgramThrow)) throw error;
    thrown = error;
  } finally {
    run.guarded--;
  }
  const reason = unknown('whether something is thrown before is not known', run.at(node));
  const handle = (value: Value): Completion => {
    const inside = new Scope(scope);
    if (node.parameter) declarePattern(run, node.parameter, value, inside);
    return executeBody(run, handler.body, inside);
  };
  const somethingThrown = (): Value => run.unknown('it is what was thrown', node);
  if (thrown) {
    const { value } = thrown;
    completion = fromThrows(run, exits, reason, join => {
      abandonExits(run, exits);
      join();
      // A text may be a message of the language, which real programs get as an error object.
      return handle(typeof value === 'object' && value !== null ? value : somethingThrown());
    });
  } else if (mayHaveThrown(run, exits) || run.possibleThrows > before) {
    const inTime = completion;
    completion = fromThrows(run, exits, reason, join => forkStatements(run, [() => inTime, () => { join(); return handle(somethingThrown()); }], reason));
  }
  run.possibleThrows = before;
  // How far the block came, and whether the handler ran, is not certain.
  forgetCounts(run);
  return completion;
}

const executeBlock = (run: Run, block: Block, scope: Scope): Completion => executeBody(run, block.body, new Scope(scope));
