// Big integers: `8n`. They are kept apart from numbers, as JavaScript does: no operator but a comparison takes both.
import { unknown } from '../shapes/dim.ts';
import { BigIntValue, UnknownValue, type Value } from './values.ts';

/** Larger ones take time and room that nobody needs. */
const mostBits = 4096n;
const largest = 2n ** mostBits;

const notKnown = (): UnknownValue => new UnknownValue(unknown('what this gives for big integers is not known'));

type Primitive = bigint | number | string | boolean | null | undefined;

/** An operator of which one side is a big integer. */
export function overBigIntegers(operator: string, left: Value, right: Value): Value {
  if (left instanceof BigIntValue && right instanceof BigIntValue) return overBoth(operator, left.value, right.value);
  if (!isPrimitive(left) || !isPrimitive(right)) return notKnown();
  const [a, b] = [primitiveOf(left), primitiveOf(right)];
  if (operator === '+' && (typeof a === 'string' || typeof b === 'string')) return `${a}${b}`;
  return compared(operator, a, b) ?? notKnown();
}

const isPrimitive = (value: Value): value is BigIntValue | Exclude<Primitive, bigint> => value instanceof BigIntValue || value === null || typeof value !== 'object';

const primitiveOf = (value: BigIntValue | Exclude<Primitive, bigint>): Primitive => (value instanceof BigIntValue ? value.value : value);

function overBoth(operator: string, a: bigint, b: bigint): Value {
  const order = compared(operator, a, b);
  if (order !== undefined) return order;
  const result = computed(operator, a, b);
  return result === undefined || result > largest || result < -largest ? notKnown() : new BigIntValue(result);
}

/** JavaScript compares a big integer with whatever else there is. */
function compared(operator: string, left: Primitive, right: Primitive): boolean | undefined {
  const [a, b] = [left as bigint, right as bigint];
  switch (operator) {
    case '<': return a < b;
    case '<=': return a <= b;
    case '>': return a > b;
    case '>=': return a >= b;
    // `==` compares a number with a big integer by what both are worth.
    // eslint-disable-next-line eqeqeq
    case '==': return a == b;
    // eslint-disable-next-line eqeqeq
    case '!=': return a != b;
    case '===': return a === b;
    case '!==': return a !== b;
    default: return undefined;
  }
}

/** Undefined where JavaScript throws, and where the result would be too large. */
function computed(operator: string, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return b === 0n ? undefined : a / b;
    case '%': return b === 0n ? undefined : a % b;
    case '**': return b < 0n || b * bitsOf(a) > mostBits ? undefined : a ** b;
    case '&': return a & b;
    case '|': return a | b;
    case '^': return a ^ b;
    case '<<': return b > mostBits || b < -mostBits ? undefined : a << b;
    case '>>': return b > mostBits || b < -mostBits ? undefined : a >> b;
    default: return undefined;
  }
}

const bitsOf = (value: bigint): bigint => BigInt(value.toString(2).length);

export function unaryOfBigInteger(operator: string, { value }: BigIntValue): Value {
  return operator === '-' ? new BigIntValue(-value) : operator === '~' ? new BigIntValue(~value) : notKnown();
}

/** What `BigInt(value)` makes of a number or a text; undefined where it throws, or where that is not known. */
export function bigIntegerOf(value: Value): BigIntValue | undefined {
  if (value instanceof BigIntValue) return value;
  if (value === undefined || value === null || typeof value === 'object' || (typeof value === 'string' && value.length > 1000)) return undefined;
  try {
    return new BigIntValue(BigInt(value));
  } catch {
    return undefined;
  }
}
