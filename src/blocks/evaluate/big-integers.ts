// Big integers: `8n`. They are kept apart from numbers, as JavaScript does: no operator but a comparison takes both.
import { unknown } from '../shapes/dim.ts';
import { BigIntValue, UnknownValue, type Value } from './values.ts';

/** Larger ones take time and room that nobody needs. */
const mostBits = 4096n;
const largest = 2n ** mostBits;

const notKnown = (): UnknownValue => new UnknownValue(unknown('what this gives for big integers is not known'));

/** An operator of which one side is a big integer. */
export function overBigIntegers(operator: string, left: Value, right: Value): Value {
  if (left instanceof BigIntValue && right instanceof BigIntValue) return overBoth(operator, left.value, right.value);
  const [a, b] = [plainOf(left), plainOf(right)];
  if (operator === '+' && (typeof a === 'string' || typeof b === 'string') && a !== undefined && b !== undefined) return `${String(a)}${String(b)}`;
  return (typeof a === 'number' || typeof a === 'bigint') && (typeof b === 'number' || typeof b === 'bigint') ? compared(operator, a, b) ?? notKnown() : notKnown();
}

const plainOf = (value: Value): bigint | number | string | undefined =>
  (value instanceof BigIntValue ? value.value : typeof value === 'number' || typeof value === 'string' ? value : undefined);

function overBoth(operator: string, a: bigint, b: bigint): Value {
  const order = compared(operator, a, b);
  if (order !== undefined) return order;
  const result = computed(operator, a, b);
  return result === undefined || result > largest || result < -largest ? notKnown() : new BigIntValue(result);
}

function compared(operator: string, a: bigint | number, b: bigint | number): boolean | undefined {
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
    case '**': return b < 0n || b * BigInt(a.toString(2).length) > mostBits ? undefined : a ** b;
    case '&': return a & b;
    case '|': return a | b;
    case '^': return a ^ b;
    case '<<': return b > mostBits || b < 0n ? undefined : a << b;
    case '>>': return b > mostBits || b < 0n ? undefined : a >> b;
    default: return undefined;
  }
}

export function unaryOfBigInteger(operator: string, { value }: BigIntValue): Value {
  return operator === '-' ? new BigIntValue(-value) : operator === '~' ? new BigIntValue(~value) : notKnown();
}

/** What `BigInt(value)` makes of a number or a text; undefined where it throws, or where that is not known. */
export function bigIntegerOf(value: Value): BigIntValue | undefined {
  if (value instanceof BigIntValue) return value;
  const isWhole = (typeof value === 'number' && Number.isSafeInteger(value)) || (typeof value === 'string' && /^(\d{1,1000}|0x[\da-f]{1,1000})$/i.test(value));
  return isWhole ? new BigIntValue(BigInt(value as number | string)) : undefined;
}
