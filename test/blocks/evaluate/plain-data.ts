// What the interpreter computed, as data of JSON: `{ unknown: reason }` stands for what it does not know.
import { ArrayValue, AssumedValue, ObjectValue, UnionValue, UnknownValue, isSymbolKey, type Value } from '../../../src/blocks/evaluate/values.ts';

export function plainData(value: Value): unknown {
  if (value === undefined || typeof value === 'number' && !Number.isFinite(value)) return null;
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof AssumedValue) return plainData(value.value);
  if (value instanceof UnknownValue) return { unknown: value.reason.reason };
  if (value instanceof UnionValue) return { unknown: 'one of several' };
  if (value instanceof ArrayValue) return value.open ? { unknown: value.open.reason } : value.elements.map(plainData);
  if (value instanceof ObjectValue && !value.open) return Object.fromEntries([...value.properties].filter(([key]) => !isSymbolKey(key)).map(([key, property]) => [key, plainData(property.value)]));
  return { unknown: value.kind };
}
