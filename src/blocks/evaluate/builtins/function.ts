// `call`, `apply` and `bind` of functions.
import { unknown } from '../../shapes/dim.ts';
import { plain } from '../primitives.ts';
import { ArrayValue, UnknownValue, filledAll, type FunctionValue, type NativeFunction, type Value } from '../values.ts';
import { native } from './native.ts';

export function functionMember(target: FunctionValue | NativeFunction, property: string): Value {
  switch (property) {
    case 'name': return target.name ?? '';
    case 'length': return target.kind === 'function' ? target.node.parameters.filter(parameter => !parameter.fallback && !parameter.rest).length : undefined;
    case 'call': return native('call', (run, call) => run.interpreter.call(run, target, { ...call, thisValue: call.args[0], args: call.args.slice(1), argsAt: call.argsAt.slice(1) }));
    case 'apply': return native('apply', (run, call) => {
      const list = plain(call.args[1]);
      const args = list instanceof ArrayValue ? filledAll(list.elements) : [];
      return run.interpreter.call(run, target, { ...call, thisValue: call.args[0], args, argsAt: args.map(() => call.call) });
    });
    case 'bind': return native('bind', (_run, bound) => native(`bound ${target.name ?? ''}`, (run, call) => run.interpreter.call(run, target, {
      ...call, thisValue: bound.args[0], args: [...bound.args.slice(1), ...call.args], argsAt: [...bound.argsAt.slice(1), ...call.argsAt],
    })));
    case 'prototype': return target.kind === 'native' ? new UnknownValue(unknown(`the prototype of ${target.name} is not followed`)) : undefined;
    default: return undefined;
  }
}
