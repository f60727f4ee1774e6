// How many elements a list has, and which properties an object: where that is taken for granted, what depends on it says so. A
// note on each element cannot, as an empty list has none.
import type { Run } from './run.ts';
import { assumed } from './primitives.ts';
import { ArrayValue, AssumedValue, NamespaceValue, ObjectValue, type Value } from './values.ts';

/** What keeps the elements or properties of a value: a map has them in a list. */
function holderOfExtent(value: Value): ArrayValue | ObjectValue | undefined {
  const held = value instanceof NamespaceValue ? value.items : value;
  return held instanceof ArrayValue || held instanceof ObjectValue ? held : undefined;
}

/** What was taken for granted of a list, a map or an object; undefined for nearly all. */
export const extentOf = (value: Value): readonly string[] | undefined => holderOfExtent(value)?.assumedExtent;

/** Both; the first where nothing is new, so that nobody has to be told. */
export const together = <Notes extends readonly string[] | undefined>(notes: Notes, more: readonly string[] | undefined): Notes | readonly string[] =>
  (!more || more === notes || more.length === 0 ? notes : !notes || notes.length === 0 ? more : more.every(note => notes.includes(note)) ? notes : [...new Set([...notes, ...more])]);

/** For what is only being made, which nobody else has seen. */
export function withExtent<T extends Value>(made: T, notes: readonly string[] | undefined): T {
  const holder = notes && holderOfExtent(made);
  if (holder) holder.assumedExtent = together(holder.assumedExtent, notes);
  return made;
}

export function assumeExtent(run: Run, value: Value, notes: readonly string[] | undefined): void {
  const holder = notes && holderOfExtent(value);
  if (holder && together(holder.assumedExtent, notes) !== holder.assumedExtent) run.trail.write(holder, 'assumedExtent', together(holder.assumedExtent, notes));
}

/** What happens as often as there are elements rests on how many there are. */
export function assumeTurns(run: Run, over: Value): void {
  const notes = extentOf(over);
  if (notes) run.assume(notes);
}

/** Whether a list or an object came into being after a certain moment. */
export const isMadeSince = (value: Value, moment: number): boolean => (holderOfExtent(value)?.born ?? 0) > moment;

/**
 * A value that rests on notes: a primitive says so itself, what was made of them since `moment` by its extent, and for anything else
 * the present call does.
 */
export function restingOn(run: Run, value: Value, notes: readonly string[], moment: number): Value {
  if (isMadeSince(value, moment)) return withExtent(value, notes);
  const resting = assumed(value, notes);
  if (!(resting instanceof AssumedValue)) run.assume(notes);
  return resting;
}
