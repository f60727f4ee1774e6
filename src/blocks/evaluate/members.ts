// Reading a property of a value as the program would.
import { isSymbolic, type Unknown } from '../shapes/dim.ts';
import type { Spanned } from '../syntax/place.ts';
import { arrayMember } from './builtins/array.ts';
import { bigIntegerMember } from './builtins/big-integer.ts';
import { numberMember } from './builtins/number.ts';
import { stringMember } from './builtins/string.ts';
import { symbolMember } from './builtins/symbol.ts';
import { native } from './builtins/native.ts';
import { hasOwn } from './builtins/object.ts';
import { promiseMember, RejectedPromise } from './builtins/promise.ts';
import { functionMember } from './builtins/function.ts';
import { forkValues } from './fork.ts';
import { alternatives } from './join.ts';
import { assumed, describe } from './primitives.ts';
import { ProgramThrow } from './completion.ts';
import { constructorOf, findProperty, findStatic } from './prototypes.ts';
import type { Run } from './run.ts';
import { extendsLayerClass } from './tensorflow/custom-layer.ts';
import { layerClassMember } from './tensorflow/custom-layer-members.ts';
import { layerMember } from './tensorflow/layer-members.ts';
import { tensorflow } from './tensorflow/namespace.ts';
import { modelMember } from './tensorflow/model-members.ts';
import { tensorMember } from './tensorflow/tensor-members.ts';
import { type ClassValue, CustomLayerValue, type ObjectValue, UnionValue, UnknownValue, type PropertyValue, type Value } from './values.ts';

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
    case 'union': return memberOfUnion(run, object, property, node);
    case 'unknown-value':
      if (object.tensor) return readMember(run, object.tensor, property, node);
      if (object.oneOf && object.oneOf.length <= mostFollowed) return memberOfEach(run, object, property, node);
      // Whatever is called `tf` is TensorFlow.js, in `window.tf` as in a variable.
      return property === 'tf' ? tensorflow : object.member(property);
    case 'bigint': return bigIntegerMember(object, property);
    case 'symbol': return symbolMember(object, property);
    case 'symbolic':
    case 'ratio': return numberMember(object, property);
    case 'object': return objectMember(run, object, property, node);
    case 'array': return arrayMember(run, object, property, node);
    case 'function': {
      const own = object.properties.get(property);
      if (own) return valueOf(run, own, object, node);
      if (property === 'prototype' && !object.node.arrow) return object.prototype;
      return functionMember(object, property) ?? (object.open && new UnknownValue(object.open, property));
    }
    case 'native': return object.members?.member(property) ?? functionMember(object, property);
    case 'class': return classMember(run, object, property, node);
    case 'namespace': return object.member(property);
    case 'layer': return object instanceof CustomLayerValue ? customLayerMember(run, object, property, node) : layerMember(run, object, property, node);
    case 'tensor': return tensorMember(run, object, property, node);
    case 'model': return modelMember(run, object, property, node);
  }
}

// What makes closures is apart from `readMember`, which would have to keep its variables for them at every property.
function memberOfUnion(run: Run, { alternatives: all }: UnionValue, property: string, node: Spanned): Value {
  const values = all.filter(value => value !== undefined && value !== null).map(value => readMember(run, value, property, node));
  return alternatives(values) ?? run.unknown('it depends on a condition that is not known before the program runs', node, property);
}

const memberOfEach = (run: Run, object: UnknownValue, property: string, node: Spanned): Value =>
  ofEach(run, objectsOf(object)!, object.reason, value => readMember(run, value, property, node));

/** What an asynchronous function gave, and cannot have members of these names itself. */
const isSettled = (value: Value): boolean =>
  value === null || typeof value !== 'object' || ['assumed', 'union', 'symbolic', 'array', 'layer', 'tensor', 'model'].includes(value.kind);

function objectMember(run: Run, object: ObjectValue, property: string, node: Spanned): Value {
  const own = object.properties.get(property);
  return own && !own.uncertain ? valueOf(run, own, object, node) : inheritedMember(run, object, property, node);
}

/** Of a prototype, or of what every object has. */
function inheritedMember(run: Run, object: ObjectValue, property: string, node: Spanned): Value {
  const { found, root } = findProperty(object, property);
  if (found) return valueOf(run, found, object, node);
  if (object.model) return modelMember(run, object.model, property, node);
  if (property === '__proto__') return object.prototype ?? run.unknown('the prototype of every object is not followed', node);
  if (property === 'constructor' && !object.open) return constructorOf(object) ?? run.unknown('constructor is not evaluated', node);
  if (root instanceof UnknownValue) return run.unknown(`${property} may come from a class that is not known`, node, property);
  if (object.open) return object.openArgument?.reason === object.open ? object.openArgument.member(property) : new UnknownValue(object.open, property);
  if (property === 'then' || property === 'catch' || property === 'finally') return promiseMember(object, property);
  if (property === 'hasOwnProperty') return native('hasOwnProperty', (_, call) => hasOwn(run, object, call.args[0], call));
  if (ofEveryObject.has(property)) return run.unknown(`${property} is not evaluated`, node);
  return object.assumedExtent === undefined ? undefined : assumed(undefined, object.assumedExtent);
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
  const { found, open } = findStatic(cls, property);
  if (found) return valueOf(run, found, cls, node);
  if (open) return new UnknownValue(open, property);
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
