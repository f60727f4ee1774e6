// `Object.freeze` and its relatives.
import { ProgramThrow } from '../completion.ts';
import { levels, permits, raised, type Level, type Permission } from '../integrity.ts';
import { unknownCondition } from '../join.ts';
import { holderOf, mayChange, mayDelete, ownProperties, type Holder } from '../member-writes.ts';
import { objectsOf } from '../members.ts';
import { plain, reasonOf } from '../primitives.ts';
import { either } from '../refused-writes.ts';
import type { Run } from '../run.ts';
import { ArrayValue, ObjectValue, PrototypeValue, UnknownValue, type NativeCall, type Value } from '../values.ts';
import { TypedArrayValue } from './typed-arrays.ts';

/** `freeze`, `seal` and `preventExtensions`. */
export function raiseTo(level: Level, run: Run, call: NativeCall): Value {
  const value = plain(call.args[0]);
  const target = value instanceof ArrayValue ? value : holderOf(value);
  if (value instanceof TypedArrayValue && level === levels.frozen && value.elements.length > 0) throw new ProgramThrow('Cannot freeze array buffer views with elements');
  if (target) raise(run, target, level);
  if (value instanceof ArrayValue) raiseNamed(run, value, level);
  for (const one of objectsOf(value) ?? []) either(run, () => { raiseTo(level, run, { ...call, args: [one] }); }, reasonOf(value) ?? unknownCondition(call.call));
  return call.args[0];
}

function raise(run: Run, target: Holder | ArrayValue, level: Level): void {
  run.trail.write(target, 'integrity', raised(target.integrity, level));
}

function raiseNamed(run: Run, list: ArrayValue, level: Level): void {
  if (!list.named) run.trail.write(list, 'named', new ObjectValue());
  if (list.named instanceof ObjectValue) raise(run, list.named, level);
}

/** Whether nothing is permitted any more that a level rules out. */
export function isRaisedTo(level: Level, run: Run, call: NativeCall): boolean | UnknownValue {
  const value = plain(call.args[0]);
  if (value === null || typeof value !== 'object') return true;
  const permissions = value instanceof ArrayValue ? leftOfList(value, level) : leftOf(holderOf(value), level);
  if (permissions?.includes(true)) return false;
  const doubt = permissions?.find(permission => typeof permission === 'object');
  return doubt ? new UnknownValue(doubt) : permissions ? true : run.unknown('what may be changed of this is not followed', call.call);
}

/** What a level rules out, and whether it is permitted; undefined where that is not known. */
function leftOf(holder: Holder | undefined, level: Level): Permission[] | undefined {
  if (!holder) return undefined;
  const { integrity } = holder;
  if (level === levels.closed || permits(integrity, level) === false) return [permits(integrity, level)];
  // Each function has properties of its own, of which some can be written to.
  if (!(holder instanceof ObjectValue)) return permits(integrity, levels.closed) === true ? [true] : undefined;
  const left = [...ownProperties(holder).entries()].filter(([key]) => !key.startsWith('#')).map(([, property]) => {
    const permission = level === levels.frozen && !property.getter && !property.setter ? anyOf(mayChange(holder, property), mayDelete(holder, property)) : mayDelete(holder, property);
    return permission === true && property.uncertain ? property.uncertain : permission;
  });
  const unlisted = holder instanceof PrototypeValue && !ownProperties(holder).has('constructor') ? [permits(integrity, level)] : holder.open ? [holder.open] : [];
  return [permits(integrity, levels.closed), ...left, ...unlisted];
}

function leftOfList(list: ArrayValue, level: Level): Permission[] | undefined {
  if (list instanceof TypedArrayValue) return undefined;
  const isEmpty = list.elements.length === 0;
  // That an empty list can still be made longer is not seen by every engine.
  if (isEmpty && level === levels.frozen && permits(list.integrity, levels.closed) !== true && permits(list.integrity, level) !== false) return undefined;
  // How long a list is can be written until it is frozen, whether it has elements or not.
  const own = level === levels.closed || level === levels.frozen || !isEmpty ? [permits(list.integrity, level)] : [permits(list.integrity, levels.closed), ...(list.open ? [list.open] : [])];
  const named = list.hasOnlyElements ? [] : list.named instanceof ObjectValue ? leftOf(list.named, level) : undefined;
  return named && [...own, ...named];
}

const anyOf = (...permissions: readonly Permission[]): Permission => (permissions.includes(true) ? true : permissions.find(permission => typeof permission === 'object') ?? false);
