// What can be gone through one by one: `Symbol.iterator`, iterators of the language, of generators, and of the program's own.
import { unknown } from '../../shapes/dim.ts';
import type { Spanned } from '../../syntax/place.ts';
import type { FunctionNode } from '../../syntax/tree.ts';
import type { Location } from '../../text/location.ts';
import { withExtent } from '../extent.ts';
import { assumed, plain, truth } from '../primitives.ts';
import { findProperty } from '../prototypes.ts';
import type { Run } from '../run.ts';
import { ArrayValue, HoleValue, NamespaceValue, ObjectValue, UnknownValue, filledAll, type NativeFunction, type Value } from '../values.ts';
import { methodOfArrays } from './array.ts';
import { native } from './native.ts';
import { wellKnown } from './symbol.ts';

/** An iterator, with what it has still to give. */
export class IteratorValue extends NamespaceValue {
  readonly generator: FunctionNode | undefined;
  private readonly over: ArrayValue | undefined;
  private readonly elements: readonly Value[] | undefined;

  /** `generator` is what it is run by, ahead of those who ask for what it yields; `over` is the list that it goes through. */
  constructor(override readonly items: ArrayValue, { generator, over }: { generator?: FunctionNode; over?: ArrayValue } = {}) {
    super('Iterator', property => memberOf(this, property));
    this.generator = generator;
    this.over = over;
    this.elements = over?.elements;
  }

  /** A generator that is left early gives nothing afterwards. */
  get closes(): boolean {
    return this.generator !== undefined;
  }

  /** Whether the list has changed that it goes through: what it gives is no longer what it had to give when it was made. */
  get isOutdated(): boolean {
    return this.over?.elements !== this.elements;
  }
}

/** An iterator over the elements of a list, or over what is made of them. */
export const iteratorOver = (over: ArrayValue, make: (element: Value) => Value = element => element): IteratorValue =>
  new IteratorValue(withExtent(new ArrayValue(filledAll(over.elements).map(make), over.open, over.placed), over.assumedExtent), { over });

function memberOf(iterator: IteratorValue, property: string): Value {
  if (property === 'next') return native('next', (run, call) => next(run, iterator, call.args.length > 0 && iterator.closes));
  if (property === wellKnown.iterator.key || property === wellKnown.asyncIterator.key) return native('[Symbol.iterator]', () => iterator);
  if (property === 'return') return native('return', (run, { args }) => {
    run.trail.write(iterator.items, 'elements', []);
    run.trail.write(iterator.items, 'open', undefined);
    return result(args[0], true);
  });
  return helpers.has(property) ? helper(property, iterator) : undefined;
}

/** What the list of the rest does in the same way. */
const helpers: ReadonlySet<string> = new Set(['map', 'filter', 'flatMap', 'forEach', 'reduce', 'some', 'every', 'find', 'toArray']);

const helper = (name: string, iterator: IteratorValue): NativeFunction => native(name, (run, call) => {
  const rest = take(run, iterator, Infinity);
  if (name === 'toArray') return rest;
  const given = run.interpreter.call(run, methodOfArrays(name), { ...call, thisValue: rest });
  return given instanceof ArrayValue && name !== 'find' && name !== 'reduce' ? new IteratorValue(given) : given;
});

function result(value: Value, done: Value): ObjectValue {
  const step = new ObjectValue();
  step.properties.set('value', { value });
  step.properties.set('done', { value: done });
  return step;
}

function next(run: Run, iterator: IteratorValue, isSent: boolean): Value {
  const { items } = iterator;
  if (iterator.isOutdated) lose(run, items, outdated);
  const [first, ...rest] = items.elements;
  // A generator that is sent something may go on otherwise than it has been followed.
  if (isSent || (items.open && (items.elements.length === 0 || !items.isPlaced(0)))) {
    const reason = items.open ?? unknown('what a generator does with what it is sent is not followed');
    if (isSent) lose(run, items, reason);
    return result(new UnknownValue(reason), new UnknownValue(reason));
  }
  const notes = items.assumedExtent ?? [];
  if (items.elements.length === 0) return result(undefined, assumed(true, notes));
  advance(run, items, rest, 1);
  return result(first, assumed(false, notes));
}

function advance(run: Run, items: ArrayValue, rest: readonly Value[], by: number): void {
  run.budget.steps(rest.length / 32);
  run.trail.write(items, 'elements', rest);
  if (items.placed !== undefined) run.trail.write(items, 'placed', Math.max(0, items.placed - by));
}

/** Why what an iterator gives is not known. */
export const outdated = unknown('the list is changed while it is gone through');

function lose(run: Run, items: ArrayValue, reason: ReturnType<typeof unknown>): void {
  run.trail.write(items, 'elements', []);
  run.trail.write(items, 'open', reason);
}

/** The next elements, or all that there are, which the iterator then no longer has. */
function take(run: Run, iterator: IteratorValue, most: number): ArrayValue {
  const { items, closes } = iterator;
  if (iterator.isOutdated) lose(run, items, outdated);
  const taken = withExtent(new ArrayValue(items.elements, items.open, items.placed), items.assumedExtent);
  if (!closes && most < items.elements.length) advance(run, items, items.elements.slice(most), most);
  else if (!closes && items.open && most !== Infinity) lose(run, items, items.open);
  else {
    run.trail.write(items, 'elements', []);
    run.trail.write(items, 'open', undefined);
  }
  return taken;
}

/** After a loop that may have been left before its end. */
export function mayBeLeft(run: Run, iterator: Value, at: Location): void {
  if (iterator instanceof IteratorValue && !iterator.closes) lose(run, iterator.items, unknown('a loop may have left some of it', at));
}

/** What a loop, a spread or a pattern goes through, of which it takes `most`; undefined where that is not known. */
export function iterate(run: Run, value: Value, node: Spanned | Location, most = Infinity): ArrayValue | undefined {
  if (value instanceof ArrayValue) return value.elements.some(element => element instanceof HoleValue) ? withExtent(new ArrayValue(filledAll(value.elements), value.open, value.placed), value.assumedExtent) : value;
  if (value instanceof IteratorValue) return take(run, value, most);
  if (value instanceof NamespaceValue) return value.items;
  if (!(value instanceof ObjectValue)) return undefined;
  const iterator = ownIterator(run, value, node);
  if (!(iterator instanceof ObjectValue)) return iterator === undefined ? undefined : iterate(run, iterator, node, most);
  const elements: Value[] = [];
  const from = run.budget.spent;
  while (elements.length < most) {
    if (elements.length >= run.budget.limits.elements || run.budget.spent - from > run.budget.limits.loopSteps) return new ArrayValue(elements, unknown('there is more to go through than can be followed', run.at(node)));
    const { value: element, done } = nextOf(run, iterator, node);
    if (truth(done) === undefined) return new ArrayValue(elements, unknown('whether there is more to go through is not known', run.at(node)));
    if (truth(done)) break;
    elements.push(element);
  }
  return new ArrayValue(elements);
}

export const isIterable = (object: ObjectValue): boolean => [wellKnown.iterator, wellKnown.asyncIterator].some(({ key }) => findProperty(object, key).found !== undefined);

/** What `object[Symbol.iterator]()` gives; undefined where there is no such method. */
export function ownIterator(run: Run, object: ObjectValue, node: Spanned | Location): Value {
  for (const { key } of [wellKnown.iterator, wellKnown.asyncIterator]) {
    if (findProperty(object, key).found) return plain(callMember(run, object, key, node));
  }
  return undefined;
}

/** One step of an iterator that the program has made itself. */
export function nextOf(run: Run, iterator: ObjectValue, node: Spanned | Location): { readonly value: Value; readonly done: Value } {
  const step = plain(callMember(run, iterator, 'next', node));
  if (step instanceof ObjectValue) return { value: memberOfStep(run, step, 'value', node), done: memberOfStep(run, step, 'done', node) };
  const nothing = run.unknown('what the iterator gives is not known', node);
  return { value: nothing, done: nothing };
}

const memberOfStep = (run: Run, step: ObjectValue, name: string, node: Spanned | Location): Value => run.interpreter.member(run, step, name, run.at(node));

function callMember(run: Run, object: ObjectValue, name: string, node: Spanned | Location): Value {
  const at = run.at(node);
  return run.interpreter.call(run, run.interpreter.member(run, object, name, at), { thisValue: object, args: [], at, call: at, argsAt: [] });
}
