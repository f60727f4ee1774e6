// What stands in for a value that is absent: `&&`, `||`, `??`, and the defaults of patterns and parameters.
import type { Spanned } from '../syntax/place.ts';
import { assumedDefault, assumeDeeply } from './assumptions.ts';
import { birth } from './birth.ts';
import { isMadeSince, restingOn } from './extent.ts';
import { forkValues } from './fork.ts';
import { alternatives, oneOf, unknownCondition } from './join.ts';
import { assumed, notesOf, plain, truth } from './primitives.ts';
import type { Run } from './run.ts';
import { AssumedValue, UnionValue, UnknownValue, type Value } from './values.ts';

/** What an operator that decides by its left side gives, also where it assigns. */
export function evaluateLogical(run: Run, operator: '&&' | '||' | '??', left: Value, right: () => Value, node: Spanned): Value {
  const notes = notesOf(left);
  return notes.length === 0 ? decided(run, operator, left, right, node) : assumed(decided(run, operator, left, () => restingRight(run, notes, right), node), notes);
}

/** Where the right side is evaluated at all, what it does rests on what the left was taken to be. */
function restingRight(run: Run, notes: readonly string[], right: () => Value): Value {
  run.assume(notes);
  return right();
}

function decided(run: Run, operator: '&&' | '||' | '??', left: Value, right: () => Value, node: Spanned): Value {
  if (operator === '??') return unlessAbsent(run, left, isNullish, right, node);
  if (operator === '||') return unlessAbsent(run, left, isFalsy, right, node);
  const holds = truth(left);
  return holds === undefined ? forkValues(run, [right, () => falsePart(left)], unknownCondition(run.at(node))) : holds ? right() : left;
}

/** What is left of a value that turned out to be falsy. */
function falsePart(value: Value): Value {
  if (value instanceof UnknownValue) return value.isBoolean ? false : value;
  return value instanceof UnionValue ? alternatives(value.alternatives.filter(one => truth(one) !== true)) ?? value : value;
}

/** What a pattern or a parameter gets: its default where there is undefined, and not for null. */
export function orDefault(run: Run, value: Value, fallback: () => Value, node: Spanned): Value {
  if (!(value instanceof AssumedValue)) return unlessAbsent(run, value, isUndefined, fallback, node);
  const moment = birth();
  return value.value === undefined ? restingOn(run, fallback(), value.notes, moment) : value;
}

/** Whether a value is absent; undefined where nobody can tell. */
type IsAbsent = (value: Value) => boolean | undefined;

const isUnknown = (value: Value): boolean => value instanceof UnknownValue && !value.tensor;
const isNullish: IsAbsent = value => (isUnknown(value) ? undefined : value === null || value === undefined);
const isUndefined: IsAbsent = value => (isUnknown(value) ? undefined : value === undefined);
const isFalsy: IsAbsent = value => { const holds = truth(value); return holds === undefined ? undefined : !holds; };

function unlessAbsent(run: Run, value: Value, isAbsent: IsAbsent, fallback: () => Value, node: Spanned): Value {
  if (value instanceof UnionValue) return unlessOneIsAbsent(run, value.alternatives, kept => alternatives(kept), isAbsent, fallback, node);
  const absent = isAbsent(plain(value));
  if (absent !== undefined) return absent ? fallback() : value;
  if (value instanceof UnknownValue && value.argument) return assumedStandIn(run, value, fallback);
  if (value instanceof UnknownValue && value.oneOf) return unlessOneIsAbsent(run, value.oneOf, kept => oneOf(kept, value.reason, value.name), isAbsent, fallback, node);
  return forkValues(run, [fallback, () => value], unknownCondition(run.at(node)));
}

/** The same where the value is one of several. */
function unlessOneIsAbsent(run: Run, several: readonly Value[], join: (kept: readonly Value[]) => Value, isAbsent: IsAbsent, fallback: () => Value, node: Spanned): Value {
  const kept = several.filter(value => isAbsent(plain(value)) !== true);
  if (kept.length === 0) return fallback();
  const rest = (): Value => (kept.length === 1 ? kept[0] : join(kept));
  const isThere = kept.length === several.length && several.every(value => isAbsent(plain(value)) === false);
  return isThere ? rest() : forkValues(run, [fallback, rest], unknownCondition(run.at(node)));
}

/** What nobody passes, with a default: `options.units ?? 64`. The default is what happens when nobody says otherwise. */
function assumedStandIn(run: Run, { name }: UnknownValue, fallback: () => Value): Value {
  const moment = birth();
  const standIn = fallback();
  const isPrimitive = standIn !== null && standIn !== undefined && typeof standIn !== 'object';
  if (isPrimitive) return assumed(standIn, [assumedDefault(name ?? 'a value that is not known', standIn)]);
  // What was there before is for others to use as well, who do not rest on this.
  return isMadeSince(standIn, moment) ? assumeDeeply(run, standIn, name) : standIn;
}
