// What a name means that the program does not declare: the language's own objects, `require`, and the global `tf` that a
// script tag provides.
import { unknown } from '../../shapes/dim.ts';
import type { Spanned } from '../../syntax/place.ts';
import { plain, truth } from '../primitives.ts';
import { requiredValue } from '../modules.ts';
import type { Run } from '../run.ts';
import { tensorflow } from '../tensorflow/namespace.ts';
import { NativeFunction, UnknownValue, type Value } from '../values.ts';
import { bigInteger } from './big-integer.ts';
import { clone, json } from './json.ts';
import { collection } from './collections.ts';
import { promise } from './promise.ts';
import { conversion, math, numberTest } from './number.ts';
import { arrayNamespace, makeArray, objectNamespace } from './object.ts';
import { namespace, native } from './native.ts';
import { reflect } from './reflect.ts';
import { makeRegExp } from './regexp.ts';
import { string } from './string.ts';
import { symbol } from './symbol.ts';
import { typedArrays } from './typed-arrays.ts';

const requiring = (style: 'require' | 'import'): NativeFunction => native(style, (run, call) => {
  const from = plain(call.args[0]);
  return typeof from === 'string' ? requiredValue(run, from, call.call, style) : run.unknown('which module this is is not known', call.call);
});

const numberMembers: Readonly<Record<string, Value>> = {
  MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER, MIN_SAFE_INTEGER: Number.MIN_SAFE_INTEGER, EPSILON: Number.EPSILON,
  POSITIVE_INFINITY: Infinity, NEGATIVE_INFINITY: -Infinity, NaN, MAX_VALUE: Number.MAX_VALUE,
  parseInt: conversion('parseInt'), parseFloat: conversion('parseFloat'),
  isInteger: numberTest('isInteger', Number.isInteger),
  isSafeInteger: numberTest('isSafeInteger', Number.isSafeInteger),
  isFinite: numberTest('isFinite', Number.isFinite),
  isNaN: numberTest('isNaN', Number.isNaN),
};

const globals: Readonly<Record<string, Value>> = {
  undefined, NaN, Infinity,
  tf: tensorflow,
  Math: math,
  Object: objectNamespace,
  Array: new NativeFunction('Array', makeArray, arrayNamespace),
  Number: new NativeFunction('Number', conversion('Number').call, namespace('Number', numberMembers)),
  Map: collection('Map'), Set: collection('Set'), WeakMap: collection('Map'), WeakSet: collection('Set'),
  ...typedArrays,
  BigInt: bigInteger,
  RegExp: makeRegExp,
  Symbol: symbol,
  Promise: promise,
  JSON: json,
  Reflect: reflect,
  structuredClone: native('structuredClone', (run, call) => clone(run, call.args[0], call.call)),
  parseInt: conversion('parseInt'),
  parseFloat: conversion('parseFloat'),
  isFinite: numberTest('isFinite', value => isFinite(Number(value))),
  isNaN: numberTest('isNaN', value => isNaN(Number(value))),
  String: string,
  Boolean: native('Boolean', (run, call) => truth(call.args[0]) ?? run.unknown('whether this holds is not known', call.call)),
  require: requiring('require'),
  import: requiring('import'),
};

export function globalValue(run: Run, name: string, node: Spanned): Value {
  if (Object.hasOwn(globals, name)) return globals[name];
  const isWhole = namesOfWhole.has(name);
  const known = run.undeclared.get(isWhole ? 'window' : name) ?? (isWhole ? undefined : run.undeclared.get('window')?.ownMember(name));
  // What the program has put there is found there again. Else it may have been changed meanwhile, so that it is another value.
  if (known?.holdsObjects) return known;
  const mentioned = new UnknownValue(unknown(`${name} is not declared in the files that are read`, run.at(node)), name);
  run.undeclared.set(isWhole ? 'window' : name, mentioned);
  return mentioned;
}

/** What has all that is declared nowhere else for its properties. */
const namesOfWhole: ReadonlySet<string> = new Set(['window', 'globalThis', 'self', 'global']);

/** An assignment to a name that nobody declares. */
export function writeGlobal(run: Run, name: string, value: Value, node: Spanned): void {
  if (Object.hasOwn(globals, name) || value === null || typeof value !== 'object') return;
  const target = globalValue(run, name, node);
  if (target instanceof UnknownValue) target.addPossible(value);
}
