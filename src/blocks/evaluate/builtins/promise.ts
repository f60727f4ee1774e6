// Promises. One stands for what it resolves to, because nothing that matters here depends on when it does.
import { plain } from '../primitives.ts';
import { forgetCounts } from '../tensorflow/default-names.ts';
import { ArrayValue, NativeFunction, ObjectValue, type Value } from '../values.ts';
import { iterate } from './iterators.ts';
import { callBack, namespace, native } from './native.ts';

/** `then`, `catch` and `finally` of a value that an asynchronous function gave. */
export function promiseMember(value: Value, property: string): Value {
  switch (property) {
    case 'then': return native('then', (run, call) => {
      if (!plain(call.args[0])) return value;
      // What is made later is counted later.
      forgetCounts(run);
      return callBack(run, call.args[0], [value], call);
    });
    case 'catch': return native('catch', () => value);
    case 'finally': return native('finally', (run, call) => {
      forgetCounts(run);
      callBack(run, call.args[0], [], call);
      return value;
    });
    default: return undefined;
  }
}

export const promise = new NativeFunction('Promise', (run, call) => {
  // In an object, so that what is resolved under a condition is joined like any other write.
  const settled = new ObjectValue();
  const resolve = native('resolve', (_, { args }) => {
    if (!settled.properties.has('value')) run.trail.writeKey(settled.properties, 'value', { value: args[0] });
    return undefined;
  });
  callBack(run, call.args[0], [resolve, native('reject', () => undefined)], call);
  const result = settled.properties.get('value');
  return result ? result.value : run.unknown('what the promise resolves to is decided later', call.call);
}, namespace('Promise', {
  resolve: native('resolve', (_run, { args }) => args[0]),
  all: native('all', (run, call) => {
    const list = iterate(run, plain(call.args[0]), call.call);
    return list ? new ArrayValue(list.elements, list.open, list.placed) : run.unknown('the list of promises is not known', call.call);
  }),
}));
