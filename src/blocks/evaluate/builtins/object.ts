// `Object.keys` and its relatives, `Array.from` and its relatives.
import { unknown, type Unknown } from '../../shapes/dim.ts';
import { assumeNotOverwritten } from '../assumptions.ts';
import { setPrototype, writeMember } from '../members.ts';
import { copiedOver } from '../join.ts';
import { keyOf, plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, HoleValue, NamespaceValue, ObjectValue, UnionValue, UnknownValue, isSymbolKey, type NativeCall, type Value } from '../values.ts';
import { limited, mapped, methodOfArrays } from './array.ts';
import { isIterable, iterate } from './iterators.ts';
import { callBack, namespace, native } from './native.ts';
import { TypedArrayValue } from './typed-arrays.ts';

const listOf = (name: string, list: (object: ObjectValue) => Value[]): [string, Value] => [
  name, native(name, (_run, call) => {
    const object = plain(call.args[0]);
    if (object instanceof ObjectValue) return new ArrayValue(list(object), mayHaveOtherKeys(object), object.open ? undefined : 0);
    if (object instanceof ArrayValue && name === 'keys') return new ArrayValue(keysOfList(object), openKeysOfList(object), object.placed);
    if (object instanceof ArrayValue && name === 'values' && !object.named) return new ArrayValue(object.elements.filter(element => !(element instanceof HoleValue)), object.open, object.placed);
    return new ArrayValue([], object instanceof UnknownValue ? object.reason : unknown('the object is not known', call.call));
  }),
];

const ownProperty = native('hasOwnProperty', (run, call) => hasOwn(run, call.thisValue, call.args[0], call));

export const objectNamespace = namespace('Object', Object.fromEntries([
  listOf('keys', object => ownKeys(object)),
  listOf('values', object => ownKeys(object).map(key => object.properties.get(key)!.value)),
  listOf('entries', object => ownKeys(object).map(key => new ArrayValue([key, object.properties.get(key)!.value]))),
  ['assign', native('assign', (run, call) => {
    const target = plain(call.args[0]);
    if (!(target instanceof ObjectValue)) {
      for (const source of call.args.slice(1).map(plain)) {
        if (source instanceof ObjectValue) for (const [key, { value }] of source.properties) writeMember(run, target, key, value, call.call);
      }
      return call.args[0];
    }
    for (const argument of call.args.slice(1)) {
      const source = plain(argument);
      if (source instanceof ObjectValue) {
        if (source.open) assumeNotOverwritten(run, target);
        for (const [key, property] of source.properties) run.trail.writeKey(target.properties, key, copiedOver(run, target.properties.get(key), property));
        if (source.open) run.trail.write(target, 'open', target.open ?? source.open);
      } else if (source instanceof UnknownValue || source instanceof UnionValue) {
        assumeNotOverwritten(run, target);
        run.trail.write(target, 'open', target.open ?? (source instanceof UnknownValue ? source.reason : unknown('it is one of several objects', call.call)));
      }
    }
    return target;
  })],
  ['fromEntries', native('fromEntries', (run, call) => {
    const entries = iterate(run, plain(call.args[0]), call.call);
    const object = new ObjectValue();
    if (!entries) object.open = unknown('the entries are not known', call.call);
    else {
      object.open = entries.open;
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
  ['defineProperties', native('defineProperties', (run, call) => {
    defineProperties(run, plain(call.args[0]), plain(call.args[1]), call);
    return call.args[0];
  })],
  ['defineProperty', native('defineProperty', (run, call) => {
    defineProperty(run, plain(call.args[0]), keyOf(call.args[1]), plain(call.args[2]), call);
    return call.args[0];
  })],
  listOf('getOwnPropertyNames', object => ownKeys(object)),
  ['freeze', native('freeze', (_run, call) => call.args[0])],
  ['hasOwn', native('hasOwn', (run, call) => hasOwn(run, call.args[0], call.args[1], call))],
  ['prototype', new NamespaceValue('Object.prototype', property => (property === 'hasOwnProperty' ? ownProperty : new UnknownValue(unknown(`${property} of every object is not followed`))))],
  ['is', native('is', (run, call) => {
    const [a, b] = [plain(call.args[0]), plain(call.args[1])];
    const isText = (value: Value): boolean => value === null || typeof value !== 'object';
    return isText(a) && isText(b) ? Object.is(a, b) : run.unknown('whether they are the same is not known', call.call);
  })],
  ['groupBy', native('groupBy', (run, call) => groupBy(run, call))],
  ['seal', native('seal', (_run, call) => call.args[0])],
]));

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

function defineProperties(run: Run, target: Value, descriptors: Value, call: NativeCall): void {
  if (descriptors === undefined) return;
  if (!(descriptors instanceof ObjectValue) || descriptors.open) defineProperty(run, target, undefined, undefined, call);
  else for (const [key, { value }] of descriptors.properties) defineProperty(run, target, key, plain(value), call);
}

function defineProperty(run: Run, target: Value, key: string | undefined, descriptor: Value, call: NativeCall): void {
  const described = descriptor instanceof ObjectValue && !descriptor.open ? descriptor.properties : undefined;
  const reason = unknown('a property is defined that is not followed', call.call);
  if (target instanceof ObjectValue) {
    // One that is not listed among the object's keys is not kept, because every property that is kept is listed.
    const isListed = key !== undefined && described?.get('enumerable')?.value === true && described.has('value');
    if (isListed) run.trail.writeKey(target.properties, key, { value: described.get('value')!.value, at: call.call });
    else {
      if (key !== undefined) run.trail.writeKey(target.properties, key, undefined);
      else assumeNotOverwritten(run, target);
      run.trail.write(target, 'open', target.open ?? reason);
    }
  } else if (key !== undefined) writeMember(run, target, key, described?.has('value') ? described.get('value')!.value : new UnknownValue(reason, key), call.call);
}

/** Those that it certainly has, in the order of JavaScript: whole numbers by size, then the others as they were added. */
export function ownKeys(object: ObjectValue): string[] {
  const keys = [...object.properties.keys()].filter(key => !key.startsWith('#') && !isSymbolKey(key) && !object.properties.get(key)!.uncertain);
  const isIndex = (key: string): boolean => /^(0|[1-9]\d{0,9})$/.test(key);
  return [...keys.filter(isIndex).sort((a, b) => Number(a) - Number(b)), ...keys.filter(key => !isIndex(key))];
}

/** Why an object may have other keys. */
export const mayHaveOtherKeys = ({ open, properties }: ObjectValue): Unknown | undefined => {
  if (open) return open;
  for (const { uncertain } of properties.values()) if (uncertain) return uncertain;
  return undefined;
};

/** The indices at which a list holds something, and the names of what it has besides. */
export function keysOfList({ elements, named }: ArrayValue): string[] {
  const indices = [...elements.keys()].filter(i => !(elements[i] instanceof HoleValue)).map(String);
  return named instanceof ObjectValue ? [...indices, ...ownKeys(named)] : indices;
}

/** Why it may have others. */
export const openKeysOfList = ({ open, named }: ArrayValue): Unknown | undefined =>
  open ?? (named instanceof ObjectValue ? named.open : named?.reason);

/** What `for (key in object)` goes through. Methods that a class declares are not among it, those that are added later are. */
export function enumerableKeys(object: ObjectValue): string[] {
  const keys = new Set(ownKeys(object));
  let link = object.prototype;
  for (let depth = 0; link instanceof ObjectValue && depth < 100; link = link.prototype, depth++) {
    for (const key of ownKeys(link)) if (link.properties.get(key)!.at) keys.add(key);
  }
  return [...keys];
}

/** Whether an object itself has a property. */
export function hasOwn(run: Run, target: Value, name: Value, call: NativeCall): Value {
  const [object, key] = [plain(target), keyOf(name)];
  if (object instanceof ObjectValue && key !== undefined && !object.properties.get(key)?.uncertain && (object.properties.has(key) || !object.open)) return object.properties.has(key);
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
  return callback === undefined ? base : mapped(run, base, callback, call);
}

/** `{ length: 3 }`, and what it has under its indices. */
function listOfArrayLike(run: Run, source: ObjectValue, call: NativeCall): ArrayValue {
  const { elements, open } = arrayOfLength(run, run.interpreter.member(run, source, 'length', call.call), call);
  return new ArrayValue(elements.map((_, i) => run.interpreter.member(run, source, String(i), call.call)), open);
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
  if (list) return new ArrayValue(list.elements, list.open, list.placed);
  if (typeof source === 'string') return limited(run, [...source]);
  return new ArrayValue([], source instanceof UnknownValue ? source.reason : unknown('the list is not known', call.call));
}
