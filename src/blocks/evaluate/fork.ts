// Running several ways that cannot be told apart, and joining what they did.
import { unknown, type Unknown } from '../shapes/dim.ts';
import { birth, type Born } from './birth.ts';
import { ProgramThrow, type Completion, type PendingExit } from './completion.ts';
import { Creations, unsure } from './creations.ts';
import { anyIntegrity, namesOfAttributes } from './integrity.ts';
import { joinPlaces, joinValues } from './join.ts';
import type { Run } from './run.ts';
import type { Binding } from './scope.ts';
import { Delta, type Change } from './trail.ts';
import { ArrayValue, ModelValue, NamespaceValue, ObjectValue, UnknownValue, type LayerValue, type Properties, type PropertyValue, type Value } from './values.ts';

export interface Outcome<T> {
  readonly result: T;
  readonly delta: Delta;
}

/**
 * Runs each way from the present state, taking back what it wrote. Ways that throw are left out, and a `try` around them is told.
 * Where all throw, what they wrote is joined before.
 */
export function explore<T>(run: Run, position: number, born: number, ways: readonly (() => T)[], reason: Unknown): Outcome<T>[] {
  const outcomes: Outcome<T>[] = [];
  const written: Delta[] = [];
  let thrown: ProgramThrow | undefined;
  for (const way of ways) {
    const pendingBefore = run.exits.length;
    run.optionalDepth++;
    try {
      const result = way();
      outcomes.push({ result, delta: run.trail.changesSince(position) });
    } catch (error) {
      if (!(error instanceof ProgramThrow)) {
        run.trail.rollBack(position);
        throw error;
      }
      written.push(run.trail.changesSince(position));
      thrown = thrown ? new ProgramThrow(new UnknownValue(unknown('which of several things is thrown is not known'))) : error;
    } finally {
      run.optionalDepth--;
    }
    rebase(run, pendingBefore, position, born);
    run.trail.rollBack(position);
  }
  if (outcomes.length === 0 && thrown) {
    run.trail.merge(written, joinPlaces(run, reason), born);
    throw thrown;
  }
  // Nobody asks for the others.
  if (run.guarded > 0) for (const delta of written) leave(run, { completion: { type: 'throw' }, position, born, delta });
  return outcomes;
}

/** Exits that were left within a way now start from where the way itself started. */
function rebase(run: Run, from: number, position: number, born: number): void {
  for (let i = from; i < run.exits.length; i++) {
    const exit = run.exits[i]!;
    const delta = new Delta();
    for (const [target, key, { before, after }] of run.trail.changesSince(position, exit.position).places()) delta.note(target, key, before, after);
    for (const [target, key, { before, after }] of exit.delta.places()) delta.note(target, key, before, after);
    run.exits[i] = { completion: exit.completion, position, born, delta };
  }
}

/** An expression of which one of several ways gives the value. */
export function forkValues(run: Run, ways: readonly (() => Value)[], reason: Unknown): Value {
  const position = run.trail.watch();
  const born = birth();
  try {
    const outcomes = explore(run, position, born, ways, reason);
    run.trail.merge(outcomes.map(outcome => outcome.delta), joinPlaces(run, reason), born);
    return outcomes.map(outcome => outcome.result).reduce((a, b) => joinValues(run, a, b, reason));
  } finally {
    run.trail.unwatch();
  }
}

/** Statements of which one of several ways runs. */
export function forkStatements(run: Run, ways: readonly (() => Completion)[], reason: Unknown): Completion {
  const position = run.trail.watch();
  const born = birth();
  try {
    const outcomes = explore(run, position, born, ways, reason);
    const kept = outcomes.filter(outcome => outcome.result === undefined);
    const left = outcomes.filter(outcome => outcome.result !== undefined);
    let completion: Completion;
    if (kept.length === 0) {
      // Every way is left. Those that are left in the same manner are joined here, others when they are met again.
      const first = left[0]!.result!;
      const alike = left.filter(({ result }) => sameExit(result!, first));
      kept.push(...alike);
      completion = alike.map(outcome => outcome.result!).reduce((a, b) =>
        a.type === 'return' && b.type === 'return' ? { type: 'return', value: joinValues(run, a.value, b.value, reason) } : a);
    }
    for (const { result, delta } of left) {
      if (completion === undefined || !sameExit(result!, completion)) leave(run, { completion: result!, position, born, delta });
    }
    run.trail.merge(kept.map(outcome => outcome.delta), joinPlaces(run, reason), born);
    return completion;
  } finally {
    run.trail.unwatch();
  }
}

const sameExit = (a: NonNullable<Completion>, b: NonNullable<Completion>): boolean =>
  a.type === b.type && (a.type === 'return' || b.type === 'return' || a.label === b.label);

function leave(run: Run, exit: PendingExit): void {
  // The log must go on until both ways have met.
  run.trail.watch();
  run.exits.push(exit);
  if (!isEmptyGuard(exit)) run.optionalDepth++;
}

/** `if (!input) return;` says that there is nothing to build then; it does not make the rest a mere possibility. */
const isEmptyGuard = (exit: PendingExit): boolean =>
  exit.completion.type === 'return' && (exit.completion.value === undefined || exit.completion.value === null || exit.completion.value === false);

/**
 * Joins the ways that were left since `from` and that `matches` accepts with the present state. Returns the values that
 * they return.
 */
export function meet(run: Run, from: number, matches: (completion: PendingExit['completion']) => boolean, reason: Unknown): Value[] {
  const values: Value[] = [];
  for (let i = run.exits.length - 1; i >= from; i--) {
    const exit = run.exits[i]!;
    if (!matches(exit.completion)) continue;
    run.budget.steps(run.trail.lengthSince(exit.position) / 4);
    run.exits.splice(i, 1);
    if (!isEmptyGuard(exit)) run.optionalDepth--;
    run.trail.mergeLeft(exit.position, exit.delta, joinPlaces(run, reason), exit.born);
    run.trail.unwatch();
    if (exit.completion.type === 'return') values.push(exit.completion.value);
  }
  return values;
}

/**
 * The program leaves for somewhere else, or throws, but ways that were left since `from` and that `matches` accepts go on here: it goes
 * on with these, and the present way is one that was left. Gives those with which it goes on.
 */
export function goOnWith(run: Run, from: number, matches: (completion: PendingExit['completion']) => boolean, completion: PendingExit['completion'], reason: Unknown): readonly PendingExit[] {
  const left = run.exits.slice(from);
  if (!left.some(exit => matches(exit.completion))) return [];
  const { position, born } = left.reduce((first, exit) => (exit.position < first.position ? exit : first));
  rebase(run, from, position, born);
  const delta = run.trail.changesSince(position);
  run.trail.rollBack(position);
  const mine = run.exits.slice(from).filter(exit => matches(exit.completion));
  // Nobody asks for a way that throws where there is no handler.
  if (completion.type !== 'throw' || run.guarded > 0) leave(run, { completion, position, born, delta });
  run.exits = run.exits.filter(exit => !mine.includes(exit));
  run.trail.merge(mine.map(exit => exit.delta), joinPlaces(run, reason), born);
  forget(run, mine);
  return mine;
}

/** The same where something was thrown: throws it on where no way goes on here. */
export function goOnAfterThrow(run: Run, error: unknown, from: number, matches: (completion: PendingExit['completion']) => boolean, reason: Unknown): readonly PendingExit[] {
  const mine = error instanceof ProgramThrow ? goOnWith(run, from, matches, { type: 'throw' }, reason) : [];
  if (mine.length === 0) throw error;
  return mine;
}

/** Forgets the ways that were left since `from`; for when what they were left in came to no end. */
export function abandonExits(run: Run, from: number): void {
  forget(run, run.exits.splice(from));
}

function forget(run: Run, exits: readonly PendingExit[]): void {
  for (const exit of exits) {
    if (!isEmptyGuard(exit)) run.optionalDepth--;
    run.trail.unwatch();
  }
}

/** At the end of a function: what it may have thrown goes on to whoever handles it. */
export function leaveFunction(run: Run, from: number): void {
  const exits = run.exits.splice(from);
  run.exits.push(...exits.filter(isThrow));
  forget(run, exits.filter(exit => !isThrow(exit)));
}

const isThrow = ({ completion }: PendingExit): boolean => completion.type === 'throw';

/**
 * Runs `work` from a state that may be any of those in which something was thrown since `from`, besides the present one. These ways
 * end there.
 */
export function fromThrows<T>(run: Run, from: number, reason: Unknown, work: (join: () => void) => T): T {
  const exits = run.exits.splice(from);
  const thrown = exits.filter(isThrow);
  run.exits.push(...exits.filter(exit => !isThrow(exit)));
  try {
    return work(() => { for (const { position, born, delta } of thrown) run.trail.mergeLeft(position, delta, joinPlaces(run, reason), born); });
  } finally {
    forget(run, thrown);
  }
}

export const mayHaveThrown = (run: Run, from: number): boolean => run.exits.slice(from).some(isThrow);

/** A loop that was given up: whatever one turn of it writes is unknown from here on. */
export function giveUpLoop(run: Run, turn: () => Completion, reason: Unknown): void {
  const position = run.trail.watch();
  const pending = run.exits.length;
  run.mutedDepth++;
  try {
    const [outcome] = explore(run, position, birth(), [turn], reason);
    for (const [target, key, { before, after }] of outcome?.delta.places() ?? []) {
      const grows = target instanceof ArrayValue && key === 'elements' && isStartOf(before as readonly Value[], after as readonly Value[]);
      if (grows) run.trail.write(target, 'open', target.open ?? reason);
      else spoil(run, target, key, { before, after }, reason);
    }
  } catch (error) {
    if (!(error instanceof ProgramThrow)) throw error;
    run.possibleThrows++;
    for (const [target, key, change] of run.trail.changesSince(position).places()) spoil(run, target, key, change, reason);
  } finally {
    if (mayHaveThrown(run, pending)) run.possibleThrows++;
    abandonExits(run, pending);
    run.mutedDepth--;
    run.trail.unwatch();
  }
}

/** What is in a list, an object or a model may have been changed by code that is not followed. */
export function loseContents(run: Run, value: Value, reason: Unknown, depth = 3): void {
  if (depth === 0) return;
  if (value instanceof ModelValue) run.trail.write(value, 'open', reason);
  else if (value instanceof ArrayValue) {
    for (const element of value.elements) loseContents(run, element, reason, depth - 1);
    run.trail.write(value, 'elements', []);
    run.trail.write(value, 'open', value.open ?? reason);
  } else if (value instanceof NamespaceValue && value.items) loseContents(run, value.items, reason, depth);
  else if (value instanceof ObjectValue) {
    for (const [key, property] of [...value.properties]) {
      if (typeof property.value === 'object' && property.value !== null) loseContents(run, property.value, reason, depth - 1);
      else run.trail.writeKey(value.properties, key, { ...property, value: new UnknownValue(reason, key) });
    }
    run.trail.write(value, 'open', value.open ?? reason);
  }
}

const isStartOf = (start: readonly Value[], whole: readonly Value[]): boolean => start.length <= whole.length && start.every((value, i) => value === whole[i]);

/** Makes a variable, a property, or what a list or model holds unknown. */
export function spoil(run: Run, target: Born, key: string, { before, after }: Change, reason: Unknown): void {
  if (target instanceof ArrayValue && key === 'elements') run.trail.write(target, 'elements', []);
  if (target instanceof Map) {
    const isRestricted = [before, after].some(held => held !== undefined && namesOfAttributes.some(name => (held as PropertyValue)[name] !== undefined));
    const attributes = isRestricted ? Object.fromEntries(namesOfAttributes.map(name => [name, reason])) : {};
    run.trail.writeKey(target as Properties, key, { value: new UnknownValue(reason), uncertain: reason, ...attributes });
  }
  else if (target instanceof Creations) run.trail.write(target, 'last', unsure(target.last));
  else if (key === 'trainable' || key === 'weightsTrained') run.trail.write(target as LayerValue, key, new UnknownValue(reason));
  else if (key === 'value') run.trail.write(target as Binding, 'value', new UnknownValue(reason));
  else if (key === 'integrity') run.trail.write(target as ObjectValue, 'integrity', anyIntegrity(reason));
  else if (target instanceof ArrayValue && key === 'named') {
    const named = new ObjectValue();
    named.open = reason;
    named.integrity = anyIntegrity(reason);
    run.trail.write(target, 'named', named);
  } else if (key === 'prototype') run.trail.write(target as ObjectValue, 'prototype', new UnknownValue(reason));
  else if ('open' in target) run.trail.write(target as ArrayValue | ModelValue, 'open', reason);
}
