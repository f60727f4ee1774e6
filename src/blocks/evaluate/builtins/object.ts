// `Object.keys` and its relatives, `Array.from` and its relatives.
import { unknown, type Unknown } from '../../shapes/dim.ts';
import { assumeNotOverwritten } from '../assumptions.ts';
import { assumeExtent, assumeTurns, extentOf, withExtent } from '../extent.ts';
import { levels, permits } from '../integrity.ts';
import { holderOf, setPrototype, writeMember } from '../member-writes.ts';
import { unary } from '../operators.ts';
import { allNames, copiedProperties, listedNames, listedProperties, namesOfList } from '../own-properties.ts';
import { assumed, keyOf, plain } from '../primitives.ts';
import { either } from '../refused-writes.ts';
import type { Run } from '../run.ts';
import { ArrayValue, AssumedValue, HoleValue, NamespaceValue, ObjectValue, UnknownValue, type NativeCall, type Value } from '../values.ts';
import { methodOfArrays } from './array.ts';
import { limited, mapped } from './array-callbacks.ts';
import { defineProperties, defineProperty, propertyDescriptor } from './define-property.ts';
import { isIterable, iterate } from './iterators.ts';
import { callBack, namespace, native } from './native.ts';
import { isRaisedTo, raiseTo } from './object-integrity.ts';
import { TypedArrayValue } from './typed-arrays.ts';

const listOf = (name: string, list: List): [string, Value] => [
  name, native(name, (run, call) => {
    const given = plain(call.args[0]);
    return withExtent(listOfParts(run, name, typeof given === 'string' ? limited(run, given.split('')) : given, list, call), extentOf(given));
  }),
];

type List = (run: Run, object: ObjectValue, call: NativeCall) => { readonly certain: readonly Value[]; readonly open: Unknown | undefined };

function listOfParts(run: Run, name: string, object: Value, list: List, call: NativeCall): ArrayValue {
  if (object instanceof ObjectValue) {
    const { certain, open } = list(run, object, call);
    return new ArrayValue(certain, open);
  }
  if (object instanceof ArrayValue && name === 'keys') {
    const { certain, open } = namesOfList(run, object);
    return new ArrayValue(certain, open, object.placed);
  }
  if (object instanceof ArrayValue && name === 'values' && object.hasOnlyElements) return new ArrayValue(object.elements.filter(element => !(element instanceof HoleValue)), object.open, object.placed);
  if (object instanceof ArrayValue && name === 'entries' && object.hasOnlyElements && !object.open) {
    const { certain } = namesOfList(run, object);
    return new ArrayValue(certain.map(index => new ArrayValue([index, object.elements[Number(index)]])));
  }
  return new ArrayValue([], object instanceof UnknownValue ? object.reason : unknown('the object is not known', call.call));
}

const ownProperty = native('hasOwnProperty', (run, call) => hasOwn(run, call.thisValue, call.args[0], call));

export const objectNamespace = namespace('Object', Object.fromEntries([
  listOf('keys', (run, object) => listedNames(run, object)),
  listOf('values', (run, object, { call }) => {
    const { certain, open } = listedProperties(run, object, call);
    return { certain: certain.map(([, value]) => value), open };
  }),
  listOf('entries', (run, object, { call }) => {
    const { certain, open } = listedProperties(run, object, call);
    return { certain: certain.map(entry => new ArrayValue(entry)), open };
  }),
  ['assign', native('assign', (run, call) => {
    for (const source of call.args.slice(1)) assign(run, call.args[0], plain(source), call);
    return call.args[0];
  })],
  ['fromEntries', native('fromEntries', (run, call) => {
    const entries = iterate(run, plain(call.args[0]), call.call);
    const object = new ObjectValue();
    if (!entries) object.open = unknown('the entries are not known', call.call);
    else {
      object.open = entries.open;
      withExtent(object, entries.assumedExtent);
      for (const entry of entries.elements) {
        const pair = plain(entry);
        const key = pair instanceof ArrayValue ? keyOf(pair.elements[0]) : undefined;
        if (key !== undefined && pair instanceof ArrayValue) object.properties.set(key, { value: pair.elements[1] });
        else object.open ??= unknown('an entry is not known', call.call);
      }
    }
    return object;
  })],
  ['create', native('create', (run, call) => {
    const made = new ObjectValue();
    setPrototype(run, made, call.args[0]);
    defineProperties(run, made, plain(call.args[1]), call);
    return made;
  })],
  ['getPrototypeOf', native('getPrototypeOf', (run, call) => {
    const object = plain(call.args[0]);
    return (object instanceof ObjectValue ? object.prototype : undefined) ?? run.unknown('the prototype is not followed', call.call);
  })],
  ['setPrototypeOf', native('setPrototypeOf', (run, call) => {
    const object = plain(call.args[0]);
    if (object instanceof ObjectValue) setPrototype(run, object, call.args[1]);
    return call.args[0];
  })],
  listOf('getOwnPropertyNames', (run, object) => allNames(run, object)),
  ['hasOwn', native('hasOwn', (run, call) => hasOwn(run, call.args[0], call.args[1], call))],
  ['prototype', new NamespaceValue('Object.prototype', property => (property === 'hasOwnProperty' ? ownProperty : new UnknownValue(unknown(`${property} of every object is not followed`))))],
  ['is', native('is', (run, call) => {
    const [a, b] = [plain(call.args[0]), plain(call.args[1])];
    const isText = (value: Value): boolean => value === null || typeof value !== 'object';
    return isText(a) && isText(b) ? Object.is(a, b) : run.unknown('whether they are the same is not known', call.call);
  })],
  ['groupBy', native('groupBy', (run, call) => groupBy(run, call))],
  ['defineProperty', native('defineProperty', (run, call) => {
    defineProperty(run, plain(call.args[0]), keyOf(call.args[1]), plain(call.args[2]), call);
    return call.args[0];
  })],
  ['defineProperties', native('defineProperties', (run, call) => {
    defineProperties(run, plain(call.args[0]), plain(call.args[1]), call);
    return call.args[0];
  })],
  ['getOwnPropertyDescriptor', native('getOwnPropertyDescriptor', (run, call) => propertyDescriptor(run, call))],
  ['preventExtensions', native('preventExtensions', (run, call) => raiseTo(levels.closed, run, call))],
  ['seal', native('seal', (run, call) => raiseTo(levels.sealed, run, call))],
  ['freeze', native('freeze', (run, call) => raiseTo(levels.frozen, run, call))],
  ['isExtensible', native('isExtensible', (run, call) => unary(run, '!', isRaisedTo(levels.closed, run, call)))],
  ['isSealed', native('isSealed', (run, call) => isRaisedTo(levels.sealed, run, call))],
  ['isFrozen', native('isFrozen', (run, call) => isRaisedTo(levels.frozen, run, call))],
]));

/** Writes what the source has itself, as an assignment in strict code would. */
function assign(run: Run, to: Value, source: Value, call: NativeCall): void {
  const target = plain(to);
  assumeExtent(run, target, extentOf(source));
  if (source instanceof ObjectValue) {
    if (source.open && target instanceof ObjectValue) assumeNotOverwritten(run, target);
    for (const [key, { value, uncertain }] of copiedProperties(run, source, call.call)) {
      const write = (): void => { writeMember(run, target, key, value, call.call, { always: true }); };
      if (uncertain) either(run, write, uncertain);
      else write();
    }
    if (source.open) openUp(run, target, source.open);
  } else if (source instanceof ArrayValue && !source.open && source.hasOnlyElements) {
    for (const [i, element] of source.elements.entries()) writeMember(run, target, String(i), element, call.call, { always: true });
  } else if (source !== null && typeof source === 'object') {
    if (target instanceof ObjectValue) assumeNotOverwritten(run, target);
    openUp(run, target, source instanceof UnknownValue ? source.reason : unknown('it is one of several objects', call.call));
  }
}

/** Properties that are not known are added. */
function openUp(run: Run, target: Value, reason: Unknown): void {
  const holder = holderOf(target);
  if (holder && permits(holder.integrity, levels.closed) !== false) run.trail.write(holder, 'open', holder.open ?? reason);
}

/** `Object.groupBy(items, item => key)`. */
function groupBy(run: Run, call: NativeCall): Value {
  const list = iterate(run, plain(call.args[0]), call.call);
  if (!list || list.open) return run.unknown('the items are not known', call.call);
  const groups = new Map<string, Value[]>();
  for (const [i, item] of list.elements.entries()) {
    const key = keyOf(callBack(run, call.args[1], [item, i], call));
    if (key === undefined) return run.unknown('the group of an item is not known', call.call);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  const object = new ObjectValue();
  for (const [key, items] of groups) object.properties.set(key, { value: new ArrayValue(items) });
  return object;
}

/** Whether an object itself has a property. */
export function hasOwn(run: Run, target: Value, name: Value, call: NativeCall): Value {
  const [object, key] = [plain(target), keyOf(name)];
  if (object instanceof ObjectValue && key !== undefined && (object.properties.has(key) || !object.open) && !object.properties.get(key)?.uncertain) return assumed(object.properties.has(key), object.assumedExtent ?? []);
  return run.unknown('whether it has this property is not known', call.call);
}

export const arrayNamespace = namespace('Array', {
  prototype: new NamespaceValue('Array.prototype', property => methodOfArrays(property)),
  isArray: native('isArray', (run, call) => {
    const value = plain(call.args[0]);
    return value instanceof UnknownValue ? run.unknown('whether this is a list is not known', call.call) : value instanceof ArrayValue && !(value instanceof TypedArrayValue);
  }),
  of: native('of', (_run, call) => new ArrayValue(call.args, call.open)),
  from: native('from', arrayFrom),
  fromAsync: native('fromAsync', arrayFrom),
});

function arrayFrom(run: Run, call: NativeCall): Value {
  const source = plain(call.args[0]);
  const base = source instanceof ObjectValue && !isIterable(source) ? listOfArrayLike(run, source, call) : listOfIterable(run, source, call);
  const callback = call.args[1];
  if (callback === undefined) return base;
  assumeTurns(run, base);
  return withExtent(mapped(run, base, callback, call), base.assumedExtent);
}

/** `{ length: 3 }`, and what it has under its indices. */
function listOfArrayLike(run: Run, source: ObjectValue, call: NativeCall): ArrayValue {
  const length = run.interpreter.member(run, source, 'length', call.call);
  const { elements, open } = arrayOfLength(run, length, call);
  return withExtent(new ArrayValue(elements.map((_, i) => run.interpreter.member(run, source, String(i), call.call)), open), length instanceof AssumedValue ? length.notes : undefined);
}

/** `Array(n)`, `new Array(n)`, `Array(a, b, c)`. */
export function makeArray(run: Run, call: NativeCall): Value {
  return call.args.length === 1 && typeof plain(call.args[0]) !== 'string' ? arrayOfLength(run, call.args[0], call) : new ArrayValue(call.args);
}

function arrayOfLength(run: Run, length: Value, call: NativeCall): ArrayValue {
  const count = plain(length);
  if (typeof count !== 'number') return new ArrayValue([], unknown('the length of the list is not known', call.call));
  if (!(count >= 0 && count <= run.budget.limits.elements)) return new ArrayValue([], unknown('the list is too long to be followed', call.call));
  run.budget.steps(count / 32);
  return new ArrayValue(new Array<Value>(Math.trunc(count)).fill(new HoleValue()));
}

function listOfIterable(run: Run, source: Value, call: NativeCall): ArrayValue {
  const list = iterate(run, source, call.call);
  if (list) return withExtent(new ArrayValue(list.elements, list.open, list.placed), list.assumedExtent);
  if (typeof source === 'string') return limited(run, [...source]);
  return new ArrayValue([], source instanceof UnknownValue ? source.reason : unknown('the list is not known', call.call));
}
