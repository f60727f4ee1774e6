// What is taken for granted: figures that rest on it say so, and are never called wrong.
import { plain } from './primitives.ts';
import type { Run } from './run.ts';
import { ArrayValue, AssumedValue, ObjectValue, type Value } from './values.ts';

/** What a parameter that nobody passes is taken to be. */
export const assumedDefault = (name: string | undefined, value: Value): string => {
  const bare = plain(value);
  return `${name ?? 'a parameter'} = ${typeof bare === 'string' ? `'${bare}'` : String(bare)}`;
};

/** The properties of an object hold unless settings that are not known, and come later, say otherwise. */
export function assumeNotOverwritten(run: Run, object: ObjectValue): void {
  assumeProperties(run, object, assumedDefault);
}

/** A list or an object that is passed to a function that is not known comes back as it was. */
export function assumeUnchanged(run: Run, value: Value, calleeName: string): void {
  const note = (): string => `${calleeName}() changes nothing`;
  const seen = new Set<Value>();
  const visit = (part: Value): void => {
    if (seen.has(part)) return;
    seen.add(part);
    run.budget.step();
    if (part instanceof ArrayValue) {
      part.elements.forEach(visit);
      run.trail.write(part, 'elements', part.elements.map(element => assumedPrimitive(element, note())));
    } else if (part instanceof ObjectValue) {
      for (const { value: inner } of part.properties.values()) visit(inner);
      assumeProperties(run, part, note);
    }
  };
  visit(value);
}

function assumeProperties(run: Run, object: ObjectValue, note: (key: string, value: Value) => string): void {
  for (const [key, property] of [...object.properties]) {
    const value = assumedPrimitive(property.value, note(key, property.value));
    if (value !== property.value) run.trail.writeKey(object.properties, key, { ...property, value });
  }
}

function assumedPrimitive(value: Value, note: string): Value {
  if (value === undefined || value === null) return value;
  if (value instanceof AssumedValue) return value.notes.includes(note) ? value : new AssumedValue(value.value, [...value.notes, note]);
  return typeof value === 'object' ? value : new AssumedValue(value, [note]);
}

/** Marks a default as assumed, with everything in it. */
export function assumeDeeply(run: Run, value: Value, name: string | undefined): Value {
  run.budget.step();
  if (value instanceof ArrayValue) {
    const copy = new ArrayValue(value.elements.map((element, i) => assumeDeeply(run, element, name && `${name}[${i}]`)), value.open);
    copy.integrity = value.integrity;
    return copy;
  }
  if (value instanceof ObjectValue && !value.prototype) {
    const copy = new ObjectValue();
    copy.open = value.open;
    copy.integrity = value.integrity;
    for (const [key, property] of value.properties) copy.properties.set(key, { ...property, value: assumeDeeply(run, property.value, name ? `${name}.${key}` : key) });
    return copy;
  }
  if (value === undefined || value === null || typeof value === 'object') return value;
  return new AssumedValue(value, [assumedDefault(name, value)]);
}
