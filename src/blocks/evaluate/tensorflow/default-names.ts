// The names that TensorFlow.js gives to layers and models that the program does not name: `dense_Dense1`, `sequential_1`.
import { isAlternatives, isInnerLayer, isList, isOpaque, type AttributeValue } from '../../layers/attribute.ts';
import { isSymbolic, isUnknown } from '../../shapes/dim.ts';
import { countOf, made, unsure, type Creation, type Made } from '../creations.ts';
import { plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { UnionValue, UnknownValue, type LayerValue, type ModelValue, type Value } from '../values.ts';

/** Where a layer's name comes from that the program does not give: what was made before, or the layer that it is the input of. */
export type DefaultName = Made | { readonly inputOf: LayerValue };

/** The name of a layer; undefined where it is not certain. */
export function nameOfLayer({ attributes, defaultName }: LayerValue): string | undefined {
  const given = attributes['name']?.value;
  if (typeof given === 'string' && given !== '') return given;
  if (!defaultName) return undefined;
  if (!('inputOf' in defaultName)) return counted(defaultName);
  const first = nameOfLayer(defaultName.inputOf);
  return first === undefined ? undefined : `${first}_input`;
}

export const nameOfModel = ({ givenName, defaultName }: ModelValue): string | undefined => givenName ?? (defaultName && counted(defaultName));

function counted(creation: Made): string | undefined {
  const count = countOf(creation, creation.counter);
  return count === undefined ? undefined : `${creation.text}${count}`;
}

/** A layer that a factory of `tf.layers` makes. */
export function countLayer(run: Run, layer: LayerValue): void {
  const { definition, attributes } = layer;
  if (!definition) return forgetCounts(run);
  // A list of cells is made one cell, which is never named.
  const cell = attributes['cell']?.value;
  if (definition.name === 'rnn' && !isInnerLayer(cell) && !isOpaque(cell)) count(run, isList(cell) ? false : undefined, 'StackedRNNCells', '');
  if (definition.name === 'inputLayer') layer.defaultName = countInput(run, attributes['name']?.value);
  else layer.defaultName = countByClass(run, attributes['name']?.value, definition.className, definition.cellClassName);
}

/** `tf.input`, and `tf.layers.inputLayer`. */
export function countInput(run: Run, name: AttributeValue): Made | undefined {
  return name === '' ? countByClass(run, name, 'InputLayer') : count(run, isGiven(name, { falsy: false }), 'input', 'input');
}

/** A layer that is named after its class; the cell inside of a recurrent layer has the name of the layer where it has one. */
export function countByClass(run: Run, name: AttributeValue, className: string, cellClassName?: string): Made | undefined {
  const given = isGiven(name, { falsy: true });
  if (cellClassName !== undefined) count(run, given, cellClassName, '');
  return count(run, given, className, nameOfClass(className));
}

export function countModel(run: Run, type: ModelValue['type'], name: Value): Made | undefined {
  const given = name instanceof UnknownValue || name instanceof UnionValue ? undefined : name !== undefined && name !== null;
  return type === 'sequential' ? count(run, given, 'sequential_', 'sequential_') : count(run, given, 'model', 'model');
}

/** From here on things may have been made that nobody knows of. */
export function forgetCounts(run: Run): void {
  add(run, unsure(run.creations.last));
}

/** Notes that something is made, under a counter where it has no name of its own. What is returned is where its name comes from. */
function count(run: Run, given: boolean | undefined, counter: string, text: string): Made | undefined {
  if (given) return undefined;
  const { last } = run.creations;
  // Models are counted under the names of their classes too, at times that are not followed.
  if (given === undefined || hiddenCounters.includes(counter)) {
    add(run, unsure(last, counter));
    return undefined;
  }
  const creation = made(last, counter, text);
  if (creation) add(run, creation);
  return creation;
}

const hiddenCounters: readonly string[] = ['Model', 'Sequential', 'sequential'];

function add(run: Run, creation: Creation): void {
  if (creation !== run.creations.last) run.trail.write(run.creations, 'last', creation);
}

/** Whether the program gives a name; undefined where that is not certain. */
function isGiven(name: AttributeValue, { falsy }: { falsy: boolean }): boolean | undefined {
  if (name === undefined || name === null) return false;
  if (isUnknown(name) || isSymbolic(name) || isAlternatives(name)) return undefined;
  return falsy ? Boolean(name) : true;
}

/** What a layer of a class is named, up to the number: `dense_Dense`. */
function nameOfClass(className: string): string {
  let name = namesOfClasses.get(className);
  if (name === undefined) namesOfClasses.set(className, (name = `${toSnakeCase(className)}_${className}`));
  return name;
}

const namesOfClasses = new Map<string, string>();

/** As TensorFlow.js writes it: `ConvLSTM2D` becomes `conv_lst_m2d`. */
function toSnakeCase(name: string): string {
  const snake = name.replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2').replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  return snake.startsWith('_') ? `private${snake}` : snake;
}

/** Whether calling a function that is not known may make layers. */
export function mayMakeLayers(callee: Value, thisValue: Value): boolean {
  const receiver = plain(thisValue);
  const isOurs = typeof receiver === 'object' ? receiver !== null && ['layer', 'model', 'tensor', 'array'].includes(receiver.kind) : receiver !== undefined;
  if (isOurs) return false;
  const root = callee instanceof UnknownValue ? callee.rootName : undefined;
  if (root === undefined) return true;
  return root.startsWith('tf.') ? /^tf\.(loadLayersModel|models)$/.test(root) : !platform.has(root);
}

/** What browsers, Node and test runners provide. */
const platform: ReadonlySet<string> = new Set([
  'console', 'document', 'window', 'self', 'globalThis', 'navigator', 'location', 'history', 'screen', 'performance', 'localStorage', 'sessionStorage',
  'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'requestAnimationFrame', 'cancelAnimationFrame', 'queueMicrotask',
  'alert', 'confirm', 'prompt', 'atob', 'btoa', 'encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI', 'isNaN', 'Date', 'RegExp', 'Error',
  'TypeError', 'RangeError', 'Symbol', 'BigInt', 'Intl', 'Reflect', 'Proxy', 'WeakRef', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array',
  'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array',
  'TextDecoder', 'TextEncoder', 'URL', 'URLSearchParams', 'Image', 'ImageData', 'Blob', 'File', 'FileReader', 'FormData', 'Headers', 'Request', 'Response',
  'AbortController', 'Event', 'CustomEvent', 'EventTarget', 'Worker', 'WebSocket', 'XMLHttpRequest', 'crypto', 'process', 'Buffer', 'fs', 'path', 'os', 'util',
  'assert', 'expect', 'tfvis',
]);
