// Typed arrays: lists of a fixed length that make numbers of their kind of what is put in.
import { isSymbolic, unknown } from '../../shapes/dim.ts';
import type { Spanned } from '../../syntax/place.ts';
import { plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, NativeFunction, ObjectValue, UnknownValue, type NativeCall, type Value } from '../values.ts';
import { iterate } from './iterators.ts';
import { namespace, native } from './native.ts';
import { wellKnown } from './symbol.ts';

const kinds = { Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array };

export type TypedArrayKind = keyof typeof kinds;

export class TypedArrayValue extends ArrayValue {
  constructor(readonly type: TypedArrayKind, elements: readonly Value[]) {
    super(elements.map(element => converted(type, element)));
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
  if (ofEveryList.has(property) || /^\d+$/.test(property)) return ofList(property);
  switch (property) {
    case 'BYTES_PER_ELEMENT': return bytes;
    case 'byteLength': return array.elements.length * bytes;
    case 'map':
    case 'filter':
    case 'slice': return native(property, (_run, call) => {
      const made = run.interpreter.call(run, ofList(property), call);
      return made instanceof ArrayValue && !made.open ? new TypedArrayValue(array.type, made.elements) : run.unknown(`what ${property} gives is not known`, call.call);
    });
    case 'fill': return native('fill', (_run, call) => {
      run.interpreter.call(run, ofList('fill'), { ...call, args: [converted(array.type, call.args[0]), ...call.args.slice(1)] });
      return array;
    });
    case 'set': return native('set', (_run, call) => set(run, array, call));
    default: {
      // What shares its memory with others, or changes it in another manner, is not followed: what it holds is not known from here on.
      const reason = unknown(`${property} of a typed array is not evaluated`, run.at(node));
      run.trail.write(array, 'elements', array.elements.map(() => new UnknownValue(reason)));
      return new UnknownValue(reason);
    }
  }
}

/** `array.set(list, offset)`. */
function set(run: Run, array: TypedArrayValue, call: NativeCall): Value {
  const [list, offset = 0] = call.args.map(plain);
  if (list instanceof ArrayValue && !list.open && typeof offset === 'number' && offset >= 0 && offset + list.elements.length <= array.elements.length) {
    const elements = [...array.elements];
    for (const [i, element] of list.elements.entries()) elements[offset + i] = converted(array.type, element);
    run.trail.write(array, 'elements', elements);
  } else {
    const reason = unknown('what is put into the list is not known', call.call);
    run.trail.write(array, 'elements', array.elements.map(() => new UnknownValue(reason)));
  }
  return undefined;
}

/** `new Float32Array(length)`, `new Float32Array(list)`. */
const typedArray = (type: TypedArrayKind): NativeFunction => new NativeFunction(type, (run, call) => {
  const given = plain(call.args[0]);
  const { elements: most } = run.budget.limits;
  if (given === undefined || typeof given === 'number') {
    const length = given ?? 0;
    if (!(Number.isInteger(length) && length >= 0 && length <= most)) return run.unknown('the list is too long to be followed', call.call);
    run.budget.steps(length / 32);
    return new TypedArrayValue(type, new Array<Value>(length).fill(0));
  }
  return listed(run, type, given, call);
}, namespace(type, {
  BYTES_PER_ELEMENT: kinds[type].BYTES_PER_ELEMENT,
  of: native('of', (run, call) => (call.open ? run.unknown('the list is not known', call.call) : new TypedArrayValue(type, call.args))),
  from: native('from', (run, call) => (call.args.length === 1 ? listed(run, type, plain(call.args[0]), call) : run.unknown('what is made of the list is not followed', call.call))),
}));

function listed(run: Run, type: TypedArrayKind, given: Value, call: NativeCall): Value {
  const list = given instanceof ArrayValue || given instanceof ObjectValue ? iterate(run, given, call.call) : undefined;
  if (!list || list.open) return run.unknown('the list is not known', call.call);
  run.budget.steps(list.elements.length / 32);
  return new TypedArrayValue(type, list.elements);
}

export const typedArrays: Readonly<Record<string, NativeFunction>> = Object.fromEntries(Object.keys(kinds).map(type => [type, typedArray(type as TypedArrayKind)]));
