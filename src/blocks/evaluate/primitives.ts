// Questions about single values that do not need the interpreter: equality, truth, text, dims.
import { isSymbolic, sameDim, unknown, type Dim, type Unknown, floorDivideDims } from '../shapes/dim.ts';
import type { Run } from './run.ts';
import { AssumedValue, BigIntValue, ClassValue, FunctionValue, NativeFunction, RatioValue, SymbolValue, TensorValue, UnionValue, UnknownValue, type Value } from './values.ts';

/** True where both are certainly the same value. Unknowns are the same only if they are one and the same. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === 'number' && typeof b === 'number') return Object.is(a, b);
  if (isSymbolic(a) && isSymbolic(b)) return a.key === b.key;
  if (a instanceof AssumedValue && b instanceof AssumedValue) return sameValue(a.value, b.value);
  if (a instanceof BigIntValue && b instanceof BigIntValue) return a.value === b.value;
  if (a instanceof SymbolValue && b instanceof SymbolValue) return a.key === b.key;
  if (a instanceof UnionValue && b instanceof UnionValue) {
    return a.alternatives.length === b.alternatives.length && a.alternatives.every((value, i) => sameValue(value, b.alternatives[i]));
  }
  return false;
}

/** Whether a value that is one of several may be this one. */
export const mayBe = (value: Value, one: Value): boolean =>
  (value instanceof UnionValue ? value.alternatives : value instanceof UnknownValue ? value.oneOf ?? [] : []).includes(one);

/** Why a value is not known. */
export const reasonOf = (value: Value): Unknown | undefined => (value instanceof UnknownValue ? value.reason : undefined);

export const isCallable = (value: Value): value is FunctionValue | NativeFunction | ClassValue =>
  value instanceof FunctionValue || value instanceof NativeFunction || value instanceof ClassValue;

/** Whether a condition holds; undefined where nobody can tell. */
export function truth(value: Value): boolean | undefined {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'object') return Boolean(value);
  switch (value.kind) {
    case 'unknown-value': return value.tensor ? true : undefined;
    case 'symbolic':
    case 'ratio': return undefined;
    case 'bigint': return value.value !== 0n;
    case 'assumed': return truth(value.value);
    case 'union': {
      const first = truth(value.alternatives[0]);
      return value.alternatives.every(alternative => truth(alternative) === first) ? first : undefined;
    }
    default: return true;
  }
}

/** What a condition rests on that was taken for granted. */
export const notesOf = (value: Value): readonly string[] => (value instanceof AssumedValue ? value.notes : []);

export const plain = (value: Value): Value => (value instanceof AssumedValue ? value.value : value);

/** A computed primitive that rests on assumptions. */
export function assumed(value: Value, notes: readonly string[]): Value {
  if (notes.length === 0) return value;
  if (value instanceof AssumedValue) return assumed(value.value, [...value.notes, ...notes]);
  return typeof value === 'object' && value !== null && !isSymbolic(value) ? value : new AssumedValue(value, [...new Set(notes)]);
}

/** A property's name from a computed key; undefined where it is not known. */
export function keyOf(value: Value): string | undefined {
  const key = plain(value);
  if (key instanceof SymbolValue) return key.key;
  if (key instanceof BigIntValue) return String(key.value);
  return typeof key === 'string' || typeof key === 'number' || typeof key === 'boolean' || key === null || key === undefined ? String(key) : undefined;
}

/** The place in a list that a key names; undefined for other keys, as '02' and '-1' are. */
export const indexOfKey = (key: string): number | undefined => (/^(0|[1-9]\d*)$/.test(key) ? Number(key) : undefined);

/** A number without what stands behind the point; undefined where it is not known. */
export function wholeNumber(value: Value): number | undefined {
  const number = plain(value);
  return typeof number === 'number' ? Math.trunc(number) : undefined;
}

/** A tensor's dim as the program sees it. */
export function valueOfDim(dim: Dim): Value {
  return typeof dim === 'object' && dim !== null && dim.kind === 'unknown' ? new UnknownValue(dim) : dim;
}

/** A program's value as a dim: an unknown number becomes a symbol of its own name. */
export function dimOfValue(run: Run, value: Value): Dim {
  if (typeof value === 'number' || value === null) return value;
  if (isSymbolic(value)) return value;
  if (value instanceof AssumedValue) return dimOfValue(run, value.value);
  if (value instanceof RatioValue) return floorDivideDims(value.numerator, value.denominator);
  if (value instanceof UnknownValue) return numberOfUnknown(run, value) ?? value.reason;
  if (value instanceof UnionValue) {
    const dims = value.alternatives.map(alternative => dimOfValue(run, alternative));
    return dims.every(dim => sameDim(dim, dims[0]!)) ? dims[0]! : unknown('it depends on a condition that is not known before the program runs');
  }
  return unknown(`a number is needed here, but this is ${describe(value)}`);
}

/** The symbol that an unknown number is computed with; undefined for unknowns without a name. */
export function numberOfUnknown(run: Run, value: UnknownValue): Dim | undefined {
  const name = run.symbols.of(value);
  if (name === undefined) return undefined;
  const key = `1·${name}+0`;
  return { kind: 'symbolic', constant: 0, terms: [{ coefficient: 1, atoms: [{ kind: 'name', name, key: name }], key: name }], key };
}

/** A value as an error message names it. */
export function describe(value: Value): string {
  if (value === undefined || value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `'${value}'`;
  if (value instanceof TensorValue) return 'a tensor';
  switch (value.kind) {
    case 'array': return 'an array';
    case 'function':
    case 'native': return 'a function';
    case 'class': return 'a class';
    case 'symbol': return 'a symbol';
    case 'bigint': return `${value.value}n`;
    case 'layer': return `a ${value.layer} layer`;
    case 'model': return 'a model';
    default: return 'an object';
  }
}
