// Reading a property of a value as the program would.
import { isSymbolic, unknown, type Unknown } from '../shapes/dim.ts';
import type { Spanned } from '../syntax/place.ts';
import { arrayMember } from './builtins/array.ts';
import { bigIntegerMember } from './builtins/big-integer.ts';
import { numberMember } from './builtins/number.ts';
import { stringMember } from './builtins/string.ts';
import { symbolMember } from './builtins/symbol.ts';
import { converted, TypedArrayValue } from './builtins/typed-arrays.ts';
import { native } from './builtins/native.ts';
import { RegExpValue } from './builtins/regexp.ts';
import { hasOwn } from './builtins/object.ts';
import { promiseMember, RejectedPromise } from './builtins/promise.ts';
import { functionMember } from './builtins/function.ts';
import { forkValues } from './fork.ts';
import { alternatives, joinValues, unknownCondition } from './join.ts';
import { assumed, describe, indexOfKey, plain, reasonOf } from './primitives.ts';
import { ProgramThrow } from './completion.ts';
import { constructorOf, findProperty } from './prototypes.ts';
import type { Run } from './run.ts';
import { extendsLayerClass } from './tensorflow/custom-layer.ts';
import { layerClassMember } from './tensorflow/custom-layer-members.ts';
import { layerMember } from './tensorflow/layer-members.ts';
import { tensorflow } from './tensorflow/namespace.ts';
import { modelMember } from './tensorflow/model-members.ts';
import { tensorMember } from './tensorflow/tensor-members.ts';
import { ArrayValue, AssumedValue, type ClassValue, CustomLayerValue, FunctionValue, HoleValue, ObjectValue, PrototypeValue, UnionValue, UnknownValue, type PropertyValue, type Value } from './values.ts';

export function readMember(run: Run, object: Value, property: string, node: Spanned): Value {
  if ((property === 'then' || property === 'catch' || property === 'finally') && (isSettled(object) || object instanceof RejectedPromise)) return promiseMember(object, property);
  if (object === undefined || object === null) {
    // Where nobody calls this, what sets it may have been called before.
    if (run.frame.hypothetical) return run.unknown(`what ${property} is read from is set elsewhere, if at all`, node, property);
    throw new ProgramThrow(`Cannot read properties of ${object === null ? 'null' : 'undefined'} (reading '${property}')`);
  }
  if (typeof object === 'string') return stringMember(object, property);
  if (typeof object === 'number') return numberMember(object, property);
  if (typeof object === 'boolean') return undefined;
  switch (object.kind) {
    case 'assumed': {
      const value = readMember(run, object.value, property, node);
      return assumed(value, object.notes);
    }
    case 'union': {
      const values = object.alternatives.filter(value => value !== undefined && value !== null).map(value => readMember(run, value, property, node));
      return alternatives(values) ?? run.unknown('it depends on a condition that is not known before the program runs', node, property);
    }
    case 'unknown-value':
      if (object.tensor) return readMember(run, object.tensor, property, node);
      if (object.oneOf && object.oneOf.length <= mostFollowed) return ofEach(run, objectsOf(object)!, object.reason, value => readMember(run, value, property, node));
      // Whatever is called `tf` is TensorFlow.js, in `window.tf` as in a variable.
      return property === 'tf' ? tensorflow : object.member(property);
    case 'bigint': return bigIntegerMember(object, property);
    case 'symbol': return symbolMember(object, property);
    case 'symbolic':
    case 'ratio': return numberMember(object, property);
    case 'object': return objectMember(run, object, property, node);
    case 'array': return arrayMember(run, object, property, node);
    case 'function': return object.properties.get(property)?.value ?? (property === 'prototype' && !object.node.arrow ? object.prototype : functionMember(object, property));
    case 'native': return object.members?.member(property) ?? functionMember(object, property);
    case 'class': return classMember(run, object, property, node);
    case 'namespace': return object.member(property);
    case 'layer': return object instanceof CustomLayerValue ? customLayerMember(run, object, property, node) : layerMember(run, object, property, node);
    case 'tensor': return tensorMember(run, object, property, node);
    case 'model': return modelMember(run, object, property, node);
  }
}

/** What an asynchronous function gave, and cannot have members of these names itself. */
const isSettled = (value: Value): boolean =>
  value === null || typeof value !== 'object' || ['assumed', 'union', 'symbolic', 'array', 'layer', 'tensor', 'model'].includes(value.kind);

function objectMember(run: Run, object: ObjectValue, property: string, node: Spanned): Value {
  const { found, root } = findProperty(object, property);
  if (found) return valueOf(run, found, object, node);
  if (property === '__proto__') return object.prototype ?? run.unknown('the prototype of every object is not followed', node);
  if (property === 'constructor' && !object.open) return constructorOf(object) ?? run.unknown('constructor is not evaluated', node);
  if (root instanceof UnknownValue) return run.unknown(`${property} may come from a class that is not known`, node, property);
  if (object.open) return new UnknownValue(object.open, property);
  if (property === 'then' || property === 'catch' || property === 'finally') return promiseMember(object, property);
  if (property === 'hasOwnProperty') return native('hasOwnProperty', (_, call) => hasOwn(run, object, call.args[0], call));
  return ofEveryObject.has(property) ? run.unknown(`${property} is not evaluated`, node) : undefined;
}

/** What every object has without the program's doing. */
export const ofEveryObject: ReadonlySet<string> = new Set([
  'constructor', 'toString', 'toLocaleString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', '__proto__', '__defineGetter__',
  '__defineSetter__', '__lookupGetter__', '__lookupSetter__',
]);

/** A layer of the program's own has what its classes declare, and else what every layer has. */
function customLayerMember(run: Run, layer: CustomLayerValue, property: string, node: Spanned): Value {
  const { found } = findProperty(layer.object, property);
  return found ? valueOf(run, found, layer, node) : layerClassMember(run, layer, property, node);
}

function classMember(run: Run, cls: ClassValue, property: string, node: Spanned): Value {
  if (property === 'prototype') return cls.prototype;
  for (let current: Value = cls; current && typeof current === 'object' && current.kind === 'class'; current = current.superclass) {
    const member = current.statics.get(property);
    if (member) return valueOf(run, member, cls, node);
  }
  if (property === 'name') return cls.name ?? '';
  return cls.superclass === undefined || extendsLayerClass(cls) ? undefined : run.unknown(`${property} of ${describe(cls)} is not known`, node, property);
}

function valueOf(run: Run, property: PropertyValue, receiver: Value, node: Spanned): Value {
  if (property.getter) {
    return run.interpreter.call(run, property.getter, { thisValue: receiver, args: [], at: run.at(node), call: run.at(node), argsAt: [] });
  }
  const { value } = property;
  return value instanceof UnknownValue && value.tensor ? value.tensor : value;
}

/** More ways are not followed one by one. */
export const mostFollowed = 4;

/** What a value can be that may be several things, objects among them; without what has no properties at all. */
export function objectsOf(value: Value): readonly Value[] | undefined {
  const all = value instanceof UnionValue ? value.alternatives : value instanceof UnknownValue && !value.tensor ? value.oneOf : undefined;
  return all?.some(one => one !== null && typeof one === 'object' && !isSymbolic(one)) ? all.filter(one => one !== undefined && one !== null) : undefined;
}

/** Does something to each, as if the value were that one. */
export const ofEach = (run: Run, objects: readonly Value[], reason: Unknown, work: (value: Value) => Value): Value =>
  forkValues(run, objects.map(value => () => work(value)), reason);

/** Writes a property; what cannot hold one is left as it is. */
export function writeMember(run: Run, object: Value, property: string, value: Value, node: Spanned): void {
  if (object instanceof UnknownValue && !object.tensor && value !== null && typeof value === 'object') object.member(property).mayBe(value);
  const objects = objectsOf(object);
  if (objects) forkValues(run, [() => { for (const one of objects) writeMember(run, one, property, value, node); return undefined; }, () => undefined], reasonOf(object) ?? unknownCondition(run.at(node)));
  if (object instanceof AssumedValue || object instanceof UnionValue || object === null || typeof object !== 'object') return;
  switch (object.kind) {
    case 'object': {
      const setter = findProperty(object, property).found?.setter;
      if (setter) run.interpreter.call(run, setter, { thisValue: object, args: [value], at: run.at(node), call: run.at(node), argsAt: [run.at(node)] });
      else if (property === '__proto__') setPrototype(run, object, value);
      else run.trail.writeKey(object.properties, property, { value, at: run.at(node) });
      if (object instanceof PrototypeValue && object.maker instanceof FunctionValue && value instanceof FunctionValue) run.methodOwners.set(value.node, object.maker);
      return;
    }
    case 'array': {
      const index = indexOfKey(property);
      if (object instanceof TypedArrayValue && (property === 'length' || !Number.isNaN(Number(property)))) writeTypedElement(run, object, index, value);
      else if (property === 'length' && typeof value === 'number') writeLength(run, object, value);
      else if (index !== undefined && index < run.budget.limits.elements) {
        // What is written behind an end that is not known has a place all the same, but says nothing of those before it.
        if (object.open && index > object.elements.length) return;
        const elements = [...object.elements];
        while (elements.length < index) elements.push(new HoleValue());
        elements[index] = value;
        run.trail.write(object, 'elements', elements);
      } else if (index === undefined) {
        if (!object.named) run.trail.write(object, 'named', new ObjectValue());
        writeMember(run, object.named, property, value, node);
      }
      return;
    }
    case 'function':
      run.trail.writeKey(object.properties, property, { value });
      if (property === 'prototype' && value instanceof ObjectValue) for (const method of value.properties.values()) if (method.value instanceof FunctionValue) run.methodOwners.set(method.value.node, object);
      return;
    case 'class': run.trail.writeKey(object.statics, property, { value }); return;
    case 'layer':
      if (object instanceof CustomLayerValue) writeCustomLayerMember(run, object, property, value, node);
      else if (property === 'trainable') run.trail.write(object, 'trainable', value);
      return;
    case 'namespace':
      if (object instanceof RegExpValue && property === 'lastIndex') run.trail.writeKey(object.properties, 'lastIndex', { value });
      return;
    default: return;
  }
}

function writeCustomLayerMember(run: Run, layer: CustomLayerValue, property: string, value: Value, node: Spanned): void {
  const setter = findProperty(layer.object, property).found?.setter;
  if (setter) run.interpreter.call(run, setter, { thisValue: layer, args: [value], at: run.at(node), call: run.at(node), argsAt: [run.at(node)] });
  else if (property === 'trainable') run.trail.write(layer, 'trainable', value);
  // TensorFlow.js has setters of these names.
  else run.trail.writeKey(layer.object.properties, property === 'trainableWeights' || property === 'nonTrainableWeights' ? `_${property}` : property, { value, at: run.at(node) });
}

function writeLength(run: Run, array: ArrayValue, length: number): void {
  const { elements } = array;
  if (length <= elements.length) run.trail.write(array, 'elements', elements.slice(0, length));
  else if (length <= run.budget.limits.elements) run.trail.write(array, 'elements', [...elements, ...new Array<Value>(length - elements.length).fill(new HoleValue())]);
  else run.trail.write(array, 'open', array.open ?? unknown('the list is too long to be followed'));
}

/** What is written outside of a typed array is left out. */
function writeTypedElement(run: Run, array: TypedArrayValue, index: number | undefined, value: Value): void {
  if (index !== undefined && index in array.elements) run.trail.write(array, 'elements', array.elements.map((element, i) => (i === index ? converted(array.type, value) : element)));
}

/** Gives an object another prototype; one that is not followed is not known. */
export function setPrototype(run: Run, object: ObjectValue, prototype: Value): void {
  const given = plain(prototype);
  if (given === undefined || (given !== null && typeof given !== 'object')) return;
  run.trail.write(object, 'prototype', given === null ? undefined : given instanceof ObjectValue || given instanceof UnknownValue ? given : new UnknownValue(unknown('the prototype is not followed')));
}

/** What is written at a place that is not known may be at any of them, or at a new one. */
export function writeSomewhere(run: Run, object: Value, value: Value, node: Spanned): void {
  const reason = unknown('something is written to a place that is not known', run.at(node));
  if (!(object instanceof ArrayValue || object instanceof ObjectValue)) return;
  if (object instanceof ArrayValue) run.trail.write(object, 'elements', object.elements.map(element => joinValues(run, element, value, reason)));
  else for (const [key, property] of object.properties) run.trail.writeKey(object.properties, key, { ...property, value: joinValues(run, property.value, value, reason) });
  run.trail.write(object, 'open', object.open ?? reason);
}
