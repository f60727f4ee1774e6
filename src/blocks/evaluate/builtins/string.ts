// Strings: length, characters and methods.
import { indexOfKey, plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { textOf } from '../to-primitive.ts';
import { NamespaceValue, NativeFunction, type NativeCall, type Value } from '../values.ts';
import { limited } from './array-callbacks.ts';
import { iteratorOver } from './iterators.ts';
import { native, otherMember } from './native.ts';
import { RegExpValue } from './regexp.ts';
import { wellKnown } from './symbol.ts';
import { isLongSearch, replace, searchMethods, splitAt } from './text-search.ts';

export function stringMember(text: string, property: string): Value {
  if (property === 'length') return text.length;
  const index = indexOfKey(property);
  if (index !== undefined) return text[index];
  if (property === wellKnown.iterator.key) return native('[Symbol.iterator]', run => iteratorOver(limited(run, [...text])));
  return Object.hasOwn(methods, property) ? methods[property] : otherMember(String.prototype, property, 'a text');
}

/** Methods that JavaScript itself computes, from primitives only and with results of a bounded size. */
const computed = [
  'toLowerCase', 'toUpperCase', 'trim', 'trimStart', 'trimEnd', 'normalize', 'toString', 'valueOf', 'charAt', 'charCodeAt', 'codePointAt', 'at', 'slice', 'substring', 'substr',
  'includes', 'startsWith', 'endsWith', 'indexOf', 'lastIndexOf', 'split', 'concat', 'padStart', 'padEnd', 'repeat',
] as const;

const searching: ReadonlySet<string> = new Set(['includes', 'indexOf', 'lastIndexOf', 'split']);

type Primitive = string | number | boolean | null | undefined;

const isPrimitive = (value: Value): value is Primitive => value === null || typeof value !== 'object';

function compute(run: Run, name: typeof computed[number], call: NativeCall): Value {
  const text = plain(call.thisValue);
  const args = call.args.map(plain);
  if (name === 'split' && typeof text === 'string' && args[0] instanceof RegExpValue) return splitAt(run, text, args[0], args[1], call);
  if (typeof text !== 'string' || !args.every(isPrimitive)) return run.unknown(`${name} of a text that is not known`, call.call);
  run.budget.steps(text.length / 16);
  if (searching.has(name) && isLongSearch(text, String(args[0]))) return run.unknown(`${name} takes too long in texts of this length`, call.call);
  const { characters } = run.budget.limits;
  const size = name === 'repeat' ? text.length * Number(args[0]) : name.startsWith('pad') ? Number(args[0]) : args.reduce<number>((sum, argument) => sum + String(argument).length, 0);
  if (size > characters) return run.unknown('the text gets too long to be followed', call.call);
  let result: Primitive | string[];
  try {
    result = (text as unknown as Record<typeof name, (...args: Primitive[]) => Primitive | string[]>)[name](...args);
  } catch {
    return run.unknown(`${name} throws for what it is given`, call.call);
  }
  if (typeof result === 'string' && result.length > characters) return run.unknown('the text gets too long to be followed', call.call);
  return Array.isArray(result) ? limited(run, result) : result;
}

const methods: Readonly<Record<string, NativeFunction>> = {
  ...searchMethods,
  replace: replace('replace'),
  replaceAll: replace('replaceAll'),
  ...Object.fromEntries(computed.map(name => [name, native(name, (run, call) => compute(run, name, call))])),
};

const ofCodes = (name: 'fromCharCode' | 'fromCodePoint'): NativeFunction => native(name, (run, call) => {
  const codes = call.args.map(plain);
  const areNumbers = codes.every((code): code is number => typeof code === 'number' && (name === 'fromCharCode' || (Number.isInteger(code) && code >= 0 && code <= 0x10ffff)));
  return areNumbers ? String[name](...codes) : run.unknown('the characters are not known', call.call);
});

/** `String(value)`, `String.fromCharCode(97)`. */
export const string = new NativeFunction('String', (run, call) => (call.args.length === 0 ? '' : textOf(run, call.args[0])), new NamespaceValue('String', property => {
  if (property === 'prototype') return prototype;
  return Object.hasOwn(statics, property) ? statics[property] : otherMember(String, property, 'String');
}));

const statics: Readonly<Record<string, Value>> = { fromCharCode: ofCodes('fromCharCode'), fromCodePoint: ofCodes('fromCodePoint') };

const prototype = new NamespaceValue('String.prototype', property => stringMember('', property));
