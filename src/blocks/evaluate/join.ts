// What is known where two ways meet: equal values stay, a few primitives become alternatives, the rest is unknown.
import type { Inference } from '../layers/infer.ts';
import { isRanked, joinShapes, type Shape } from '../shapes/shape.ts';
import { isKnown, isSymbolic, sameDim, unknown, type Unknown } from '../shapes/dim.ts';
import type { Born, Sharer } from './birth.ts';
import { Creations, joined, type Creation } from './creations.ts';
import { together, withExtent } from './extent.ts';
import { spoil } from './fork.ts';
import { joinIntegrity, joinPermissions, namesOfAttributes, type Attributes, type Integrity, type Permission } from './integrity.ts';
import { isCallable, sameValue } from './primitives.ts';
import type { Run } from './run.ts';
import { eitherOf } from './tensorflow/apply-layer.ts';
import type { Change, JoinPlace } from './trail.ts';
import { BlockValue } from './vocabulary/block-value.ts';
import {
  ArrayValue, AssumedValue, LayerValue, ModelValue, ObjectValue, TensorValue, UnionValue, UnknownValue, UnsetValue, type Properties, type PropertyValue, type Value,
} from './values.ts';

const mostAlternatives = 5;

/** A value that is one of the two, because of `reason`. */
export function joinValues(run: Run, first: Value, second: Value, reason: Unknown): Value {
  const [a, b] = [settled(first), settled(second)];
  if (a === b || sameValue(a, b)) return a;
  // Data that is shared at every level has exponentially many parts. Throwing here would leave the join half done.
  if (!run.budget.spend(isShared(a) ? sharedSteps : 1)) return new UnknownValue(reason);
  // `if (!model) model = create();` leaves a model behind, made here or elsewhere.
  if (a instanceof UnsetValue && isObject(b)) return b;
  if (b instanceof UnsetValue && isObject(a)) return a;
  // Neither one nor the other: an unknown of its own, which must not be taken for the one that goes in.
  if (a instanceof UnknownValue || b instanceof UnknownValue) return oneOf([a, b], reason);
  if (a instanceof TensorValue && b instanceof TensorValue) return eitherOf(run, a, b, joinShapes(a.shape, b.shape, reason));
  if (a instanceof ArrayValue && b instanceof ArrayValue) {
    for (const list of [a, b]) run.trail.mergeBefore(list);
    const open = a.open ?? b.open;
    const placed = fewest(a.placedSoFar, b.placedSoFar);
    const joined = a.elements.length === b.elements.length
      ? new ArrayValue(a.elements.map((element, i) => joinValues(run, element, b.elements[i], reason)), open, placed)
      : new ArrayValue(commonElements(run, a.elements, b.elements, reason), open ?? reason, placed);
    joined.integrity = joinIntegrity(a.integrity, b.integrity, reason);
    withExtent(joined, together(a.assumedExtent, b.assumedExtent));
    if (a.named || b.named) joined.named = joinNamed(run, a.named, b.named, reason);
    for (const one of [a, b]) share(run, one, joined);
    return joined;
  }
  for (const object of [a, b]) if (object instanceof ObjectValue) run.trail.mergeBefore(object);
  if (a instanceof ObjectValue && b instanceof ObjectValue && a.prototype === b.prototype && !(a instanceof BlockValue || b instanceof BlockValue)) {
    const joined = joinObjects(run, a, b, reason);
    for (const one of [a, b]) {
      share(run, one, joined);
      share(run, one.properties, joined.properties);
    }
    return joined;
  }
  return alternatives([a, b]) ?? oneOf([a, b], reason);
}

/** An unknown that is one of a few objects: what is done to it is done to one of them. */
export function oneOf(values: readonly Value[], reason: Unknown, name?: string): UnknownValue {
  const joined = new UnknownValue(reason, name);
  const all = [...new Set(values.flatMap(value => (value instanceof UnknownValue ? value.oneOf ?? [value] : value instanceof UnionValue ? value.alternatives : [value])))];
  if (all.length <= mostObjects && all.some(value => value !== null && typeof value === 'object' && !(value instanceof UnknownValue))) joined.oneOf = all;
  return joined;
}

const mostObjects = 256;

/** What stands for one of two objects may be either of them: what is written to one may be written to the other. */
function share(run: Run, one: Born, joined: Born): void {
  // What is taken for granted of one is noted for each.
  const doubted = (other: Born): Sharer => ({ other, doubt: key => { if (key !== 'assumedExtent') spoil(run, other, key, heldAt(other, key), mayBeWritten); } });
  (one.mayBeSame ??= []).push(doubted(joined));
  (joined.mayBeSame ??= []).push(doubted(one));
  // An older one is most likely no longer there.
  if (one.mayBeSame.length > mostSharers) one.mayBeSame.shift();
}

function heldAt(place: Born, key: string): Change {
  const held = place instanceof Map ? (place as Properties).get(key) : undefined;
  return { before: held, after: held };
}

const mostSharers = 8;
const mayBeWritten = unknown('it may be the same object as one that is written to');

/** Objects that are joined in a copy cost more than other values. */
const isShared = (value: Value): boolean => value instanceof ArrayValue || value instanceof ObjectValue;
const sharedSteps = 6;

const isObject = (value: Value): boolean => value instanceof ModelValue || value instanceof LayerValue || value instanceof ObjectValue;

/** An unknown that turned out to be a tensor is that tensor. */
const settled = (value: Value): Value => (value instanceof UnknownValue && value.tensor ? value.tensor : value);

/** The union of primitives and of what can be called; undefined where there are too many, or one is something else. */
export function alternatives(values: readonly Value[]): Value | undefined {
  const notes = new Set<string>();
  const distinct: Value[] = [];
  const add = (value: Value): boolean => {
    if (value instanceof UnionValue) return value.alternatives.every(add);
    if (value instanceof AssumedValue) {
      value.notes.forEach(note => notes.add(note));
      return add(value.value);
    }
    if (typeof value === 'object' && value !== null && !isSymbolic(value) && !(value instanceof ArrayValue) && !isCallable(value)) return false;
    if (!distinct.some(known => sameValue(known, value))) distinct.push(value);
    return distinct.length <= mostAlternatives;
  };
  if (!values.every(add)) return undefined;
  const joined = distinct.length === 1 ? distinct[0] : new UnionValue(distinct);
  return notes.size > 0 && !(joined instanceof UnionValue) ? new AssumedValue(joined, [...notes]) : joined;
}

/** What lists have besides their elements: nothing where it is absent. */
const joinNamed = (run: Run, a: ArrayValue['named'], b: ArrayValue['named'], reason: Unknown): ArrayValue['named'] =>
  joinValues(run, a ?? new ObjectValue(), b ?? new ObjectValue(), reason) as ArrayValue['named'];

const fewest = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined || b === undefined ? a ?? b : Math.min(a, b));

function commonElements(run: Run, a: readonly Value[], b: readonly Value[], reason: Unknown): Value[] {
  const shorter = a.length < b.length ? a : b;
  return shorter.map((_, i) => joinValues(run, a[i], b[i], reason));
}

function joinObjects(run: Run, a: ObjectValue, b: ObjectValue, reason: Unknown): ObjectValue {
  const joined = new ObjectValue(a.prototype);
  for (const { properties } of [a, b]) run.trail.mergeBefore(properties);
  joined.open = a.open ?? b.open;
  withExtent(joined, together(a.assumedExtent, b.assumedExtent));
  joined.integrity = joinIntegrity(a.integrity, b.integrity, reason);
  for (const key of new Set([...a.properties.keys(), ...b.properties.keys()])) {
    const property = joinProperties(run, a.properties.get(key), b.properties.get(key), reason);
    if (property) joined.properties.set(key, property);
  }
  return joined;
}

function joinProperties(run: Run, a: PropertyValue | undefined, b: PropertyValue | undefined, reason: Unknown): PropertyValue | undefined {
  const sample = a ?? b;
  if (!sample) return undefined;
  // What is read by calling a function on one way only, or by another, is not one of two values.
  const isPlain = a?.getter === b?.getter && a?.setter === b?.setter;
  const joined = isPlain ? { ...sample, value: joinValues(run, a?.value, b?.value, reason) } : { value: new UnknownValue(reason), ...(sample.at ? { at: sample.at } : {}) };
  const uncertain = a && b ? a.uncertain ?? b.uncertain : reason;
  return {
    ...joined, ...(uncertain ? { uncertain } : {}),
    ...(a && b ? joinedAttributes(a, b, reason) : {}),
    ...(isPlain ? {} : { writable: reason }),
  };
}

/** Nearly all properties have none. */
function joinedAttributes(a: PropertyValue, b: PropertyValue, reason: Unknown): Attributes {
  const joined: { -readonly [attribute in keyof Attributes]: Permission } = {};
  for (const attribute of namesOfAttributes) {
    const permission = joinPermissions(a[attribute], b[attribute], reason);
    if (permission !== true) joined[attribute] = permission;
  }
  return joined;
}

/** What a property is after another object's has been copied over it, which may not be there. */
export function copiedOver(run: Run, before: PropertyValue | undefined, { uncertain, ...copied }: PropertyValue): PropertyValue {
  if (!uncertain) return copied;
  const there = withoutUndefined(copied.value);
  return before ? { ...copied, value: joinValues(run, before.value, there, uncertain), ...(before.uncertain ? { uncertain } : {}) } : { ...copied, uncertain };
}

function withoutUndefined(value: Value): Value {
  if (value instanceof UnionValue) return alternatives(value.alternatives.filter(one => one !== undefined));
  return value instanceof UnknownValue && value.oneOf ? oneOf(value.oneOf.filter(one => one !== undefined), value.reason, value.name) : value;
}

/** The join of a place that two ways wrote: a variable, a property, an array's elements, a model's state. */
export const joinPlaces = (run: Run, reason: Unknown): JoinPlace => (target, key, a, b) => {
  if (target instanceof Map) return joinProperties(run, a as PropertyValue | undefined, b as PropertyValue | undefined, reason);
  // What else is written to it is joined before, so that what this join writes there stays.
  if (key === 'elements' || key === 'layers') run.trail.mergeBefore(target);
  if (target instanceof ArrayValue && key === 'elements') {
    const [first, second] = [a as readonly Value[], b as readonly Value[]];
    if (first.length === second.length) return first.map((value, i) => joinValues(run, value, second[i], reason));
    run.trail.write(target, 'open', target.open ?? reason);
    return commonElements(run, first, second, reason);
  }
  if (target instanceof ArrayValue && key === 'named') return joinNamed(run, a as ArrayValue['named'], b as ArrayValue['named'], reason);
  if (target instanceof ModelValue && key === 'outputs') {
    const [first, second] = [a as readonly TensorValue[], b as readonly TensorValue[]];
    if (first.length !== second.length) return first.length > 0 ? first : second;
    return first.map((tensor, i) => joinValues(run, tensor, second[i], reason));
  }
  if (target instanceof ModelValue && (key === 'layers' || key === 'inputs')) {
    const [first, second] = [a as readonly unknown[], b as readonly unknown[]];
    if (key === 'layers') run.trail.write(target, 'certainLayers', fewest(target.certainLayers, first.filter((layer, i) => layer === second[i]).length));
    return first.length >= second.length ? first : second;
  }
  if (target instanceof Creations) return joined(a as Creation, b as Creation);
  if (target instanceof ModelValue && key === 'open') return a === target.openStart ? b : a;
  if (key === 'open' || key === 'weights' || key === 'tensor') return a ?? b;
  // What one way has found an input to be goes for the other too, as with an unknown that turns out to be a tensor.
  if (target instanceof TensorValue && key === 'shape') return joinFoundShapes(a as Shape, b as Shape, reason);
  if (key === 'inference') return isRanked((a as Inference).output) ? a : b;
  if (key === 'assumedExtent') return together(a as readonly string[] | undefined, b as readonly string[] | undefined);
  if (key === 'integrity') return joinIntegrity(a as Integrity | undefined, b as Integrity | undefined, reason);
  if (key === 'prototype') return new UnknownValue(reason);
  if (key === 'placed' || key === 'certainLayers') return fewest(a as number | undefined, b as number | undefined);
  return joinValues(run, a as Value, b as Value, reason);
};

/** Two ways that both found an input to be of some rank named its dims anew; only numbers say that the shape was overwritten. */
function joinFoundShapes(a: Shape, b: Shape, reason: Unknown): Shape {
  if (!isRanked(a)) return b;
  const overwritten = isRanked(b) && (a.length !== b.length || a.some((dim, i) => !sameDim(dim, b[i]!) && (isKnown(dim) || isKnown(b[i]!))));
  return overwritten ? joinShapes(a, b, reason) : a;
}

export const unknownCondition = (at: { file: string; start: number; end: number }): Unknown => unknown('it depends on a condition that is not known before the program runs', at);
