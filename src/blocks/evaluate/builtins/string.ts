// Strings: length, characters and methods.
import { unknown } from '../../shapes/dim.ts';
import { plain } from '../primitives.ts';
import { ArrayValue, UnknownValue, type NativeFunction, type Value } from '../values.ts';
import { iteratorOver } from './iterators.ts';
import { native } from './native.ts';
import { RegExpValue } from './regexp.ts';
import { wellKnown } from './symbol.ts';
import { replace, searchMethods, splitAt } from './text-search.ts';

export function stringMember(text: string, property: string): Value {
  if (property === 'length') return text.length;
  if (/^\d+$/.test(property)) return text[Number(property)];
  if (property === wellKnown.iterator.key) return native('[Symbol.iterator]', run => iteratorOver(new ArrayValue([...text.slice(0, run.budget.limits.elements)])));
  if (Object.hasOwn(methods, property)) return methods[property];
  return property in String.prototype ? new UnknownValue(unknown(`${property} of a text is not evaluated`)) : undefined;
}

type Argument = string | number | undefined;
type Compute = (text: string, ...args: Argument[]) => string | number | boolean | undefined | string[];

/** Methods that JavaScript itself computes, from strings and numbers only and with results of a bounded size. */
const computed: Readonly<Record<string, Compute>> = {
  toLowerCase: text => text.toLowerCase(),
  toUpperCase: text => text.toUpperCase(),
  trim: text => text.trim(),
  trimStart: text => text.trimStart(),
  trimEnd: text => text.trimEnd(),
  normalize: text => text.normalize(),
  toString: (text: string) => text,
  charAt: (text, index) => text.charAt(Number(index ?? 0)),
  charCodeAt: (text, index) => text.charCodeAt(Number(index ?? 0)),
  codePointAt: (text, index) => text.codePointAt(Number(index ?? 0)),
  at: (text, index) => text.at(Number(index ?? 0)),
  slice: (text, from, to) => text.slice(Number(from ?? 0), numberOrAbsent(to)),
  substring: (text, from, to) => text.substring(Number(from ?? 0), numberOrAbsent(to)),
  substr: (text, from, count) => text.substr(Number(from ?? 0), numberOrAbsent(count)),
  includes: (text, part, from) => text.includes(String(part), numberOrAbsent(from)),
  startsWith: (text, part, from) => text.startsWith(String(part), numberOrAbsent(from)),
  endsWith: (text, part, to) => text.endsWith(String(part), numberOrAbsent(to)),
  indexOf: (text, part, from) => text.indexOf(String(part), numberOrAbsent(from)),
  lastIndexOf: (text, part, from) => text.lastIndexOf(String(part), numberOrAbsent(from)),
  split: (text, separator, limit) => (separator === undefined ? [text] : text.split(String(separator))).slice(0, numberOrAbsent(limit)),
  concat: (text, ...others) => text + others.join(''),
};

const numberOrAbsent = (argument: Argument): number | undefined => (argument === undefined ? undefined : Number(argument));

const methods: Readonly<Record<string, NativeFunction>> = {
  ...searchMethods,
  replace: replace('replace'),
  replaceAll: replace('replaceAll'),
  ...Object.fromEntries([
  ...Object.entries(computed).map(([name, compute]): [string, NativeFunction] => [name, native(name, (run, call) => {
    const text = plain(call.thisValue);
    const args = call.args.map(plain);
    if (name === 'split' && typeof text === 'string' && args[0] instanceof RegExpValue) return splitAt(run, text, args[0], args[1], call);
    const simple = args.every((argument): argument is string | number | undefined => argument === undefined || typeof argument === 'string' || typeof argument === 'number');
    if (typeof text !== 'string' || !simple) return run.unknown(`${name} of a text that is not known`, call.call);
    run.budget.steps(text.length / 16);
    const result = compute(text, ...args);
    if (typeof result === 'string' && result.length > run.budget.limits.characters) return new UnknownValue(unknown('the text gets too long to be followed'));
    return Array.isArray(result) ? new ArrayValue(result.slice(0, run.budget.limits.elements)) : result;
  })]),
  ...(['padStart', 'padEnd', 'repeat'] as const).map((name): [string, NativeFunction] => [name, native(name, (run, call) => {
    const text = plain(call.thisValue);
    const length = plain(call.args[0]);
    const filler = call.args.length > 1 ? plain(call.args[1]) : ' ';
    if (typeof text !== 'string' || typeof length !== 'number' || typeof filler !== 'string') return run.unknown(`${name} of a text that is not known`, call.call);
    const size = name === 'repeat' ? text.length * length : length;
    if (!(size >= 0 && size <= run.budget.limits.characters)) return run.unknown('the text gets too long to be followed', call.call);
    return name === 'repeat' ? text.repeat(length) : text[name](length, filler);
  })]),
  ]),
};
