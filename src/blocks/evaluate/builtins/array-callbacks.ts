// Going through arrays with callbacks: one call for each element, and once for those that nobody knows.
import { unknown, type Unknown } from '../../shapes/dim.ts';
import { forkValues, giveUpLoop } from '../fork.ts';
import { repeatUnknown } from '../repeat-unknown.ts';
import { unknownCondition } from '../join.ts';
import { binary } from '../operators.ts';
import { plain, truth, wholeNumber } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, HoleValue, UnknownValue, filled, filledAll, type NativeCall, type Value } from '../values.ts';
import { callBack } from './native.ts';
import { TypedArrayValue } from './typed-arrays.ts';

/** An element as a program reads it. */
export const settle = (value: Value): Value => (value instanceof UnknownValue ? value.tensor ?? filled(value) : value);

export function limited(run: Run, elements: readonly Value[], open?: Unknown, placed?: number): ArrayValue {
  if (elements.length <= run.budget.limits.elements) return new ArrayValue(elements, open, placed);
  return new ArrayValue(elements.slice(0, run.budget.limits.elements), open ?? unknown('the list gets too long to be followed'), placed);
}

/** What a callback gives for each element. */
export function mapped(run: Run, array: ArrayValue, callback: Value, call: NativeCall): ArrayValue {
  const { open, placed, elements: { length } } = array;
  const results: Value[] = [];
  const givenUp = callForEach(run, array, callback, call, (result, i) => {
    while (results.length < i) results.push(new HoleValue());
    results.push(result);
  });
  while (!givenUp && results.length < length) results.push(new HoleValue());
  return new ArrayValue(results, open ?? givenUp, placed);
}

/**
 * Calls back for each element in turn, until that takes more steps than a loop may. Says why it stopped early; whatever
 * the callback writes is unknown from there on.
 */
export function callForEach(run: Run, array: ArrayValue, callback: Value, call: NativeCall, take: (result: Value, index: number, element: Value) => void): Unknown | undefined {
  const from = run.budget.spent;
  // What `this` is to be stands behind the callback.
  const thisValue = call.args[call.args.indexOf(callback) + 1];
  // A callback may change the list itself: it is gone through as far as it was long when that began, with what it then holds.
  const { length } = array.elements;
  const { open } = array;
  for (let i = 0; i < length; i++) {
    const reason = array.open !== open ? array.open
      : run.budget.spent - from > run.budget.limits.loopSteps ? unknown('there are more elements than can be followed', call.call) : undefined;
    if (reason) {
      giveUpLoop(run, () => { callBack(run, callback, [new UnknownValue(reason), new UnknownValue(reason), array], call); return undefined; }, reason);
      return reason;
    }
    const element = array.elements[i];
    if (i >= array.elements.length || element instanceof HoleValue) continue;
    take(callBack(run, callback, [element, placeOf(array, i), array], call, thisValue), i, element);
  }
  callForOthers(run, array, call, () => callBack(run, callback, [...othersOf(array), array], call, thisValue));
  return undefined;
}

/** What a callback does for the elements that a list may have besides those that are known. */
function callForOthers(run: Run, { open }: ArrayValue, call: NativeCall, callOne: () => Value): void {
  if (open) repeatUnknown(run, () => { callOne(); return undefined; }, open.at ? open : unknown(open.reason, call.call));
}

/** One of them, with its index. */
const othersOf = ({ open }: ArrayValue): Value[] => [new UnknownValue(open!), new UnknownValue(open!)];

/** An element's index as the program sees it. */
export const placeOf = (array: ArrayValue, index: number): Value => (array.isPlaced(index) ? index : new UnknownValue(array.open!));

export const entriesOf = ({ elements }: ArrayValue): (readonly [number, Value])[] => [...elements.entries()].filter(([, element]) => !(element instanceof HoleValue));

export function fold(run: Run, array: ArrayValue, call: NativeCall, entries: readonly (readonly [number, Value])[]): Value {
  const [callback, initial] = call.args;
  let rest = entries;
  let total = initial;
  if (call.args.length < 2) {
    if (entries.length === 0) return new UnknownValue(array.open ?? unknown('reduce of an empty list'));
    total = entries[0]![1];
    rest = entries.slice(1);
  }
  const { elements } = array;
  for (const [i, element] of rest) total = callBack(run, callback, [total, element, i, array], call);
  callForOthers(run, array, call, () => callBack(run, callback, [new UnknownValue(array.open!), ...othersOf(array), array], call));
  return array.open ? new UnknownValue(array.open) : array.elements === elements ? total : changedMeanwhile(run, call);
}

const changedMeanwhile = (run: Run, call: NativeCall): Value => run.unknown('the list is changed while it is gone through', call.call);

/** The first element that a test accepts. From one on that may be it, the answer is one of several. */
export function search(run: Run, array: ArrayValue, call: NativeCall, found: (element: Value, index: number) => Value, missing?: Value, from = 0): Value {
  const { elements } = array;
  for (let i = from; i < elements.length; i++) {
    if (array.elements !== elements) return changedMeanwhile(run, call);
    const element = filled(elements[i]);
    if (!array.isPlaced(i)) return new UnknownValue(array.open!);
    const holds = truth(callBack(run, call.args[0], [element, i, array], call, call.args[1]));
    if (holds) return found(settle(element), i);
    if (holds === undefined) {
      return forkValues(run, [() => found(settle(element), i), () => search(run, array, call, found, missing, i + 1)], unknownCondition(call.call));
    }
  }
  callForOthers(run, array, call, () => callBack(run, call.args[0], [...othersOf(array), array], call, call.args[1]));
  return array.open ? new UnknownValue(array.open) : missing;
}

/** The last element that a test accepts, where it is known of each one after it that the test refuses it. */
export function searchBackwards(run: Run, array: ArrayValue, call: NativeCall, found: (element: Value, index: number) => Value, missing?: Value): Value {
  if (array.open) return new UnknownValue(array.open);
  for (let i = array.elements.length - 1; i >= 0; i--) {
    const element = filled(array.elements[i]);
    const holds = truth(callBack(run, call.args[0], [element, i, array], call, call.args[1]));
    if (holds) return found(settle(element), i);
    if (holds === undefined) return run.unknown('which element this finds is not known', call.call);
  }
  return missing;
}

/** The elements in the order of a comparison, or of their texts; undefined where nobody can tell what comes first. */
export function sorted(run: Run, array: ArrayValue, call: NativeCall): readonly Value[] | undefined {
  const compare = plain(call.args[0]);
  if (array.open || array.elements.some(element => element instanceof HoleValue || (element === undefined && compare !== undefined))) return undefined;
  if (compare === undefined) {
    const texts = filledAll(array.elements).map(plain);
    if (texts.some(text => typeof text !== 'string' && typeof text !== 'number')) return texts.length > 1 ? undefined : array.elements;
    return [...array.elements].sort((a, b) => { const [first, second] = [String(plain(a)), String(plain(b))]; return first < second ? -1 : first > second ? 1 : 0; });
  }
  // Inserted one by one, because the comparison is the program's own and may not be one that the host can rely on.
  const done: Value[] = [];
  for (const element of array.elements) {
    let place = done.length;
    for (; place > 0; place--) {
      const order = plain(callBack(run, compare, [done[place - 1], element], call));
      // What no number decides is placed by the order in which the engine compares.
      if ((typeof order !== 'number' && typeof order !== 'boolean') || Number.isNaN(order)) return undefined;
      if (Number(order) <= 0) break;
    }
    done.splice(place, 0, element);
  }
  return done;
}

export function every(run: Run, array: ArrayValue, call: NativeCall, wanted: boolean): Value {
  let { open } = array;
  const { elements } = array;
  for (const [i, element] of entriesOf(array)) {
    if (array.elements !== elements) return changedMeanwhile(run, call);
    const holds = truth(callBack(run, call.args[0], [element, i, array], call, call.args[1]));
    if (holds === !wanted) return !wanted;
    if (holds === undefined) open ??= unknown('whether this holds is not known', call.call);
  }
  callForOthers(run, array, call, () => callBack(run, call.args[0], [...othersOf(array), array], call, call.args[1]));
  return open ? new UnknownValue(open) : wanted;
}

export const strictlyEqual = (run: Run, a: Value, b: Value): boolean | undefined => truth(binary(run, '===', a, b));

export const sameValueZero = (run: Run, a: Value, b: Value): boolean | undefined => Object.is(plain(a), plain(b)) || strictlyEqual(run, a, b);

/** Looks from the start on, or from where the second argument says. */
export function position(run: Run, array: ArrayValue, call: NativeCall, equal: (run: Run, a: Value, b: Value) => boolean | undefined, answer: (index: number) => Value): Value {
  const from = call.args.length < 2 ? 0 : wholeNumber(call.args[1]);
  if (from === undefined || (from < 0 && array.open)) return run.unknown('where this begins to look is not known', call.call);
  for (let i = from < 0 ? Math.max(0, from + array.elements.length) : from; i < array.elements.length; i++) {
    run.budget.steps(0.25);
    const element = array.elements[i];
    const same = element instanceof HoleValue ? false : equal(run, element, call.args[0]);
    if (same === undefined) return run.unknown('whether the list holds this is not known', call.call);
    if (same) return array.isPlaced(i) ? answer(i) : new UnknownValue(array.open!);
  }
  return array.open ? new UnknownValue(array.open) : answer(-1);
}

export function flatten(run: Run, array: ArrayValue, depth: number): ArrayValue {
  const elements: Value[] = [];
  let { open } = array;
  let placed: number | undefined;
  for (const [i, element] of array.elements.entries()) {
    run.budget.step();
    if (!array.isPlaced(i)) placed ??= elements.length;
    const value = plain(element);
    if (value instanceof HoleValue) continue;
    if (!(value instanceof ArrayValue) || value instanceof TypedArrayValue || depth < 1) {
      elements.push(element);
      continue;
    }
    const inner = flatten(run, value, depth - 1);
    if (inner.open) placed ??= elements.length + inner.placedSoFar!;
    elements.push(...inner.elements);
    open ??= inner.open;
  }
  return limited(run, elements, open, placed);
}
