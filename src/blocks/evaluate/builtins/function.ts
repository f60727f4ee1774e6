// `call`, `apply` and `bind` of functions.
import { unknown } from '../../shapes/dim.ts';
import { assumeTurns } from '../extent.ts';
import { plain } from '../primitives.ts';
import { ArrayValue, UnknownValue, filledAll, type FunctionValue, type NativeFunction, type Value } from '../values.ts';
import { native } from './native.ts';

/** How many parameters there are before the first that need not be given. */
function lengthOf({ parameters }: FunctionValue['node']): number {
  const optional = parameters.findIndex(parameter => parameter.fallback ?? parameter.rest);
  return optional < 0 ? parameters.length : optional;
}

export function functionMember(target: FunctionValue | NativeFunction, property: string): Value {
  switch (property) {
    case 'name': return target.name ?? '';
    case 'length': return target.kind === 'function' ? lengthOf(target.node) : new UnknownValue(unknown(`how many parameters ${target.name} has is not followed`));
    case 'call': return native('call', (run, call) => run.interpreter.call(run, target, { ...call, thisValue: call.args[0], args: call.args.slice(1), argsAt: call.argsAt.slice(1) }));
    case 'apply': return native('apply', (run, call) => {
      const list = plain(call.args[1]);
      assumeTurns(run, list);
      const isAbsent = list === undefined || list === null;
      const args = list instanceof ArrayValue ? filledAll(list.elements).slice(0, list.placedSoFar) : [];
      const open = list instanceof ArrayValue ? list.open : isAbsent ? undefined : unknown('the arguments are not known', call.call);
      return run.interpreter.call(run, target, { ...call, thisValue: call.args[0], args, argsAt: args.map(() => call.call), open });
    });
    case 'bind': return native('bind', (_run, bound) => native(`bound ${target.name ?? ''}`, (run, call) => run.interpreter.call(run, target, {
      ...call, thisValue: bound.args[0], args: [...bound.args.slice(1), ...call.args], argsAt: [...bound.argsAt.slice(1), ...call.argsAt],
    })));
    case 'prototype': return target.kind === 'native' ? new UnknownValue(unknown(`the prototype of ${target.name} is not followed`)) : undefined;
    default: return undefined;
  }
}
