// Object literals: `{ filters: 8, ...options }`.
import { unknown } from '../shapes/dim.ts';
import { placeOf, type Spanned } from '../syntax/place.ts';
import type { Expression, ObjectLiteral } from '../syntax/tree.ts';
import { assumeNotOverwritten } from './assumptions.ts';
import { evaluate, evaluateNamed, named } from './expressions.ts';
import { extentOf, withExtent } from './extent.ts';
import { copiedOver } from './join.ts';
import { setPrototype } from './member-writes.ts';
import { copiedProperties } from './own-properties.ts';
import { keyOf, plain } from './primitives.ts';
import type { Location } from '../text/location.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { blockLiteral } from './vocabulary/block-literals.ts';
import { ArrayValue, FunctionValue, ObjectValue, UnionValue, UnknownValue, nameOfKey, type Value } from './values.ts';

export function evaluateObject(run: Run, node: ObjectLiteral, scope: Scope): Value {
  const object = run.blockFiles.size > 0 ? blockLiteral(run, node) ?? new ObjectValue() : new ObjectValue();
  for (const property of node.properties) {
    if (property.kind === 'spread') {
      const value = plain(evaluate(run, property.argument, scope));
      if (!(value instanceof ObjectValue)) withExtent(object, extentOf(value));
      if (value instanceof ObjectValue) copyProperties(run, object, value, property);
      else if (value instanceof ArrayValue || typeof value === 'string') {
        const elements = typeof value === 'string' ? [...value] : value.elements;
        run.budget.steps(elements.length / 4);
        for (const [i, element] of elements.entries()) object.properties.set(String(i), { value: element });
        if (value instanceof ArrayValue && (value.open || !value.hasOnlyElements)) object.open ??= value.open ?? unknown('what a list has besides its elements is not copied', run.at(property));
      } else if (!isPrimitive(value)) {
        if (!object.open && value instanceof UnknownValue && value.argument) object.openArgument = value;
        object.open ??= value instanceof UnknownValue ? value.reason : unknown(value instanceof UnionValue ? 'it is one of several objects' : 'what is copied here is not followed', run.at(property));
        assumeNotOverwritten(run, object);
      }
      continue;
    }
    if (property.value.kind === 'literal' && 'name' in property.key && property.key.name !== '__proto__') {
      run.budget.step();
      // Nobody changes what a property holds: it is replaced.
      object.properties.set(property.key.name, (property.held ??= { value: property.value.value, at: placeOf(run.file, property) }));
      continue;
    }
    const key = 'name' in property.key ? property.key.name : keyOf(evaluate(run, property.key.computed, scope));
    const value = evaluateProperty(run, property.value, scope, key);
    if (key === '__proto__' && 'name' in property.key && !property.accessor) setPrototype(run, object, value);
    else if (key === undefined) object.open ??= unknown('a property has a name that is not known', run.at(property));
    else if (property.accessor === 'get' && value instanceof FunctionValue) object.properties.set(key, { ...object.properties.get(key), value: undefined, getter: value });
    else if (property.accessor === 'set' && value instanceof FunctionValue) object.properties.set(key, { value: undefined, ...object.properties.get(key), setter: value });
    else object.properties.set(key, { value, at: placeOf(run.file, property) });
  }
  return object;
}

/** As `{ ...from }` and `Object.assign` do for an object that is only being made. */
export function copyProperties(run: Run, into: ObjectValue, from: ObjectValue, node: Spanned | Location): void {
  withExtent(into, from.assumedExtent);
  if (from.open) assumeNotOverwritten(run, into);
  for (const [key, inner] of copiedProperties(run, from, node)) into.properties.set(key, copiedOver(run, into.properties.get(key), inner));
  if (!into.open && from.openArgument) into.openArgument = from.openArgument;
  into.open ??= from.open;
}

/** A property may be written down as whatever it is called elsewhere, so that an unknown keeps the name that it has. */
function evaluateProperty(run: Run, node: Expression, scope: Scope, key: string | undefined): Value {
  const value = key === undefined || (node.kind !== 'function' && node.kind !== 'class') ? evaluate(run, node, scope) : evaluateNamed(run, node, scope, nameOfKey(key));
  return key === undefined || value instanceof UnknownValue ? value : named(value, nameOfKey(key));
}

const isPrimitive = (value: Value): value is null | undefined | boolean | number | string => value === null || typeof value !== 'object';
