// What JavaScript makes of objects and lists where it needs a text or a number: of `[3, 3]` in a template, and by the
// methods that an object has for it.
import { unknown } from '../shapes/dim.ts';
import { placeOf } from '../syntax/place.ts';
import { RegExpValue } from './builtins/regexp.ts';
import { nameOf, wellKnown } from './builtins/symbol.ts';
import { ProgramThrow } from './completion.ts';
import { assumed, notesOf, plain } from './primitives.ts';
import { findProperty } from './prototypes.ts';
import type { Run } from './run.ts';
import { ArrayValue, BigIntValue, FunctionValue, ObjectValue, SymbolValue, UnknownValue, filledAll, type PropertyValue, type Value } from './values.ts';

type Hint = 'default' | 'string' | 'number';

const notKnown = (): UnknownValue => new UnknownValue(unknown('what this is as a text or a number is not known'));

/** Whether `toPrimitive` may make something else of it. */
export const isConvertible = (value: Value): value is ArrayValue | ObjectValue | RegExpValue =>
  value instanceof ArrayValue || value instanceof ObjectValue || value instanceof RegExpValue;

/** Anything that is no object, list or regular expression stays what it is. */
export function toPrimitive(run: Run, value: Value, hint: Hint = 'default'): Value {
  if (value instanceof ArrayValue) return textOfList(run, value);
  if (value instanceof RegExpValue) return value.text;
  return value instanceof ObjectValue ? primitiveOfObject(run, value, hint) : value;
}

function primitiveOfObject(run: Run, object: ObjectValue, hint: Hint): Value {
  const own = findProperty(object, wellKnown.toPrimitive.key);
  // What it has from elsewhere may convert it in another manner.
  if (object.open || own.root) return notKnown();
  if (own.found) return callMethod(run, object, own.found, [hint]) ?? notKnown();
  for (const name of hint === 'string' ? ['toString', 'valueOf'] : ['valueOf', 'toString']) {
    const { found } = findProperty(object, name);
    if (!found && name === 'toString') return nameOfKind(object);
    const given = found && callMethod(run, object, found, []);
    if (given !== undefined && !isObject(given)) return given;
  }
  throw new ProgramThrow('Cannot convert object to primitive value');
}

/** `[object Object]`, unless the object says otherwise. */
function nameOfKind(object: ObjectValue): Value {
  const { found } = findProperty(object, wellKnown.toStringTag.key);
  if (!found) return '[object Object]';
  return typeof found.value === 'string' && !found.uncertain ? `[object ${found.value}]` : notKnown();
}

/** What a method for the conversion gives; undefined where it gives nothing that can be used. */
function callMethod(run: Run, object: ObjectValue, { value, getter, uncertain }: PropertyValue, args: readonly Value[]): Value {
  if (getter || uncertain || !(value instanceof FunctionValue)) return notKnown();
  const at = placeOf(value.file, value.node);
  return run.interpreter.call(run, value, { thisValue: object, args, at, call: at, argsAt: args.map(() => at) }) ?? notKnown();
}

const isObject = (value: Value): boolean =>
  value !== null && typeof value === 'object' && !['symbol', 'bigint', 'symbolic', 'ratio', 'assumed', 'unknown-value', 'union'].includes(value.kind);

/** Lists that hold each other nest for ever. */
const mostDepth = 32;

/** The elements as texts, one after the other. */
export function textOfList(run: Run, list: ArrayValue, separator = ',', depth = mostDepth): Value {
  run.budget.steps(list.elements.length / 4);
  if (list.open || list.named || depth === 0) return new UnknownValue(list.open ?? unknown('it joins values that are not known'));
  const notes = [...list.assumedExtent ?? []];
  let text = '';
  for (const [i, element] of filledAll(list.elements).entries()) {
    const part = plain(element) instanceof ArrayValue ? textOfList(run, plain(element) as ArrayValue, ',', depth - 1)
      : element === undefined || element === null ? '' : textOf(run, element);
    const known = plain(part);
    if (typeof known !== 'string') return known instanceof UnknownValue ? known : notKnown();
    notes.push(...notesOf(part), ...notesOf(element));
    text += (i > 0 ? separator : '') + known;
    run.budget.steps(known.length / 16);
    if (text.length > run.budget.limits.characters) return new UnknownValue(unknown('the text gets too long to be followed'));
  }
  return assumed(text, notes);
}

/** `String(value)`. */
export function textOf(run: Run, value: Value): Value {
  const primitive = toPrimitive(run, plain(value), 'string');
  const known = plain(primitive);
  if (known instanceof SymbolValue) return nameOf(known);
  if (known instanceof BigIntValue) return String(known.value);
  if (known !== null && typeof known === 'object') return known instanceof UnknownValue ? new UnknownValue(known.reason) : notKnown();
  return assumed(String(known), [...notesOf(value), ...notesOf(primitive)]);
}
