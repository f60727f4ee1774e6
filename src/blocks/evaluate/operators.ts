// Unary and binary operators, over numbers, strings, symbolic dims and what is not known.
import { addDims, divideExactly, floorDivideDims, formatDim, isSymbolic, multiplyDims, subtractDims, unknown, type Dim, type SymbolicDim } from '../shapes/dim.ts';
import { overBigIntegers, unaryOfBigInteger } from './big-integers.ts';
import { alternatives } from './join.ts';
import { assumed, numberOfUnknown, plain, sameValue, truth } from './primitives.ts';
import type { Run } from './run.ts';
import { isConvertible, toPrimitive } from './to-primitive.ts';
import { ArrayValue, AssumedValue, BigIntValue, RatioValue, UnionValue, UnknownValue, type Value } from './values.ts';

export function binary(run: Run, operator: string, left: Value, right: Value): Value {
  if (left instanceof AssumedValue || right instanceof AssumedValue) {
    const notes = [left, right].flatMap(value => (value instanceof AssumedValue ? value.notes : []));
    return assumed(binary(run, operator, plain(left), plain(right)), notes);
  }
  if (left instanceof UnionValue || right instanceof UnionValue) {
    const lefts = left instanceof UnionValue ? left.alternatives : [left];
    const rights = right instanceof UnionValue ? right.alternatives : [right];
    return alternatives(lefts.flatMap(a => rights.map(b => binary(run, operator, a, b)))) ?? notKnown(left, right);
  }
  if (converts(operator, left, right)) {
    const hint = ['+', '==', '!='].includes(operator) ? 'default' : 'number';
    return binary(run, operator, toPrimitive(run, left, hint), toPrimitive(run, right, hint));
  }
  if (operator === '===' || operator === '!==' || operator === '==' || operator === '!=') return equality(run, operator, left, right);
  if (isPrimitive(left) && isPrimitive(right)) return overPrimitives(run, operator, left, right);
  if (left instanceof BigIntValue || right instanceof BigIntValue) return overBigIntegers(operator, left, right);
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) {
    // A symbol in a text would be taken for what the text says: for a letter to look for, or for its length.
    return notKnown(left, right);
  }
  const a = numeric(run, left);
  const b = numeric(run, right);
  if (a === undefined || b === undefined) return notKnown(left, right);
  return overDims(operator, a, b) ?? (comparisons.includes(operator) ? trueOrFalse(left, right) : notKnown(left, right));
}

/** What `x++` or `x--` finds, and what it leaves behind. */
export function updated(run: Run, operator: '++' | '--', value: Value): { readonly before: Value; readonly after: Value } {
  const before = isPrimitive(value) ? Number(value) : value;
  return { before, after: binary(run, operator === '++' ? '+' : '-', before, before instanceof BigIntValue ? one : 1) };
}

const one = new BigIntValue(1n);

/** Whether an operator makes texts or numbers of its objects: `==` does where the other side is one. */
function converts(operator: string, left: Value, right: Value): boolean {
  if (operator === '===' || operator === '!==') return false;
  if (operator !== '==' && operator !== '!=') return isConvertible(left) || isConvertible(right);
  const isSimple = (value: Value): boolean => value !== null && value !== undefined && (typeof value !== 'object' || value instanceof BigIntValue);
  return (isConvertible(left) && isSimple(right)) || (isConvertible(right) && isSimple(left));
}

export function unary(run: Run, operator: string, value: Value): Value {
  if (value instanceof AssumedValue) return assumed(unary(run, operator, value.value), value.notes);
  if (value instanceof UnionValue) return alternatives(value.alternatives.map(alternative => unary(run, operator, alternative))) ?? notKnown(value, value);
  if (isConvertible(value) && (operator === '-' || operator === '+' || operator === '~')) return unary(run, operator, toPrimitive(run, value, 'number'));
  if (value instanceof BigIntValue && operator !== '!' && operator !== 'typeof' && operator !== 'void') return unaryOfBigInteger(operator, value);
  switch (operator) {
    case '!': {
      const holds = truth(value);
      return holds === undefined ? trueOrFalse(value, value) : !holds;
    }
    case 'typeof': return typeOf(value);
    case 'void': return undefined;
    case '-': return isPrimitive(value) ? -Number(value) : binary(run, '*', value, -1);
    case '+': return isPrimitive(value) ? Number(value) : isSymbolic(value) || value instanceof RatioValue ? value : notKnown(value, value);
    case '~': return isPrimitive(value) ? ~Number(value) : notKnown(value, value);
    default: return notKnown(value, value);
  }
}

type Primitive = undefined | null | boolean | number | string;

const isPrimitive = (value: Value): value is Primitive => value === null || typeof value !== 'object';

function overPrimitives(run: Run, operator: string, left: Primitive, right: Primitive): Value {
  // JavaScript's own rules for its own primitives; nothing here can call back into the program.
  const [a, b] = [left as number, right as number];
  switch (operator) {
    case '+': {
      const sum = a + b;
      if (typeof sum === 'string' && (sum as string).length > run.budget.limits.characters) return new UnknownValue(unknown('the text gets too long to be followed'));
      return sum;
    }
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
    case '%': return a % b;
    case '**': return a ** b;
    case '<': return a < b;
    case '<=': return a <= b;
    case '>': return a > b;
    case '>=': return a >= b;
    case '|': return a | b;
    case '&': return a & b;
    case '^': return a ^ b;
    case '<<': return a << b;
    case '>>': return a >> b;
    case '>>>': return a >>> b;
    default: return new UnknownValue(unknown(`the operator ${operator} cannot be used here`));
  }
}

function equality(run: Run, operator: string, left: Value, right: Value): Value {
  const negate = operator === '!==' || operator === '!=';
  if (isPrimitive(left) && isPrimitive(right)) {
    // `==` is the comparison that the program asks for.
    // eslint-disable-next-line eqeqeq
    const equal = operator.length === 3 ? left === right : left == right;
    return equal !== negate;
  }
  if ((left instanceof BigIntValue || right instanceof BigIntValue) && ![left, right].some(value => value instanceof UnknownValue || isSymbolic(value))) {
    const areSimple = [left, right].every(value => value instanceof BigIntValue || isPrimitive(value));
    return areSimple ? overBigIntegers(operator, left, right) : operator.length === 3 ? negate : trueOrFalse(left, right);
  }
  if (sameValue(left, right)) return left instanceof UnknownValue ? trueOrFalse(left, right) : !negate;
  const open = (value: Value): boolean => value instanceof UnknownValue || isSymbolic(value) || value instanceof RatioValue;
  // A tensor that an unknown turned out to be is an object like any other.
  const settled = (value: Value): boolean => value instanceof UnknownValue && value.tensor !== undefined;
  const other = (value: Value): boolean => value === null || value === undefined;
  if ((settled(left) && other(right)) || (settled(right) && other(left))) return negate;
  if (isSymbolic(left) && isSymbolic(right)) {
    const difference = subtractDims(left, right);
    if (typeof difference === 'number' && difference !== 0) return negate;
  }
  if (isSymbolic(left) || isSymbolic(right)) {
    const names = namesOfDifferingSizes(run, left, right);
    if (names) return assumed(negate, names.map(name => `${name} > 0`));
  }
  // `==` makes a text or a number of an object that it compares with one.
  if (operator.length === 2 && (isPrimitive(left) ? !other(left) : isPrimitive(right) && !other(right))) return trueOrFalse(left, right);
  return open(left) || open(right) ? trueOrFalse(left, right) : negate;
}

/** Of two sizes that differ where there is anything at all, as `4·C` and `C` do: what has to be more than nothing. */
function namesOfDifferingSizes(run: Run, left: Value, right: Value): readonly string[] | undefined {
  const [a, b] = [left, right].map(value => (value instanceof UnknownValue ? run.symbols.ifNamed(value) : isSymbolic(value) || typeof value === 'number' ? value : undefined));
  if (a === undefined || b === undefined) return undefined;
  const difference = subtractDims(a, b);
  if (!isSymbolic(difference)) return undefined;
  const { constant, terms } = difference;
  const sign = Math.sign(terms[0]!.coefficient);
  const names = terms.flatMap(({ atoms }) => atoms.map(atom => (atom.kind === 'name' ? atom.name : undefined)));
  const isOneSided = terms.every(({ coefficient }) => Math.sign(coefficient) === sign) && constant * sign >= 0;
  return isOneSided && names.every(name => name !== undefined) ? [...new Set(names)] : undefined;
}

/** A number, a symbolic dim or a ratio; undefined for what cannot be computed with. */
function numeric(run: Run, value: Value): number | SymbolicDim | RatioValue | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || value === null) return Number(value);
  if (isSymbolic(value) || value instanceof RatioValue) return value;
  if (value instanceof UnknownValue && !value.tensor) {
    const dim = numberOfUnknown(run, value);
    return dim === undefined || !isSymbolic(dim) ? undefined : dim;
  }
  return undefined;
}

function overDims(operator: string, a: number | SymbolicDim | RatioValue, b: number | SymbolicDim | RatioValue): Value {
  if (a instanceof RatioValue || b instanceof RatioValue) {
    if (operator === '*') return ratio(multiplyDims(top(a), top(b)), multiplyDims(bottom(a), bottom(b)));
    if (operator === '/') return ratio(multiplyDims(top(a), bottom(b)), multiplyDims(bottom(a), top(b)));
    if (operator === '+') return ratio(addDims(multiplyDims(top(a), bottom(b)), multiplyDims(top(b), bottom(a))), multiplyDims(bottom(a), bottom(b)));
    if (operator === '-') return ratio(subtractDims(multiplyDims(top(a), bottom(b)), multiplyDims(top(b), bottom(a))), multiplyDims(bottom(a), bottom(b)));
    return undefined;
  }
  switch (operator) {
    case '+': return asValue(integerOnly(a, b) ? addDims(a, b) : undefined);
    case '-': return asValue(integerOnly(a, b) ? subtractDims(a, b) : undefined);
    case '*': return fractional(a) || fractional(b) ? scaled(a, b) : asValue(multiplyDims(a, b));
    case '/': return integerOnly(a, b) ? ratio(a, b) : undefined;
    case '%': {
      if (!integerOnly(a, b)) return undefined;
      const quotient = floorDivideDims(a, b);
      return asValue(subtractDims(a, multiplyDims(quotient, b)));
    }
    case '**': return typeof b === 'number' && Number.isInteger(b) && b >= 0 && b <= 8 ? asValue(power(a, b)) : undefined;
    default: return undefined;
  }
}

const fractional = (value: number | SymbolicDim): boolean => typeof value === 'number' && !Number.isInteger(value);
const integerOnly = (a: number | SymbolicDim, b: number | SymbolicDim): boolean => !fractional(a) && !fractional(b);

/** `channels * 0.25` is a ratio where the factor is a simple fraction. */
function scaled(a: number | SymbolicDim, b: number | SymbolicDim): Value {
  const [factor, dim] = typeof a === 'number' ? [a, b] : [b as number, a];
  for (const denominator of [2, 3, 4, 5, 8, 10, 16, 20, 32, 100]) {
    const numerator = factor * denominator;
    if (Number.isInteger(numerator)) return ratio(multiplyDims(dim, numerator), denominator);
  }
  return undefined;
}

function ratio(numerator: Dim, denominator: Dim): Value {
  const exact = divideExactly(numerator, denominator);
  if (exact !== undefined) return asValue(exact);
  const usable = (dim: Dim): dim is number | SymbolicDim => typeof dim === 'number' || isSymbolic(dim);
  return usable(numerator) && usable(denominator) ? new RatioValue(numerator, denominator) : undefined;
}

const top = (value: number | SymbolicDim | RatioValue): number | SymbolicDim => (value instanceof RatioValue ? value.numerator : value);
const bottom = (value: number | SymbolicDim | RatioValue): number | SymbolicDim => (value instanceof RatioValue ? value.denominator : 1);

function power(base: number | SymbolicDim, exponent: number): Dim {
  let product: Dim = 1;
  for (let i = 0; i < exponent; i++) product = multiplyDims(product, base);
  return product;
}

const asValue = (dim: Dim | undefined): Value => (typeof dim === 'number' || isSymbolic(dim) ? dim : undefined);

function typeOf(value: Value): Value {
  if (value === null) return 'object';
  if (typeof value !== 'object') return typeof value;
  switch (value.kind) {
    case 'unknown-value': return value.tensor ? 'object' : notKnown(value, value);
    case 'symbol': return 'symbol';
    case 'bigint': return 'bigint';
    case 'symbolic':
    case 'ratio': return 'number';
    case 'function':
    case 'native':
    case 'class': return 'function';
    default: return 'object';
  }
}

/** What comes out where an operand is not known. */
const comparisons = ['<', '<=', '>', '>='];

function trueOrFalse(left: Value, right: Value): UnknownValue {
  const value = notKnown(left, right);
  value.isBoolean = true;
  return value;
}

function notKnown(left: Value, right: Value): UnknownValue {
  const first = [left, right].find(value => value instanceof UnknownValue);
  if (first instanceof UnknownValue) return new UnknownValue(first.reason);
  const what = [left, right].find(value => isSymbolic(value) || value instanceof UnionValue || value instanceof RatioValue || value instanceof ArrayValue);
  return new UnknownValue(unknown(isSymbolic(what) ? `it depends on the number that ${formatDim(what)} stands for` : 'its value is not known before the program runs'));
}
