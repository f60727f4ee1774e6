// Making functions and namespaces that the interpreter itself provides.
import { unknown } from '../../shapes/dim.ts';
import type { Run } from '../run.ts';
import { NamespaceValue, NativeFunction, UnknownValue, isSymbolKey, nameOfKey, type NativeCall, type Value } from '../values.ts';

export const native = (name: string, call: (run: Run, call: NativeCall) => Value): NativeFunction => new NativeFunction(name, call);

/** A namespace of fixed members; others are undefined, as in JavaScript. */
export function namespace(name: string, members: Readonly<Record<string, Value>>): NamespaceValue {
  return new NamespaceValue(name, property => (Object.hasOwn(members, property) ? members[property] : undefined));
}

/** A property that is not evaluated: unknown where the language has one of that name, undefined where nothing has. */
export const otherMember = (prototype: object, property: string, what: string): Value =>
  (isSymbolKey(property) || property in prototype ? new UnknownValue(unknown(`${nameOfKey(property)} of ${what} is not evaluated`)) : undefined);

/** Calls back into the program: `callback(…args)`. */
export function callBack(run: Run, callback: Value, args: readonly Value[], call: NativeCall, thisValue?: Value): Value {
  run.budget.step();
  return run.interpreter.call(run, callback, { thisValue, args, at: call.at, call: call.call, argsAt: args.map(() => call.call) });
}
