// Promises. One stands for what it resolves to, because nothing that matters here depends on when it does.
import { unknown } from '../../shapes/dim.ts';
import { withExtent } from '../extent.ts';
import type { Location } from '../../text/location.ts';
import { objectsOf } from '../members.ts';
import { plain } from '../primitives.ts';
import { findProperty } from '../prototypes.ts';
import { forgetCounts } from '../tensorflow/default-names.ts';
import type { Run } from '../run.ts';
import { ArrayValue, FunctionValue, NativeFunction, ObjectValue, UnknownValue, type NativeCall, type PropertyValue, type Value } from '../values.ts';
import { iterate } from './iterators.ts';
import { callBack, namespace, native } from './native.ts';

/** Who waits for it has it thrown. */
export class RejectedPromise extends UnknownValue {
  constructor(readonly thrown: Value) {
    super(unknown('the promise is rejected'));
  }
}

/** `then`, `catch` and `finally` of a value that an asynchronous function gave. */
export function promiseMember(value: Value, property: string): Value {
  switch (property) {
    case 'then': return native('then', (run, call) => {
      if (value instanceof RejectedPromise) return recovered(run, value, call.args[1], call);
      if (!plain(call.args[0])) return value;
      // What is made later is counted later.
      forgetCounts(run);
      return awaited(run, callBack(run, call.args[0], [value], call), call.call);
    });
    case 'catch': return native('catch', (run, call) => (value instanceof RejectedPromise ? recovered(run, value, call.args[0], call) : value));
    case 'finally': return native('finally', (run, call) => {
      forgetCounts(run);
      callBack(run, call.args[0], [], call);
      return value;
    });
    default: return undefined;
  }
}

function recovered(run: Run, rejected: RejectedPromise, callback: Value, call: NativeCall): Value {
  if (!plain(callback)) return rejected;
  forgetCounts(run);
  return callBack(run, callback, [rejected.thrown], call);
}

/** What an object with a method `then` is waited for: whatever the method resolves to. Anything else is itself. */
export function awaited(run: Run, value: Value, at: Location, depth = mostThenables): Value {
  const thenOf = (one: Value): PropertyValue | undefined => (one instanceof ObjectValue ? findProperty(one, 'then').found : undefined);
  const own = thenOf(value);
  if (own?.uncertain || objectsOf(value)?.some(thenOf)) return run.unknown('what is waited for is not known', at);
  if (!own) return value;
  const then = run.interpreter.member(run, value, 'then', at);
  if (then instanceof FunctionValue && depth > 0) return awaited(run, settledBy(run, then, { thisValue: value, args: [], at, call: at, argsAt: [] }), at, depth - 1);
  return then === null || typeof then !== 'object' || then instanceof ObjectValue ? value : run.unknown('what is waited for is not known', at);
}

/** Of those that resolve to one another. */
const mostThenables = 8;

/** What a function resolves to, or rejects with, that is given functions for both. */
function settledBy(run: Run, executor: Value, call: NativeCall): Value {
  // In an object, so that what is resolved under a condition is joined like any other write.
  const settled = new ObjectValue();
  const settle = (value: Value): undefined => {
    if (!settled.properties.has('value')) run.trail.writeKey(settled.properties, 'value', { value });
  };
  const resolve = native('resolve', (_, { args }) => settle(args[0]));
  const reject = native('reject', (_, { args }) => settle(new RejectedPromise(args[0])));
  callBack(run, executor, [resolve, reject], call, call.thisValue);
  const result = settled.properties.get('value');
  return result ? result.value : run.unknown('what the promise resolves to is decided later', call.call);
}

export const promise = new NativeFunction('Promise', (run, call) => awaited(run, settledBy(run, call.args[0], { ...call, thisValue: undefined }), call.call), namespace('Promise', {
  resolve: native('resolve', (run, { args, call }) => awaited(run, args[0], call)),
  reject: native('reject', (_run, { args }) => new RejectedPromise(args[0])),
  all: native('all', (run, call) => {
    const list = iterate(run, plain(call.args[0]), call.call);
    const elements = list?.elements.map(element => awaited(run, element, call.call)) ?? [];
    const rejected = elements.find(element => element instanceof RejectedPromise);
    if (rejected) return rejected;
    return list ? withExtent(new ArrayValue(elements, list.open, list.placed), list.assumedExtent) : run.unknown('the list of promises is not known', call.call);
  }),
}));
