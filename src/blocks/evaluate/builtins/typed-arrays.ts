// Typed arrays: lists of a fixed length that make numbers of their kind of what is put in.
import { isSymbolic, unknown } from '../../shapes/dim.ts';
import type { Spanned } from '../../syntax/place.ts';
import { indexOfKey, plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { toPrimitive } from '../to-primitive.ts';
import { ArrayValue, NamespaceValue, NativeFunction, ObjectValue, UnknownValue, filled, filledAll, type NativeCall, type Value } from '../values.ts';
import { mapped } from './array-callbacks.ts';
import { iterate } from './iterators.ts';
import { namespace, native } from './native.ts';
import { wellKnown } from './symbol.ts';

const kinds = { Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array };

export type TypedArrayKind = keyof typeof kinds;

export class TypedArrayValue extends ArrayValue {
  constructor(readonly type: TypedArrayKind, elements: readonly Value[]) {
    super(elements.map(element => converted(type, filled(element))));
  }
}

/** What a list of this kind holds after a value was put in. */
export function converted(type: TypedArrayKind, value: Value): Value {
  const given = plain(value);
  if (given === null || typeof given !== 'object') return new kinds[type]([Number(given)])[0];
  // A size fits into anything but the smallest numbers.
  if ((isSymbolic(given) && !/8|16/.test(type)) || given instanceof UnknownValue) return given;
  return new UnknownValue(unknown('the number that is put into the list is not known'));
}

/** What is read in the same way as of any list. */
const ofEveryList: ReadonlySet<string> = new Set([
  'length', 'at', 'every', 'some', 'find', 'findIndex', 'findLast', 'findLastIndex', 'forEach', 'includes', 'indexOf', 'lastIndexOf', 'join', 'reduce', 'reduceRight',
  'keys', 'values', 'entries', wellKnown.iterator.key,
]);

/** A property; `ofList` reads it as that of any list. */
export function typedArrayMember(run: Run, array: TypedArrayValue, property: string, node: Spanned, ofList: (property: string) => Value): Value {
  const { BYTES_PER_ELEMENT: bytes } = kinds[array.type];
  if (ofEveryList.has(property) || indexOfKey(property) !== undefined) return ofList(property);
  /** What a method of lists makes of this one, as a list of its kind. */
  const made = (name: string, call: NativeCall): TypedArrayValue | undefined => {
    const list = run.interpreter.call(run, ofList(name), call);
    return list instanceof ArrayValue && !list.open ? new TypedArrayValue(array.type, list.elements) : undefined;
  };
  switch (property) {
    case 'BYTES_PER_ELEMENT': return bytes;
    case 'byteLength': return array.elements.length * bytes;
    // Those that begin elsewhere in their memory are not followed.
    case 'byteOffset': return 0;
    case 'map':
    case 'filter':
    case 'slice':
    case 'with':
    case 'toReversed':
    case 'toSorted': return native(property, (_run, call) => made(property, property === 'toSorted' ? bySize(run, call) : call) ?? run.unknown(`what ${property} gives is not known`, call.call));
    case 'sort':
    case 'reverse': return native(property, (_run, call) => {
      const changed = property === 'sort' ? made('toSorted', bySize(run, call)) : made('toReversed', call);
      if (changed) run.trail.write(array, 'elements', changed.elements);
      else forget(run, array, `the order after ${property} is not followed`, call);
      return array;
    });
    case 'fill': return native('fill', (_run, call) => {
      run.interpreter.call(run, ofList('fill'), { ...call, args: [converted(array.type, toPrimitive(run, call.args[0], 'number')), ...call.args.slice(1)] });
      return array;
    });
    case 'set': return native('set', (_run, call) => set(run, array, call));
    case 'toString': return ofList('join');
    default: {
      if (!(property in kinds[array.type].prototype)) return array.named && run.interpreter.member(run, array.named, property, node);
      // What shares its memory with others, or changes it in another manner, is not followed: what it holds is not known from here on.
      const reason = unknown(`${property} of a typed array is not evaluated`, run.at(node));
      run.trail.write(array, 'elements', array.elements.map(() => new UnknownValue(reason)));
      return new UnknownValue(reason);
    }
  }
}

/** Where nothing is said about the order, it is that of the numbers, and not of their texts. */
function bySize(run: Run, call: NativeCall): NativeCall {
  if (plain(call.args[0]) !== undefined) return call;
  const compare = native('compare', (_run, { args }) => {
    const [a, b] = args.map(plain);
    return typeof a === 'number' && typeof b === 'number' ? Math.sign(order(a, b)) : run.unknown('which number is larger is not known', call.call);
  });
  return { ...call, args: [compare] };
}

/** The smaller zero comes first, and what is no number last. */
function order(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a === 0 && b === 0 ? Number(Object.is(b, -0)) - Number(Object.is(a, -0)) : a < b ? -1 : Number(a > b);
}

function forget(run: Run, array: TypedArrayValue, why: string, call: NativeCall): void {
  const reason = unknown(why, call.call);
  run.trail.write(array, 'elements', array.elements.map(() => new UnknownValue(reason)));
}

/** `array.set(list, offset)`. */
function set(run: Run, array: TypedArrayValue, call: NativeCall): Value {
  const [list, offset = 0] = call.args.map(plain);
  if (list instanceof ArrayValue && !list.open && typeof offset === 'number' && offset >= 0 && offset + list.elements.length <= array.elements.length) {
    const elements = [...array.elements];
    for (const [i, element] of filledAll(list.elements).entries()) elements[Math.trunc(offset) + i] = converted(array.type, element);
    run.trail.write(array, 'elements', elements);
  } else forget(run, array, 'what is put into the list is not known', call);
  return undefined;
}

/** `new Float32Array(length)`, `new Float32Array(list)`. */
const typedArray = (type: TypedArrayKind): NativeFunction => new NativeFunction(type, (run, call) => {
  const given = plain(call.args[0]);
  const { elements: most } = run.budget.limits;
  if (given === null || typeof given !== 'object') {
    const length = Math.trunc(Number(given)) || 0;
    if (!(length >= 0 && length <= most)) return run.unknown('the list is too long to be followed', call.call);
    run.budget.steps(length / 32);
    return new TypedArrayValue(type, new Array<Value>(length).fill(0));
  }
  return listed(run, type, given, call);
}, namespace(type, {
  BYTES_PER_ELEMENT: kinds[type].BYTES_PER_ELEMENT,
  of: native('of', (run, call) => (call.open ? run.unknown('the list is not known', call.call) : new TypedArrayValue(type, call.args))),
  from: native('from', (run, call) => listed(run, type, plain(call.args[0]), call, call.args[1])),
}));

/** A list of what another one holds, or of what a function makes of that. */
function listed(run: Run, type: TypedArrayKind, given: Value, call: NativeCall, by?: Value): Value {
  const isList = given instanceof ArrayValue || given instanceof ObjectValue || given instanceof NamespaceValue;
  const list = isList ? iterate(run, given, call.call) : undefined;
  if (!list || list.open) return run.unknown('the list is not known', call.call);
  run.budget.steps(list.elements.length / 32);
  const made = by === undefined ? list : mapped(run, new ArrayValue(filledAll(list.elements)), by, call);
  return made.open ? run.unknown('the list is not known', call.call) : new TypedArrayValue(type, made.elements);
}

export const typedArrays: Readonly<Record<string, NativeFunction>> = Object.fromEntries(Object.keys(kinds).map(type => [type, typedArray(type as TypedArrayKind)]));
