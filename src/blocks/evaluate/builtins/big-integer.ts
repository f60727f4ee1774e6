// `BigInt`, and what big integers have: `toString`.
import { bigIntegerOf } from '../big-integers.ts';
import { plain } from '../primitives.ts';
import { BigIntValue, NamespaceValue, NativeFunction, type Value } from '../values.ts';
import { native, otherMember } from './native.ts';

export function bigIntegerMember(integer: BigIntValue, property: string): Value {
  if (property === 'valueOf') return native('valueOf', () => integer);
  if (property !== 'toString') return otherMember(BigInt.prototype, property, 'a big integer');
  return native('toString', (run, call) => {
    const radix = plain(call.args[0]) ?? 10;
    return typeof radix === 'number' && radix >= 2 && radix <= 36 ? integer.value.toString(radix) : run.unknown('the text is not known', call.call);
  });
}

/** The last bits of a big integer, and as many as are asked for. */
const wrapped = (name: 'asIntN' | 'asUintN'): NativeFunction => native(name, (run, call) => {
  const [bits, integer] = call.args.map(plain);
  const isUsable = typeof bits === 'number' && bits >= 0 && bits <= 4096 && integer instanceof BigIntValue;
  return isUsable ? new BigIntValue(BigInt[name](bits, integer.value)) : run.unknown('the big integer is not known', call.call);
});

const members: Readonly<Record<string, Value>> = { asIntN: wrapped('asIntN'), asUintN: wrapped('asUintN') };

/** `BigInt(8)`. */
export const bigInteger = new NativeFunction('BigInt', (run, call) => bigIntegerOf(plain(call.args[0])) ?? run.unknown('the big integer is not known', call.call),
  new NamespaceValue('BigInt', property => (Object.hasOwn(members, property) ? members[property] : otherMember(BigInt, property, 'BigInt'))));
