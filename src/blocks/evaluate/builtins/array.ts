// Arrays: length, elements and methods.
import { unknown } from '../../shapes/dim.ts';
import type { Spanned } from '../../syntax/place.ts';
import { birth } from '../birth.ts';
import { ProgramThrow } from '../completion.ts';
import { allOf, levels, permits, type Permission } from '../integrity.ts';
import { ofEveryObject } from '../members.ts';
import { extentOf, restingOn, together, withExtent } from '../extent.ts';
import { assumed, indexOfKey, isCallable, plain, truth, wholeNumber } from '../primitives.ts';
import { mayThrow, refuse, writeIfPermitted } from '../refused-writes.ts';
import type { Run } from '../run.ts';
import { textOf, textOfList } from '../to-primitive.ts';
import { ArrayValue, ObjectValue, UnknownValue, filled, filledAll, type NativeCall, type NativeFunction, type Value } from '../values.ts';
import { callForEach, entriesOf, every, flatten, fold, limited, mapped, placeOf, position, sameValueZero, search, searchBackwards, settle, sorted, strictlyEqual } from './array-callbacks.ts';
import { IteratorValue, iteratorOver } from './iterators.ts';
import { native } from './native.ts';
import { wellKnown } from './symbol.ts';
import { converted, TypedArrayValue, typedArrayMember } from './typed-arrays.ts';

export function arrayMember(run: Run, array: ArrayValue, property: string, node: Spanned): Value {
  const value = array instanceof TypedArrayValue ? typedArrayMember(run, array, property, node, of => listMember(run, array, of, node)) : listMember(run, array, property, node);
  return array.assumedExtent === undefined ? value : assumed(value, array.assumedExtent);
}

function listMember(run: Run, array: ArrayValue, property: string, node: Spanned): Value {
  if (property === 'length') return array.open ? new UnknownValue(array.open, undefined) : array.elements.length;
  const index = indexOfKey(property);
  if (index !== undefined) {
    if (index < array.elements.length && array.isPlaced(index)) return settle(array.elements[index]);
    return array.open ? new UnknownValue(array.open) : undefined;
  }
  // The texts of a tagged template as they are written.
  if (property === 'raw') return run.unknown('the unprocessed texts of a template are not evaluated', node);
  if (property === wellKnown.iterator.key) return methods['values'];
  const { named } = array;
  if (named instanceof ObjectValue && !named.properties.has(property) && Object.hasOwn(methods, property)) return methods[property];
  const own = named && run.interpreter.member(run, named, property, node);
  if (own !== undefined) return own;
  if (Object.hasOwn(methods, property)) return methods[property];
  return array.open || ofEveryObject.has(property) || property in Array.prototype ? run.unknown(`${property} of a list is not evaluated`, node) : undefined;
}

type Method = (run: Run, array: ArrayValue, call: NativeCall) => Value;

/** A method; on anything but an array it gives an unknown. */
const method = (name: string, body: Method): [string, NativeFunction] => [
  name, native(name, (run, call) => {
    const array = plain(call.thisValue);
    if (!(array instanceof ArrayValue)) return run.unknown(`${name} of what is not known to be a list`, call.call);
    // Copying an element is far cheaper than evaluating an expression.
    run.budget.steps(array.elements.length / 32);
    // How many elements there are decides on what a list that is closed refuses.
    if (array.open && array.integrity) mayThrow(run);
    return array.assumedExtent === undefined ? body(run, array, call) : bodyResting(run, array, call, body, array.assumedExtent);
  }),
];

/** A method of a list whose length is taken for granted. */
function bodyResting(run: Run, array: ArrayValue, call: NativeCall, body: Method, notes: readonly string[]): Value {
  if (call.args.some(isCallable)) run.assume(notes);
  const moment = birth();
  const value = body(run, array, call);
  return value === array ? value : restingOn(run, value, notes, moment);
}

/** A method by itself, as `Array.prototype` has it. */
export function methodOfArrays(property: string): Value {
  return Object.hasOwn(methods, property) ? methods[property] : new UnknownValue(unknown(`${property} of every list is not followed`));
}

const methods: Readonly<Record<string, NativeFunction>> = Object.fromEntries([
  method('push', (run, array, { args, open }) => {
    const listed = open ? args.slice(0, -1) : args;
    if (array.open) run.trail.write(array, 'placed', array.placedSoFar);
    setElements(run, array, [...array.elements, ...listed]);
    if (open) run.trail.write(array, 'open', array.open ?? open);
    return lengthOf(array);
  }),
  method('unshift', (run, array, { args, open }) => {
    if (open) return spoil(run, array, 'how many elements are put in front is not known');
    if (array.placed !== undefined) run.trail.write(array, 'placed', array.placed + args.length);
    setElements(run, array, [...args, ...array.elements]);
    return lengthOf(array);
  }),
  method('pop', (run, array) => {
    if (array.open) return new UnknownValue(array.open);
    const last = array.elements.at(-1);
    setElements(run, array, array.elements.slice(0, -1));
    return settle(last);
  }),
  method('shift', (run, array) => {
    const first = array.elements[0];
    if (array.open && (array.elements.length === 0 || !array.isPlaced(0))) return new UnknownValue(array.open);
    if (array.placed !== undefined) run.trail.write(array, 'placed', array.placed - 1);
    setElements(run, array, array.elements.slice(1));
    return settle(first);
  }),
  method('splice', (run, array, { args }) => {
    const [start, count] = [wholeNumber(args[0]), args.length < 2 ? Infinity : wholeNumber(args[1])];
    if (start === undefined || count === undefined || array.open) return spoil(run, array, 'splice is called with numbers that are not known');
    const elements = [...array.elements];
    const removed = elements.splice(start, count, ...args.slice(2));
    setElements(run, array, elements);
    return new ArrayValue(removed);
  }),
  method('copyWithin', (run, array, { args }) => {
    const [target, start, end] = [wholeNumber(args[0]), args.length < 2 ? 0 : wholeNumber(args[1]), args.length < 3 ? array.elements.length : wholeNumber(args[2])];
    if (target === undefined || start === undefined || end === undefined || array.open) return spoil(run, array, 'copyWithin is called with numbers that are not known');
    setElements(run, array, [...array.elements].copyWithin(target, start, end));
    return array;
  }),
  method('reverse', (run, array) => {
    if (array.open) return spoil(run, array, 'a list that is not fully known is turned around');
    if (array.elements.length > 1) setElements(run, array, [...array.elements].reverse());
    return array;
  }),
  method('fill', (run, array, { args }) => {
    const [from, to] = [args.length < 2 ? 0 : wholeNumber(args[1]), args.length < 3 ? array.elements.length : wholeNumber(args[2])];
    if (from === undefined || to === undefined || (array.placed !== undefined && args.length > 1)) return spoil(run, array, 'fill is called with numbers that are not known');
    setElements(run, array, [...array.elements].fill(args[0], from, to));
    return array;
  }),
  method('sort', (run, array, call) => {
    if (!array.open && array.elements.length < 2) return array;
    const before = new ArrayValue(array.elements, array.open);
    // A comparison that cannot be followed to its end leaves no order behind that is known.
    const lost = spoil(run, array, 'the order after sort is not followed');
    const elements = sorted(run, before, call);
    if (!elements) return lost;
    run.trail.write(array, 'elements', before.elements);
    run.trail.write(array, 'open', before.open);
    setElements(run, array, elements);
    return array;
  }),
  method('toSorted', (run, array, call) => {
    const elements = sorted(run, array, call);
    return new ArrayValue(elements ?? [], elements ? undefined : unknown('the order after sort is not followed', call.call));
  }),
  method('slice', (_run, array, { args }) => {
    const [from, to] = [args.length < 1 || plain(args[0]) === undefined ? 0 : wholeNumber(args[0]), args.length < 2 || plain(args[1]) === undefined ? Infinity : wholeNumber(args[1])];
    if (from === undefined || to === undefined) return new ArrayValue([], unknown('slice is called with numbers that are not known'));
    if (array.open && (from < 0 || to < 0)) return new ArrayValue([], array.open);
    if (array.open && !array.isPlaced(Math.min(to, array.elements.length) - 1)) return new ArrayValue(array.elements.slice(from), array.open, Math.max(0, array.placedSoFar! - from));
    return new ArrayValue(array.elements.slice(from, to), to <= array.elements.length ? undefined : array.open);
  }),
  method('concat', (run, array, { args }) => {
    const elements: Value[] = array instanceof TypedArrayValue ? [array] : [...array.elements];
    let { open, placedSoFar: placed } = array;
    let notes: readonly string[] | undefined;
    for (const argument of args) {
      const value = plain(argument);
      const before = elements.length;
      notes = together(notes, extentOf(value));
      if (value instanceof ArrayValue && !(value instanceof TypedArrayValue)) {
        elements.push(...value.elements);
        if (value.open) placed ??= before + value.placedSoFar!;
        open ??= value.open;
      } else if (value instanceof UnknownValue && !value.tensor) {
        placed ??= before;
        open ??= value.reason;
      } else elements.push(argument);
    }
    return withExtent(limited(run, elements, open, placed), notes);
  }),
  method('map', (run, array, call) => mapped(run, array, call.args[0], call)),
  method('flatMap', (run, array, call) => flatten(run, mapped(run, array, call.args[0], call), 1)),
  method('forEach', (run, array, call) => {
    callForEach(run, array, call.args[0], call, () => undefined);
    return undefined;
  }),
  method('filter', (run, array, call) => {
    const kept: Value[] = [];
    let { open } = array;
    let placed: number | undefined;
    const givenUp = callForEach(run, array, call.args[0], call, (answer, i, element) => {
      if (!array.isPlaced(i)) placed ??= kept.length;
      const holds = truth(answer);
      if (holds) kept.push(element);
      else if (holds === undefined) {
        placed ??= kept.length;
        open ??= unknown('which elements filter keeps is not known', call.call);
      }
    });
    return new ArrayValue(kept, open ?? givenUp, placed);
  }),
  method('reduce', (run, array, call) => fold(run, array, call, entriesOf(array))),
  method('reduceRight', (run, array, call) => fold(run, array, call, entriesOf(array).reverse())),
  method('find', (run, array, call) => search(run, array, call, (element) => element)),
  method('findIndex', (run, array, call) => search(run, array, call, (_, i) => i, -1)),
  method('findLast', (run, array, call) => searchBackwards(run, array, call, (element) => element)),
  method('findLastIndex', (run, array, call) => searchBackwards(run, array, call, (_, i) => i, -1)),
  method('some', (run, array, call) => every(run, array, call, false)),
  method('every', (run, array, call) => every(run, array, call, true)),
  // It finds NaN, which `indexOf` does not, and reads what is not there as undefined.
  method('includes', (run, array, call) => position(run, new ArrayValue(filledAll(array.elements), array.open, array.placed), call, sameValueZero, index => index >= 0)),
  method('indexOf', (run, array, call) => position(run, array, call, strictlyEqual, index => index)),
  method('lastIndexOf', (run, array, call) => {
    if (array.open || call.args.length > 1) return run.unknown('which element this is is not known', call.call);
    const turned = new ArrayValue([...array.elements].reverse());
    return position(run, turned, call, strictlyEqual, index => (index < 0 ? -1 : array.elements.length - 1 - index));
  }),
  method('join', (run, array, { args }) => {
    const separator = plain(args[0]) === undefined ? ',' : textOf(run, args[0]);
    return typeof separator === 'string' ? textOfList(run, array, separator) : separator;
  }),
  method('at', (_run, array, { args }) => {
    const index = wholeNumber(args[0]);
    if (index === undefined || (array.open && (index < 0 || index >= array.elements.length || !array.isPlaced(index)))) return new UnknownValue(array.open ?? unknown('which element this is is not known'));
    return settle(array.elements.at(index));
  }),
  method('with', (run, array, { args, call }) => {
    const index = wholeNumber(args[0]);
    if (index === undefined || array.open) return run.unknown('which element this replaces is not known', call);
    const place = index < 0 ? index + array.elements.length : index;
    if (place < 0 || place >= array.elements.length) throw new ProgramThrow(`Invalid index : ${index}`);
    return new ArrayValue(filledAll(array.elements).map((element, i) => (i === place ? args[1] : element)));
  }),
  method('toReversed', (_run, array) => (array.open ? new ArrayValue([], array.open) : new ArrayValue([...filledAll(array.elements)].reverse()))),
  method('toSpliced', (_run, array, { args, call }) => {
    const [start, count] = [wholeNumber(args[0]), args.length < 2 ? Infinity : wholeNumber(args[1])];
    if (start === undefined || count === undefined || array.open) return new ArrayValue([], array.open ?? unknown('toSpliced is called with numbers that are not known', call));
    const elements = [...filledAll(array.elements)];
    elements.splice(start, count, ...args.slice(2));
    return new ArrayValue(elements);
  }),
  method('flat', (run, array, { args }) => {
    const depth = plain(args[0]) === undefined ? 1 : wholeNumber(args[0]);
    return depth === undefined ? new ArrayValue([], unknown('how deep flat goes is not known')) : flatten(run, array, depth);
  }),
  method('keys', (_run, array) => new IteratorValue(new ArrayValue(array.elements.map((_, i) => i), array.open, array.placed), { over: array })),
  method('values', (_run, array) => iteratorOver(array)),
  method('entries', (_run, array) => new IteratorValue(new ArrayValue(array.elements.map((element, i) => new ArrayValue([placeOf(array, i), filled(element)])), array.open, array.placed), { over: array })),
]);

export function setElements(run: Run, array: ArrayValue, given: readonly Value[]): void {
  if (array instanceof TypedArrayValue && given.length !== array.elements.length) refuse(run, { always: true });
  const elements = array instanceof TypedArrayValue ? given.map(element => converted(array.type, filled(element))) : given;
  const permission = mayBecome(array, elements.length);
  // Some of the elements are written before the one that is refused.
  if (permission === false && permits(array.integrity, levels.frozen) !== false) run.trail.write(array, 'elements', array.elements.map(() => new UnknownValue(partlyWritten)));
  writeIfPermitted(run, permission, () => {
    if (elements.length > run.budget.limits.elements) run.trail.write(array, 'open', array.open ?? unknown('the list gets too long to be followed'));
    else run.trail.write(array, 'elements', elements);
  }, { always: true });
}

const partlyWritten = unknown('how much of the list was written before that was refused is not known');

const maybeMissing = unknown('whether the list has all of its elements is not known');

/** A hole, or one on some ways of the program. */
export const mayBeMissing = (element: Value): boolean => element instanceof UnknownValue;

/** Whether a list can be written to so that it has this length afterwards. */
function mayBecome({ integrity, elements }: ArrayValue, length: number): Permission {
  const mayChange = permits(integrity, levels.frozen);
  // An element that is put where there is none is a new one.
  if (mayChange !== false && permits(integrity, levels.closed) !== true && elements.some(mayBeMissing)) return maybeMissing;
  return length === elements.length ? mayChange : allOf(mayChange, permits(integrity, length > elements.length ? levels.closed : levels.sealed));
}

/** A change that cannot be followed: the elements are no longer known. */
function spoil(run: Run, array: ArrayValue, reason: string): Value {
  if (permits(array.integrity, levels.frozen) === false) refuse(run, { always: true });
  if (permits(array.integrity, levels.closed) !== true) mayThrow(run);
  run.trail.write(array, 'elements', []);
  run.trail.write(array, 'placed', undefined);
  run.trail.write(array, 'open', array.open ?? unknown(reason));
  return new UnknownValue(unknown(reason));
}

const lengthOf = (array: ArrayValue): Value => (array.open ? new UnknownValue(array.open) : array.elements.length);
