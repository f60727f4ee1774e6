// Numbers' methods, and `Math`, `Number`, `parseInt`, over numbers and symbolic dims.
import { ceilDivideDims, floorDivideDims, isSymbolic, multiplyDims, addDims, unknown, type SymbolicDim } from '../../shapes/dim.ts';
import { alternatives } from '../join.ts';
import { numberOfUnknown, plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { toPrimitive } from '../to-primitive.ts';
import { BigIntValue, RatioValue, UnionValue, UnknownValue, type NativeCall, type NativeFunction, type Value } from '../values.ts';
import { namespace, native, otherMember } from './native.ts';

export function numberMember(value: number | SymbolicDim | RatioValue, property: string): Value {
  if (property === 'toString') return native('toString', (run, call) => written(run, call, value, 10, 2, 36, radix => (value as number).toString(radix)));
  if (property === 'toFixed') return native('toFixed', (run, call) => written(run, call, value, 0, 0, 100, digits => (value as number).toFixed(digits)));
  if (property === 'toPrecision') return native('toPrecision', (run, call) => written(run, call, value, 100, 1, 100, digits => (value as number).toPrecision(call.args.length === 0 ? undefined : digits)));
  if (property === 'valueOf') return native('valueOf', () => value);
  // What is computed from something unknown may be a text after all.
  return typeof value === 'number' ? otherMember(Number.prototype, property, 'a number') : new UnknownValue(unknown(`${property} of a number that is not known is not evaluated`));
}

/** A known number as text, in a manner that one number from `least` to `most` describes. */
function written(run: Run, call: NativeCall, value: Value, otherwise: number, least: number, most: number, write: (how: number) => string): Value {
  const how = plain(call.args[0]) ?? otherwise;
  return typeof value === 'number' && typeof how === 'number' && how >= least && how <= most ? write(how) : run.unknown('the number is not known', call.call);
}

/** Rounds a ratio of symbolic dims; a symbolic dim by itself is a whole number already. */
const rounding = (name: string, overNumbers: (value: number) => number, overRatio: (value: RatioValue) => Value): [string, NativeFunction] => [
  name, native(name, (run, call) => overEach(run, call, call.args[0], value => {
    if (typeof value === 'number') return overNumbers(value);
    if (isSymbolic(value)) return value;
    if (value instanceof RatioValue) return overRatio(value);
    if (value instanceof UnknownValue) return value;
    return isPrimitive(value) ? overNumbers(Number(value)) : run.unknown(`Math.${name} of what is not known to be a number`, call.call);
  })),
];

function overEach(run: Run, call: NativeCall, argument: Value, compute: (value: Value) => Value): Value {
  const value = plain(argument);
  if (value instanceof UnionValue) return alternatives(value.alternatives.map(compute)) ?? run.unknown('it is one of several numbers', call.call);
  return compute(value);
}

const known = (dim: ReturnType<typeof floorDivideDims>): Value => (typeof dim === 'number' || isSymbolic(dim) ? dim : new UnknownValue(dim as Exclude<typeof dim, number | SymbolicDim | null>));

/** Functions of numbers alone. */
const overNumbers = (name: string): [string, NativeFunction] => [
  name, native(name, (run, call) => {
    const args = numbersIn(call);
    const compute = (Math as unknown as Record<string, (...numbers: number[]) => number>)[name]!;
    if (args.every(argument => typeof argument === 'number')) return compute(...args);
    if ((name === 'max' || name === 'min') && args.length > 1 && args.every(argument => argument === args[0])) return args[0];
    return run.unknown(`Math.${name} of a number that is not known`, call.call);
  }),
];

const isPrimitive = (value: Value): value is undefined | null | boolean | number | string => value === null || typeof value !== 'object';

const numbersIn = (call: NativeCall): Value[] => call.args.map(plain).map(value => (isPrimitive(value) ? Number(value) : value));

const constants = { PI: Math.PI, E: Math.E, SQRT2: Math.SQRT2, LN2: Math.LN2, LN10: Math.LN10, LOG2E: Math.LOG2E, LOG10E: Math.LOG10E, SQRT1_2: Math.SQRT1_2 };

export const math = namespace('Math', {
  ...constants,
  ...Object.fromEntries([
    rounding('floor', Math.floor, ({ numerator, denominator }) => known(floorDivideDims(numerator, denominator))),
    rounding('trunc', Math.trunc, ({ numerator, denominator }) => known(floorDivideDims(numerator, denominator))),
    rounding('ceil', Math.ceil, ({ numerator, denominator }) => known(ceilDivideDims(numerator, denominator))),
    rounding('round', Math.round, ({ numerator, denominator }) => known(floorDivideDims(addDims(multiplyDims(numerator, 2), denominator), multiplyDims(denominator, 2)))),
    ...[
      'abs', 'max', 'min', 'pow', 'sqrt', 'log', 'log2', 'log10', 'log1p', 'exp', 'expm1', 'sign', 'cbrt', 'hypot', 'clz32', 'fround', 'imul',
      'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh',
    ].map(overNumbers),
    ['random', native('random', (run, call) => run.unknown('it is a random number', call.call))],
  ]),
});

/** `Number(x)`, `parseInt(x)`, `parseFloat(x)`. */
export const conversion = (name: 'Number' | 'parseInt' | 'parseFloat'): NativeFunction => native(name, (run, call) => {
  const value = toPrimitive(run, plain(call.args[0]), name === 'Number' ? 'number' : 'string');
  const radix = plain(call.args[1]);
  if (name === 'parseInt' && typeof radix !== 'number' && radix !== undefined) return run.unknown('the number is not known', call.call);
  if (typeof value === 'string' || typeof value === 'number') return name === 'Number' ? Number(value) : name === 'parseFloat' ? parseFloat(String(value)) : parseInt(String(value), radix as number | undefined);
  if (value instanceof BigIntValue) return name === 'Number' ? Number(value.value) : run.unknown('the number is not known', call.call);
  if (isSymbolic(value)) return value;
  if (value instanceof UnknownValue) return numberOfUnknown(run, value) ? value : run.unknown('the number is not known', call.call);
  if (value !== null && typeof value === 'object') return run.unknown('the number is not known', call.call);
  return name === 'Number' && (call.args.length > 0) ? Number(value) : name === 'Number' ? 0 : NaN;
});

/** `Number.isInteger` and its relatives; those that are globals convert first. */
export const numberTest = (name: string, holds: (value: unknown) => boolean): NativeFunction => native(name, (run, call) => {
  const value = plain(call.args[0]);
  if (isSymbolic(value) && name.endsWith('NaN')) return false;
  return value === null || typeof value !== 'object' ? holds(value) : run.unknown('the number is not known', call.call);
});
