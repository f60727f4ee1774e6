// What the interpreter computed, and what Node does, as data of JSON that can be compared: `{ unknown: reason }` stands for
// what is not known, and what JSON has no text for is written as one.
import { ArrayValue, AssumedValue, ObjectValue, UnionValue, UnknownValue, isSymbolKey, type Value } from '../../../src/blocks/evaluate/values.ts';

/** `assumed` says what stands for a value that is taken for granted. */
export function plainData(value: Value, assumed: (value: AssumedValue) => unknown = ({ value: given }) => plainData(given)): unknown {
  if (value === undefined || typeof value === 'number') return plainPrimitive(value);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof AssumedValue) return assumed(value);
  if (value instanceof UnknownValue) return { unknown: value.reason.reason };
  if (value instanceof UnionValue) return { unknown: 'one of several' };
  if (value instanceof ArrayValue) return value.open ? { unknown: value.open.reason } : value.elements.map(element => plainData(element, assumed));
  if (value instanceof ObjectValue && !value.open) {
    const listed = [...value.properties].filter(([key, { enumerable }]) => !isSymbolKey(key) && enumerable !== false);
    const doubt = listed.map(([, { uncertain, enumerable }]) => uncertain ?? enumerable).find(reason => typeof reason === 'object');
    return doubt ? { unknown: doubt.reason } : Object.fromEntries(listed.map(([key, property]) => [key, property.getter ? { unknown: 'a getter' } : plainData(property.value, assumed)]));
  }
  return { unknown: value.kind };
}

/** For `JSON.stringify`, by which values come here from another realm: what `plainData` gives for them. */
export function plainOfNode(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...value as unknown as Iterable<unknown>];
  if (['function', 'symbol', 'bigint'].includes(typeof value)) return { unknown: typeof value };
  return value === undefined || typeof value === 'number' ? plainPrimitive(value) : value;
}

const plainPrimitive = (value: undefined | number): unknown =>
  (Number.isFinite(value) && !Object.is(value, -0) ? value : { special: Object.is(value, -0) ? '-0' : String(value) });
