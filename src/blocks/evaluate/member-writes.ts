// Writing and deleting a property of a value as the program would: everything that the program writes to objects and lists
// goes through here or through `setElements`, which know what is not permitted.
import { unknown, type Unknown } from '../shapes/dim.ts';
import type { Spanned } from '../syntax/place.ts';
import { mayBeMissing } from './builtins/array.ts';
import { RegExpValue } from './builtins/regexp.ts';
import { converted, TypedArrayValue } from './builtins/typed-arrays.ts';
import { forkValues } from './fork.ts';
import { allOf, joinPermissions, levels, permits, type Permission } from './integrity.ts';
import { joinValues, unknownCondition } from './join.ts';
import { objectsOf } from './members.ts';
import { indexOfKey, plain, reasonOf } from './primitives.ts';
import { ProgramThrow } from './completion.ts';
import { findProperty, findStatic } from './prototypes.ts';
import { either, mayThrow, refuse, writeIfPermitted } from './refused-writes.ts';
import type { Run } from './run.ts';
import { setLayerTrainable, setModelTrainable } from './tensorflow/trained.ts';
import {
  ArrayValue, AssumedValue, ClassValue, CustomLayerValue, FunctionValue, HoleValue, ModuleNamespaceValue, ObjectValue, PrototypeValue, UnionValue, UnknownValue, type Properties, type PropertyValue, type Value,
} from './values.ts';

/** What has properties under any name. */
export type Holder = ObjectValue | FunctionValue | ClassValue;

export const ownProperties = (holder: Holder): Properties => (holder instanceof ClassValue ? holder.statics : holder.properties);

/** What keeps the properties of a value; undefined for what has none under any name. */
export function holderOf(value: Value): Holder | undefined {
  if (value instanceof CustomLayerValue) return value.object;
  return value instanceof ObjectValue || value instanceof FunctionValue || value instanceof ClassValue ? value : undefined;
}

interface WriteOptions {
  /** What is refused throws in sloppy code as well. */
  readonly always?: boolean;
}

/** Writes a property; what cannot hold one is left as it is. */
export function writeMember(run: Run, object: Value, property: string, value: Value, node: Spanned, options?: WriteOptions): void {
  if (object instanceof UnknownValue && !object.tensor) {
    if (value !== null && typeof value === 'object') object.member(property).addPossible(value);
    else object.forget(property);
  }
  const objects = objectsOf(object);
  if (objects) forkValues(run, [() => { for (const one of objects) writeMember(run, one, property, value, node, options); return undefined; }, () => undefined], reasonOf(object) ?? unknownCondition(run.at(node)));
  if (object instanceof AssumedValue || object instanceof UnionValue || object === null || typeof object !== 'object') return;
  switch (object.kind) {
    case 'object':
      if (property === '__proto__' && !findProperty(object, property).found) setPrototype(run, object, value);
      else writeProperty(run, object, object, property, value, node, options);
      if (object instanceof PrototypeValue && object.maker instanceof FunctionValue && value instanceof FunctionValue) run.methodOwners.set(value.node, object.maker);
      return;
    case 'array': writeListMember(run, object, property, value, node, options); return;
    case 'function':
      writeProperty(run, object, object, property, value, node, options);
      if (property === 'prototype' && value instanceof ObjectValue) for (const method of value.properties.values()) if (method.value instanceof FunctionValue) run.methodOwners.set(method.value.node, object);
      return;
    case 'class': writeProperty(run, object, object, property, value, node, options); return;
    case 'layer':
      if (object instanceof CustomLayerValue) writeCustomLayerMember(run, object, property, value, node, options);
      else if (property === 'trainable') setLayerTrainable(run, object, value);
      return;
    case 'model':
      if (property === 'trainable') setModelTrainable(run, object, value);
      return;
    case 'namespace':
      if (object instanceof RegExpValue && property === 'lastIndex') run.trail.writeKey(object.properties, 'lastIndex', { value });
      else if (object instanceof ModuleNamespaceValue) refuse(run, options);
      return;
    default: return;
  }
}

function writeCustomLayerMember(run: Run, layer: CustomLayerValue, property: string, value: Value, node: Spanned, options?: WriteOptions): void {
  const { found } = findProperty(layer.object, property);
  if (property === 'trainable' && !found) setLayerTrainable(run, layer, value);
  // TensorFlow.js has setters of these names.
  else writeProperty(run, layer.object, layer, !found && (property === 'trainableWeights' || property === 'nonTrainableWeights') ? `_${property}` : property, value, node, options);
}

interface Found {
  readonly found: PropertyValue | undefined;
  readonly holder: Holder | undefined;
}

function find(holder: Holder, property: string): Found {
  if (holder instanceof ObjectValue) return findProperty(holder, property);
  if (holder instanceof ClassValue) return findStatic(holder, property);
  const found = holder.properties.get(property);
  return { found, holder: found && holder };
}

/** `receiver` is what a setter is called on: the layer, whose properties an object of its own keeps. */
function writeProperty(run: Run, target: Holder, receiver: Value, property: string, value: Value, node: Spanned, options?: WriteOptions): void {
  const found = find(target, property);
  const at = run.at(node);
  if (found.found?.setter) run.interpreter.call(run, found.found.setter, { thisValue: receiver, args: [value], at, call: at, argsAt: [at] });
  else writeIfPermitted(run, mayWrite(target, found, property), () => { putOwn(run, target, property, { value, at }); }, options);
}

/** Writes to the object itself, past setters that it inherits. */
export function writeOwn(run: Run, target: Holder, property: string, written: PropertyValue): void {
  const found = ownProperties(target).get(property);
  writeIfPermitted(run, mayWrite(target, { found, holder: found && target }, property), () => { putOwn(run, target, property, written); });
}

function putOwn(run: Run, target: Holder, property: string, written: PropertyValue): void {
  const properties = ownProperties(target);
  const own = properties.get(property);
  const configurable = own && kept(own, own.configurable);
  const enumerable = own && kept(own, own.enumerable);
  run.trail.writeKey(properties, property, configurable === undefined && enumerable === undefined ? written
    : { ...written, ...(configurable === undefined ? {} : { configurable }), ...(enumerable === undefined ? {} : { enumerable }) });
}

/** Another value leaves a property as it is in all other respects; where there was none it permits everything. */
const kept = ({ uncertain }: PropertyValue, permission: Permission | undefined): Permission | undefined =>
  (permission === undefined || !uncertain ? permission : joinPermissions(permission, true, uncertain));

function mayWrite(target: Holder, { found, holder }: Found, property: string): Permission {
  if (isPrivate(target, property)) return true;
  if (!found && isFixed(target, property)) return false;
  const mayAdd = permits(target.integrity, levels.closed);
  if (!found) return mayAdd;
  const change = found.getter ? false : mayChange(holder!, found);
  if (holder !== target) return allOf(change, mayAdd);
  return !found.uncertain || change === mayAdd ? change : found.uncertain;
}

/** Whether a property that is there may get another value. */
export const mayChange = (holder: Holder, { writable = true }: PropertyValue): Permission => allOf(writable, permits(holder.integrity, levels.frozen));

/** What a class declares with `#` belongs to it, whatever is done to the object. */
const isPrivate = (target: Holder, property: string): boolean =>
  property.startsWith('#') && (target instanceof ClassValue || (target instanceof ObjectValue && target.prototype instanceof PrototypeValue));

/** What functions and classes have from the beginning, and keep. */
const isFixed = (target: Holder, property: string): boolean =>
  !(target instanceof ObjectValue) && (property === 'name' || property === 'length' || (property === 'prototype' && target instanceof ClassValue));

/** Gives an object a property as a class declares it, whatever it has or inherits under the name. */
export function defineField(run: Run, target: Holder, property: string, field: PropertyValue): void {
  const own = ownProperties(target).get(property);
  const permission = isPrivate(target, property) ? true : own ? mayDelete(target, own) : permits(target.integrity, levels.closed);
  writeIfPermitted(run, permission, () => { run.trail.writeKey(ownProperties(target), property, field); }, { always: true });
}

function writeListMember(run: Run, list: ArrayValue, property: string, value: Value, node: Spanned, options?: WriteOptions): void {
  const index = indexOfKey(property);
  if (list instanceof TypedArrayValue && (property === 'length' || !Number.isNaN(Number(property)))) writeTypedElement(run, list, index, value);
  else if (property === 'length') writeLength(run, list, plain(value), node, options);
  else if (index !== undefined) writeIfPermitted(run, mayWriteElement(list, index, run.at(node)), () => { writeElement(run, list, index, value); }, options);
  else {
    if (!list.named) run.trail.write(list, 'named', new ObjectValue());
    writeMember(run, list.named, property, value, node, options);
  }
}

function mayWriteElement(list: ArrayValue, index: number, at: Unknown['at']): Permission {
  const [mayAdd, mayChange] = [permits(list.integrity, levels.closed), permits(list.integrity, levels.frozen)];
  if (mayAdd === mayChange) return mayAdd;
  const element = list.elements[index];
  if (index < list.elements.length && list.isPlaced(index) && !mayBeMissing(element)) return mayChange;
  return !list.open && (index >= list.elements.length || element instanceof HoleValue) ? mayAdd : unknown('whether the list has this element is not known', at);
}

function writeElement(run: Run, list: ArrayValue, index: number, value: Value): void {
  run.budget.steps(list.elements.length / 32);
  if (index >= run.budget.limits.elements) {
    run.trail.write(list, 'open', list.open ?? unknown('the list gets too long to be followed'));
    return;
  }
  // What is written behind an end that is not known has a place all the same, but says nothing of those before it.
  if (list.open && index > list.elements.length) return;
  const elements = [...list.elements];
  while (elements.length < index) elements.push(new HoleValue());
  elements[index] = value;
  run.trail.write(list, 'elements', elements);
}

function writeLength(run: Run, list: ArrayValue, length: Value, node: Spanned, options?: WriteOptions): void {
  if (typeof length === 'number' && !(Number.isInteger(length) && length >= 0 && length < 2 ** 32)) throw new ProgramThrow('Invalid array length');
  const { elements } = list;
  // A longer list has no new elements, so that only a frozen one refuses it.
  const grows = typeof length === 'number' && !list.open && length >= elements.length;
  const permission = grows ? permits(list.integrity, levels.frozen) : allOf(permits(list.integrity, levels.frozen), permits(list.integrity, levels.sealed));
  writeIfPermitted(run, permission, () => {
    const isFollowed = length === 0 || (typeof length === 'number' && !list.open && length <= run.budget.limits.elements);
    const kept = elements.slice(0, typeof length === 'number' ? length : 0);
    run.budget.steps(kept.length / 32);
    run.trail.write(list, 'elements', grows && isFollowed ? [...kept, ...new Array<Value>(length - kept.length).fill(new HoleValue())] : kept);
    run.trail.write(list, 'open', isFollowed ? undefined : list.open ?? unknown('how long the list is made is not known', run.at(node)));
    if (list.assumedExtent) run.trail.write(list, 'assumedExtent', undefined);
  }, options);
}

/** What is written outside of a typed array is left out. */
function writeTypedElement(run: Run, array: TypedArrayValue, index: number | undefined, value: Value): void {
  if (index === undefined || index >= array.elements.length) return;
  run.budget.steps(array.elements.length / 32);
  run.trail.write(array, 'elements', replaced(array.elements, index, converted(array.type, value)));
}

const replaced = (elements: readonly Value[], index: number, value: Value): Value[] => elements.map((element, i) => (i === index ? value : element));

/** Gives an object another prototype; one that is not followed is not known. */
export function setPrototype(run: Run, object: ObjectValue, prototype: Value): void {
  const given = plain(prototype);
  if (given === undefined || (given !== null && typeof given !== 'object')) return;
  const next = given === null ? undefined : given instanceof ObjectValue || given instanceof UnknownValue ? given : new UnknownValue(unknown('the prototype is not followed'));
  if (next === object.prototype) {
    // Whether an object has what every object has, or no prototype at all, is not kept.
    if (next === undefined && permits(object.integrity, levels.closed) !== true) mayThrow(run);
    return;
  }
  writeIfPermitted(run, permits(object.integrity, levels.closed), () => { run.trail.write(object, 'prototype', next); }, { always: true });
}

/** What is written at a place that is not known may be at any of them, or at a new one. */
export function writeSomewhere(run: Run, object: Value, value: Value, node: Spanned): void {
  const reason = unknown('something is written to a place that is not known', run.at(node));
  const holder = holderOf(object);
  if (object instanceof ArrayValue) {
    writeIfPermitted(run, permits(object.integrity, levels.frozen), () => {
      run.trail.write(object, 'elements', object.elements.map(element => joinValues(run, element, value, reason)));
      if (permits(object.integrity, levels.closed) !== false && !(object instanceof TypedArrayValue)) run.trail.write(object, 'open', object.open ?? reason);
    });
  } else if (holder) {
    if (mayRefuse(holder)) mayThrow(run);
    writeIfPermitted(run, permits(holder.integrity, levels.frozen), () => {
      for (const [key, property] of ownProperties(holder)) {
        if (mayWrite(holder, { found: property, holder }, key) !== false) run.trail.writeKey(ownProperties(holder), key, { ...property, value: joinValues(run, property.value, value, reason) });
      }
      if (permits(holder.integrity, levels.closed) !== false) run.trail.write(holder, 'open', holder.open ?? reason);
    });
  }
}

/** Whether there is a property that may not be written to, or is written to by a function, or whether a new one may be refused. */
function mayRefuse(holder: Holder): boolean {
  const isRestricted = ({ getter, setter, writable }: PropertyValue): boolean => getter !== undefined || setter !== undefined || writable !== undefined;
  let link: Holder | UnknownValue | undefined = holder;
  for (let depth = 0; link && !(link instanceof UnknownValue) && depth < 100; depth++) {
    if (permits(link.integrity, levels.closed) !== true || [...ownProperties(link).values()].some(isRestricted)) return true;
    link = link instanceof ObjectValue ? link.prototype : undefined;
  }
  return false;
}

/** `delete object[key]`, where the key may not be known; gives what the operator gives. */
export function deleteMember(run: Run, object: Value, key: string | undefined, node: Spanned): Value {
  const reason = unknown('what is deleted is not known', run.at(node));
  const objects = objectsOf(object);
  if (objects) {
    either(run, () => { for (const one of objects) deleteMember(run, one, key, node); }, reasonOf(object) ?? reason);
    return new UnknownValue(reason);
  }
  if (object instanceof ArrayValue) return deleteElement(run, object, key, node);
  const holder = holderOf(object);
  if (!holder) {
    if (object instanceof ModuleNamespaceValue) refuse(run);
    return object instanceof UnknownValue || object instanceof ModuleNamespaceValue ? new UnknownValue(reason) : true;
  }
  const properties = ownProperties(holder);
  if (key !== undefined) {
    const own = properties.get(key);
    const isFixed = !own && holder instanceof ClassValue && key === 'prototype';
    const permission = own ? mayDelete(holder, own) : !isFixed;
    return deleteIfPermitted(run, own?.uncertain && permission === false ? own.uncertain : permission, () => { run.trail.writeKey(properties, key, undefined); });
  }
  for (const [name, property] of properties) {
    if (mayDelete(holder, property) !== false) run.trail.writeKey(properties, name, { ...property, value: joinValues(run, property.value, undefined, reason), uncertain: reason });
  }
  return new UnknownValue(reason);
}

export const mayDelete = (holder: Holder, { configurable = true }: PropertyValue): Permission => allOf(configurable, permits(holder.integrity, levels.sealed));

function deleteIfPermitted(run: Run, permission: Permission, remove: () => void): Value {
  writeIfPermitted(run, permission, remove);
  return typeof permission === 'boolean' ? permission : new UnknownValue(permission);
}

/** A deleted element leaves a hole, which reads as undefined. */
function deleteElement(run: Run, list: ArrayValue, key: string | undefined, node: Spanned): Value {
  const mayRemove = list instanceof TypedArrayValue ? false : permits(list.integrity, levels.sealed);
  const index = key === undefined ? undefined : indexOfKey(key);
  if (key === undefined) {
    const reason = unknown('what is deleted is not known', run.at(node));
    if (mayRemove !== false) run.trail.write(list, 'elements', list.elements.map(element => joinValues(run, element, new HoleValue(), reason)));
    return new UnknownValue(reason);
  }
  if (index === undefined) return key === 'length' ? deleteIfPermitted(run, false, () => undefined) : list.named ? deleteMember(run, list.named, key, node) : true;
  if (index >= list.elements.length) return list.open && mayRemove !== true ? new UnknownValue(list.open) : true;
  const element = list.elements[index];
  if (element instanceof HoleValue) return true;
  if (mayBeMissing(element) && mayRemove === false) return new UnknownValue(unknown('whether the list has this element is not known', run.at(node)));
  return deleteIfPermitted(run, mayRemove, () => { run.trail.write(list, 'elements', replaced(list.elements, index, new HoleValue())); });
}
