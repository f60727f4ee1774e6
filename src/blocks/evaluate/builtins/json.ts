// JSON text as values.
import { isSymbolic, unknown } from '../../shapes/dim.ts';
import type { Location } from '../../text/location.ts';
import { copiedProperties, listedNames } from '../own-properties.ts';
import { extentOf, withExtent } from '../extent.ts';
import { plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { findProperty } from '../prototypes.ts';
import { ArrayValue, FunctionValue, ObjectValue, SymbolValue, UnknownValue, filledAll, type Value } from '../values.ts';
import { namespace, native } from './native.ts';
import { TypedArrayValue } from './typed-arrays.ts';

/** Undefined where the text is no JSON, which no JSON text stands for. */
export function parseJson(run: Run, text: string): Value {
  run.budget.steps(text.length / 16);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  return valueOfData(run, data);
}

function valueOfData(run: Run, data: unknown): Value {
  run.budget.step();
  if (Array.isArray(data)) {
    const most = run.budget.limits.elements;
    return new ArrayValue(data.slice(0, most).map(item => valueOfData(run, item)), data.length > most ? unknown('the list is too long to be followed') : undefined);
  }
  if (typeof data !== 'object' || data === null) return data as string | number | boolean | null;
  const object = new ObjectValue();
  for (const [key, item] of Object.entries(data)) object.properties.set(key, { value: valueOfData(run, item) });
  return object;
}

/** Text that was made of values here, which need not all be known, reads as these values again. */
const written = new WeakMap<UnknownValue, Value>();

export const json = namespace('JSON', {
  parse: native('parse', (run, call) => {
    const text = plain(call.args[0]);
    if (text instanceof UnknownValue && written.has(text) && call.args.length === 1) return clone(run, written.get(text), call.call);
    const value = typeof text === 'string' && call.args.length === 1 ? parseJson(run, text) : undefined;
    return value === undefined ? run.unknown('the text is not known', call.call) : value;
  }),
  stringify: native('stringify', (run, call) => {
    const [value, replacer, indent] = call.args;
    const isPlain = (replacer === undefined || replacer === null) && (indent === undefined || typeof indent === 'number' || typeof indent === 'string');
    const data = isPlain ? hostData(run, value, { characters: run.budget.limits.characters }) : undefined;
    if (data) return JSON.stringify(data.value, null, indent as number | string | undefined);
    const text = run.unknown('the text of a value is not known', call.call);
    if (call.args.length === 1 && isData(run, value)) written.set(text, clone(run, value, call.call));
    return text;
  }),
});

/** Objects that hold each other nest for ever. */
const mostDepth = 32;

/** A value that is certain with all that it holds, as one of the host, of which JSON leaves out the same. */
function hostData(run: Run, value: Value, room: { characters: number }, depth = mostDepth): { readonly value: unknown } | undefined {
  run.budget.step();
  // With the space before it, at its deepest.
  room.characters -= 10 * (mostDepth - depth) + (typeof value === 'string' ? value.length : 0) + 4;
  if (room.characters < 0 || depth === 0) return undefined;
  if (value === null || typeof value !== 'object') return { value };
  // A text says nothing of what it rests on.
  if (extentOf(value)) return undefined;
  if (value instanceof FunctionValue || value instanceof SymbolValue) return { value: undefined };
  if (value instanceof ArrayValue && !(value instanceof TypedArrayValue) && !value.open && value.hasOnlyElements) {
    const items = filledAll(value.elements).map(element => hostData(run, element, room, depth - 1));
    return items.every(item => item !== undefined) ? { value: items.map(item => item.value) } : undefined;
  }
  const listed = value instanceof ObjectValue ? listedNames(run, value) : undefined;
  if (!(value instanceof ObjectValue) || !listed || listed.open) return undefined;
  const { found, root } = findProperty(value, 'toJSON');
  if (found || root) return undefined;
  const object = Object.create(null) as Record<string, unknown>;
  for (const key of listed.certain) {
    room.characters -= key.length;
    const property = value.properties.get(key)!;
    const item = property.getter ? undefined : hostData(run, property.value, room, depth - 1);
    if (!item) return undefined;
    object[key] = item.value;
  }
  return { value: object };
}

/** A copy that shares no lists and objects. */
export function clone(run: Run, value: Value, call: Location, copies = new Map<Value, Value>()): Value {
  run.budget.step();
  const known = copies.get(value);
  if (known) return known;
  if (value instanceof ArrayValue) {
    if (value instanceof TypedArrayValue) return new TypedArrayValue(value.type, value.elements);
    const copy = withExtent(new ArrayValue([], value.open, value.placed), value.assumedExtent);
    copies.set(value, copy);
    copy.elements = value.elements.map(element => clone(run, element, call, copies));
    if (value.named) copy.named = clone(run, value.named, call, copies) as ArrayValue['named'];
    return copy;
  }
  if (typeof value === 'object' && value !== null && ['function', 'native', 'class', 'namespace', 'layer', 'model', 'tensor', 'symbol'].includes(value.kind)) return new UnknownValue(unknown('what a copy of this is is not known'));
  if (!(value instanceof ObjectValue)) return value;
  // The copy of an object of a class has none, and what the object computes the copy holds.
  const copy = withExtent(new ObjectValue(), value.assumedExtent);
  copy.open = value.open;
  copies.set(value, copy);
  for (const [key, property] of copiedProperties(run, value, call)) copy.properties.set(key, { ...property, value: clone(run, property.value, call, copies) });
  return copy;
}

/** Lists, objects without a class, numbers and texts: what comes back from its JSON as it was. */
function isData(run: Run, value: Value, depth = mostDepth): boolean {
  run.budget.step();
  const data = plain(value);
  if (data === undefined || (typeof data === 'number' && !Number.isFinite(data)) || depth === 0) return false;
  if (data instanceof ArrayValue) return data.hasOnlyElements && !(data instanceof TypedArrayValue) && data.elements.every(element => isData(run, element, depth - 1));
  if (data instanceof ObjectValue) return !data.prototype && [...data.properties.values()].every(property => !property.getter && isData(run, property.value, depth - 1));
  return data === null || typeof data !== 'object' || isSymbolic(data);
}
