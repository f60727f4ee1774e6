// Loops whose number of turns is not known.
import { isSymbolic, isUnknown, type Unknown } from '../shapes/dim.ts';
import { isRanked, sameShape, type Shape } from '../shapes/shape.ts';
import { birth, type Born } from './birth.ts';
import { ProgramThrow, type Completion } from './completion.ts';
import { changesNoCount, Creations, type Creation } from './creations.ts';
import { abandonExits, explore, forkStatements, spoil, type Outcome } from './fork.ts';
import { joinPlaces } from './join.ts';
import { plain, sameValue } from './primitives.ts';
import type { Run } from './run.ts';
import { Delta, type Change } from './trail.ts';
import { ArrayValue, LayerValue, ModelValue, ObjectValue, TensorValue, UnionValue, UnknownValue, type PropertyValue, type Value } from './values.ts';

/** So many turns are tried out before what still changes is taken to be anything. */
const mostTried = 3;

/**
 * What a turn changes is found by trying one out, and again from what it may have left behind, until another turn changes nothing more:
 * then one turn is evaluated from a state in which those places hold what they may hold in any turn, and joined with no turn at all.
 * While a loop around it is tried out itself, that turn could only do again what the last one that was tried did: without it, loops
 * inside each other do not take twice as long for each of them.
 */
export function repeatUnknown(run: Run, turn: () => Completion, reason: Unknown): void {
  run.trail.watch();
  try {
    for (let tried = 1; tried <= mostTried; tried++) {
      const found = tryTurn(run, turn, reason, tried);
      if (found === 'nothing' && run.mutedDepth > 0) return;
      if (found !== 'more') break;
    }
    forkStatements(run, [() => loopEnd(turn()), () => undefined], reason);
  } finally {
    run.trail.unwatch();
  }
}

/**
 * Whether the turns after this one may find more than it has found, and whether it has found nothing at all: it comes to its end, and what
 * it writes is what was there.
 */
function tryTurn(run: Run, turn: () => Completion, reason: Unknown, tried: number): 'more' | 'all' | 'nothing' {
  const position = run.trail.watch();
  const born = birth();
  let buildsModels = false;
  const unsettled: { readonly target: Born; readonly key: string; readonly change: Change }[] = [];
  try {
    const join = joinPlaces(run, reason);
    const { outcomes, hasExits } = outcomesOf(run, turn, position, born, reason);
    for (const { delta } of outcomes) {
      run.trail.merge([delta, new Delta()], (target, key, after, before) => {
        buildsModels ||= isOfModels(target);
        const joined = anyTurn(join(target, key, after, before), reason);
        if (!isSettled(target, before, after, joined)) unsettled.push({ target, key, change: { before, after } });
        return joined;
      }, born);
    }
    if (tried === mostTried) for (const { target, key, change } of unsettled) spoil(run, target, key, change, reason);
    return unsettled.length > 0 ? 'more' : hasExits || buildsModels ? 'all' : 'nothing';
  } finally {
    run.trail.unwatch();
  }
}

interface Turn {
  readonly outcomes: readonly Outcome<Completion>[];
  /** Whether the turn, or a way through it, does not come to its end. */
  readonly hasExits: boolean;
}

function outcomesOf(run: Run, turn: () => Completion, position: number, born: number, reason: Unknown): Turn {
  const pending = run.exits.length;
  run.mutedDepth++;
  try {
    const outcomes = explore(run, position, born, [turn], reason);
    return { outcomes, hasExits: run.exits.length > pending || outcomes.length === 0 || outcomes.some(({ result }) => result !== undefined) };
  } catch (error) {
    if (!(error instanceof ProgramThrow)) throw error;
    // There may be no turn at all.
    run.trail.rollBack(position);
    return { outcomes: [], hasExits: true };
  } finally {
    abandonExits(run, pending);
    run.mutedDepth--;
  }
}

/** A number that one turn changes, another one changes further: it is not one of the two that were seen. */
function anyTurn(joined: unknown, reason: Unknown): unknown {
  if (joined instanceof UnionValue) return joined.alternatives.some(value => typeof value === 'number' || isSymbolic(value)) ? new UnknownValue(reason) : joined;
  if (Array.isArray(joined)) return joined.some(element => element instanceof UnionValue) ? joined.map(element => anyTurn(element, reason)) : joined;
  return isProperty(joined) && joined.value instanceof UnionValue ? { ...joined, value: anyTurn(joined.value, reason) } : joined;
}

const isProperty = (joined: unknown): joined is PropertyValue => typeof joined === 'object' && joined !== null && !('kind' in joined) && 'value' in joined;

const isOfModels = (target: Born): boolean => target instanceof ModelValue || target instanceof LayerValue;

/** Whether a place holds what it held before, as far as the program can tell. What models are made of is joined in a way of its own. */
function isSettled(target: Born, before: unknown, after: unknown, joined: unknown): boolean {
  if (isOfModels(target)) return true;
  if (target instanceof Creations) return changesNoCount(before as Creation, after as Creation);
  return isSame(before, joined, 3);
}

function isSame(before: unknown, joined: unknown, depth: number): boolean {
  if (before === joined || depth === 0) return true;
  if (Array.isArray(before)) return Array.isArray(joined) && before.length === joined.length && before.every((element, i) => isSame(element, joined[i], depth - 1));
  if (isProperty(before)) return isProperty(joined) && (before.uncertain === undefined) === (joined.uncertain === undefined) && isSame(before.value, joined.value, depth);
  if (!isObject(before) || !isObject(joined)) return false;
  return isSameValue(plain(before as Value), plain(joined as Value), depth);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function isSameValue(before: Value, joined: Value, depth: number): boolean {
  if (sameValue(before, joined)) return true;
  const [a, b] = [tensorOf(before), tensorOf(joined)];
  if (a || b) return a !== undefined && b !== undefined && isSameShape(a.shape, b.shape);
  if (before instanceof UnknownValue) return joined instanceof UnknownValue;
  if (before instanceof ArrayValue && joined instanceof ArrayValue) return (before.open === undefined) === (joined.open === undefined) && isSame(before.elements, joined.elements, depth);
  if (before instanceof ObjectValue && joined instanceof ObjectValue) {
    return (before.open === undefined) === (joined.open === undefined) && before.properties.size === joined.properties.size
      && [...before.properties].every(([key, property]) => isSame(property, joined.properties.get(key), depth - 1));
  }
  return false;
}

const tensorOf = (value: Value): TensorValue | undefined => (value instanceof TensorValue ? value : value instanceof UnknownValue ? value.tensor : undefined);

/** What is not known of one is not known of the other. */
function isSameShape(a: Shape, b: Shape): boolean {
  if (!isRanked(a) || !isRanked(b)) return isRanked(a) === isRanked(b);
  return a.length === b.length && a.every((dim, i) => (isUnknown(dim) && isUnknown(b[i])) || sameShape([dim], [b[i]!]));
}

/** After a turn that breaks or continues the program goes on behind the loop all the same. */
const loopEnd = (completion: Completion): Completion => (completion?.type === 'return' ? completion : undefined);
