// `Reflect`: what operators do, as functions that say whether it was done.
import { unknown } from '../../shapes/dim.ts';
import { constructClass } from '../classes.ts';
import { relation } from '../expressions.ts';
import { deleteMember, holderOf, ownProperties, writeMember } from '../member-writes.ts';
import { allNames } from '../own-properties.ts';
import { keyOf, plain } from '../primitives.ts';
import { either } from '../refused-writes.ts';
import type { Run } from '../run.ts';
import { ArrayValue, NamespaceValue, ObjectValue, UnknownValue, filledAll, isSymbolKey, type NativeCall, type Value } from '../values.ts';
import { defineProperty } from './define-property.ts';
import { native, otherMember } from './native.ts';

/** Does something to a property of an object that nothing restricts; else it may have been done or not, and does not throw. */
function attempt(run: Run, call: NativeCall, work: (target: Value, key: string) => void): Value {
  const [target, key] = [plain(call.args[0]), keyOf(call.args[1])];
  const reason = unknown('whether a property may be changed in this manner is not known', call.call);
  const holder = holderOf(target);
  const own = holder && key !== undefined ? ownProperties(holder).get(key) : undefined;
  const isFree = target instanceof ObjectValue && !target.prototype && !target.integrity && !own?.getter && !own?.setter && !own?.uncertain && own?.writable === undefined && own?.configurable === undefined;
  if (isFree && key !== undefined) {
    work(target, key);
    return true;
  }
  if (key !== undefined) either(run, () => { work(target, key); }, reason);
  else if (holder) run.trail.write(holder, 'open', holder.open ?? reason);
  return new UnknownValue(reason);
}

function ownKeys(run: Run, call: NativeCall): Value {
  const object = plain(call.args[0]);
  if (!(object instanceof ObjectValue) || [...object.properties.keys()].some(isSymbolKey)) return run.unknown('the keys are not followed', call.call);
  const { certain, open } = allNames(run, object);
  return new ArrayValue(certain, open);
}

/** `Reflect.construct(Class, list)`. */
function construct(run: Run, call: NativeCall): Value {
  const [callee, list] = call.args.map(plain);
  const isList = list instanceof ArrayValue && call.args.length === 2;
  const args = isList ? filledAll(list.elements).slice(0, list.placedSoFar) : [];
  const open = isList ? list.open : unknown('what is made here, and of what, is not followed', call.call);
  const made = constructClass(run, callee, { ...call, args, argsAt: args.map(() => call.call), open });
  return call.args.length === 2 ? made : new UnknownValue(open!);
}

const members: Readonly<Record<string, Value>> = {
  apply: native('apply', (run, call) => {
    const [target, thisValue, list] = call.args;
    return run.interpreter.call(run, run.interpreter.member(run, target, 'apply', call.call), { ...call, thisValue: target, args: [thisValue, list], argsAt: [call.call, call.call] });
  }),
  construct: native('construct', construct),
  has: native('has', (run, { args, call }) => relation(run, 'in', args[1], args[0], call)),
  get: native('get', (run, { args, call }) => {
    const key = keyOf(args[1]);
    return key === undefined || args.length > 2 ? run.unknown('which property this is is not known', call) : run.interpreter.member(run, args[0], key, call);
  }),
  set: native('set', (run, call) => attempt(run, call, (target, key) => { writeMember(run, target, key, call.args[2], call.call); })),
  defineProperty: native('defineProperty', (run, call) => attempt(run, call, (target, key) => { defineProperty(run, target, key, plain(call.args[2]), call); })),
  deleteProperty: native('deleteProperty', (run, call) => attempt(run, call, (target, key) => { deleteMember(run, target, key, call.call); })),
  ownKeys: native('ownKeys', ownKeys),
};

export const reflect = new NamespaceValue('Reflect', property => (Object.hasOwn(members, property) ? members[property] : otherMember(Reflect, property, 'Reflect')));
