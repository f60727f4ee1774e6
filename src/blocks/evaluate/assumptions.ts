// What is taken for granted: figures that rest on it say so, and are never called wrong.
import type { Born } from './birth.ts';
import { TypedArrayValue } from './builtins/typed-arrays.ts';
import { assumeExtent, withExtent } from './extent.ts';
import { levels, permits } from './integrity.ts';
import { objectsOf } from './members.ts';
import { assumed, plain } from './primitives.ts';
import type { Run } from './run.ts';
import { ArrayValue, AssumedValue, ClassValue, NamespaceValue, ObjectValue, type Properties, type Value } from './values.ts';

/** What a parameter that nobody passes is taken to be. */
export const assumedDefault = (name: string | undefined, value: Value): string => {
  const bare = plain(value);
  return `${name ?? 'a parameter'} = ${typeof bare === 'string' ? `'${bare}'` : String(bare)}`;
};

/** The properties of an object hold unless settings that are not known, and come later, say otherwise. */
export function assumeNotOverwritten(run: Run, object: ObjectValue): void {
  assumeProperties(run, object.properties, assumedDefault);
}

/** What is passed to a function that is not known comes back as it was. */
export function assumeUnchanged(run: Run, value: Value, calleeName: string): void {
  const notes = [`${calleeName}() changes nothing`];
  const seen = new Set<Value>();
  const visit = (part: Value): void => {
    if (part === null || typeof part !== 'object' || seen.has(part)) return;
    seen.add(part);
    run.budget.step();
    for (const one of objectsOf(part) ?? []) visit(one);
    if (part instanceof NamespaceValue && part.items) visitItems(part.items);
    else if (part instanceof ArrayValue) visitList(part);
    else if (part instanceof ObjectValue || part instanceof ClassValue) visitObject(part);
    for (const { other } of (part as Born).mayBeSame ?? []) if (other instanceof ArrayValue || other instanceof ObjectValue) visit(other);
  };
  const visitList = (list: ArrayValue): void => {
    list.elements.forEach(visit);
    if (permits(list.integrity, levels.frozen) !== false) run.trail.write(list, 'elements', list.elements.map(element => assumedOnce(element, notes)));
    if (!(list instanceof TypedArrayValue) && mayGrowOrShrink(list)) assumeExtent(run, list, notes);
  };
  /** The pairs of a map are nothing that a program can have. */
  const visitItems = (items: ArrayValue): void => {
    visitList(items);
    for (const pair of items.elements) if (pair instanceof ArrayValue) run.trail.write(pair, 'elements', pair.elements.map(element => assumedOnce(element, notes)));
  };
  const visitObject = (object: ObjectValue | ClassValue): void => {
    const properties = object instanceof ClassValue ? object.statics : object.properties;
    for (const { value: inner } of properties.values()) visit(inner);
    if (permits(object.integrity, levels.frozen) !== false) assumeProperties(run, properties, notes);
    if (object instanceof ObjectValue && mayGrowOrShrink(object)) assumeExtent(run, object, notes);
  };
  visit(value);
}

const mayGrowOrShrink = ({ integrity }: ArrayValue | ObjectValue): boolean => permits(integrity, levels.closed) !== false || permits(integrity, levels.sealed) !== false;

export function assumeProperties(run: Run, properties: Properties, notes: readonly string[] | ((key: string, value: Value) => string)): void {
  for (const [key, property] of [...properties]) {
    const value = assumedOnce(property.value, typeof notes === 'function' ? [notes(key, property.value)] : notes);
    if (value !== property.value) run.trail.writeKey(properties, key, { ...property, value });
  }
}

/** The value itself where it says so already, so that nothing is written for it. */
const assumedOnce = (value: Value, notes: readonly string[]): Value =>
  (value instanceof AssumedValue && notes.every(note => value.notes.includes(note)) ? value : assumed(value, notes));

/** Marks a default as assumed, with everything in it. */
export function assumeDeeply(run: Run, value: Value, name: string | undefined): Value {
  run.budget.step();
  if (value instanceof ArrayValue) {
    const copy = new ArrayValue(value.elements.map((element, i) => assumeDeeply(run, element, name && `${name}[${i}]`)), value.open);
    copy.integrity = value.integrity;
    return withExtent(copy, [`${name ?? 'a list'}.length = ${value.elements.length}`]);
  }
  if (value instanceof ObjectValue && !value.prototype) {
    const copy = withExtent(new ObjectValue(), [`${name ?? 'a parameter'} = ${value.properties.size === 0 ? '{}' : '{ … }'}`]);
    copy.open = value.open;
    copy.integrity = value.integrity;
    for (const [key, property] of value.properties) copy.properties.set(key, { ...property, value: assumeDeeply(run, property.value, name ? `${name}.${key}` : key) });
    return copy;
  }
  if (value === undefined || value === null || typeof value === 'object') return value;
  return new AssumedValue(value, [assumedDefault(name, value)]);
}
