// Taking values apart: declarations, destructuring, and assignments to variables and properties.
import type { Spanned } from '../syntax/place.ts';
import type { Assignment, Expression, Member, ObjectPattern, Pattern, PatternElement } from '../syntax/tree.ts';
import { evaluateLogical, orDefault } from './absent.ts';
import { iterate } from './builtins/iterators.ts';
import { isInstance } from './classes.ts';
import { evaluate, evaluateNamed, inheritedProperty, keyOfMember, named, nameOfTarget, readProperty } from './expressions.ts';
import { holderOf, writeMember, writeOwn, writeSomewhere } from './member-writes.ts';
import { readMember } from './members.ts';
import { binary, updated } from './operators.ts';
import { copiedProperties } from './own-properties.ts';
import { keyOf, plain } from './primitives.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { ArrayValue, ObjectValue, UnknownValue, nameOfKey, type Value } from './values.ts';

/** Declares the names of a pattern in a scope. */
export function declarePattern(run: Run, pattern: Pattern, value: Value, scope: Scope): void {
  if (pattern.kind === 'identifier') declareName(run, pattern.name, value, scope);
  else bind(run, pattern, value, scope, (name, inner) => { declareName(run, name, inner, scope); });
}

function declareName(run: Run, name: string, value: Value, scope: Scope): void {
  const binding = scope.own(name);
  if (!binding) scope.declare(name, value);
  else run.trail.write(binding, 'value', value);
}

/** Assigns to what a pattern names. */
export function assignPattern(run: Run, pattern: Pattern, value: Value, scope: Scope): void {
  if (pattern.kind === 'identifier') assignName(run, pattern.name, value, scope);
  else bind(run, pattern, value, scope, (name, inner) => { assignName(run, name, inner, scope); });
}

function assignName(run: Run, name: string, value: Value, scope: Scope): void {
  const binding = scope.find(name);
  if (binding) run.trail.write(binding, 'value', value);
}

function bind(run: Run, pattern: Pattern, value: Value, scope: Scope, put: (name: string, value: Value) => void): void {
  switch (pattern.kind) {
    case 'identifier': put(pattern.name, value); return;
    case 'member': {
      if (pattern.object.kind === 'super' && typeof pattern.property === 'string') writeThroughSuper(run, pattern.property, value, scope, pattern);
      else writeTo(run, referenceTo(run, pattern, scope), value);
      return;
    }
    case 'opaque': for (const part of pattern.parts) evaluate(run, part, scope); return;
    case 'array-pattern': {
      const hasRest = pattern.elements.some(element => element.kind !== 'hole' && element.rest);
      const list = iterate(run, value, pattern, hasRest ? Infinity : pattern.elements.length) ?? value;
      for (const [i, element] of pattern.elements.entries()) {
        if (element.kind === 'hole') continue;
        const inner = element.rest ? restOfArray(run, list, i, pattern) : elementOf(run, list, i, pattern);
        bindElement(run, element, inner, scope, put);
      }
      return;
    }
    case 'object-pattern': bindObject(run, pattern, value, scope, put); return;
  }
}

/** A place in an object, whose object and key have been evaluated. */
interface Reference {
  readonly object: Value;
  readonly key: Value;
  readonly node: Member;
}

const referenceTo = (run: Run, node: Member, scope: Scope): Reference => ({ object: evaluate(run, node.object, scope), key: keyOfMember(run, node, scope), node });

function writeTo(run: Run, { object, key: given, node }: Reference, value: Value): void {
  const target = object instanceof UnknownValue ? object : plain(object);
  const key = keyOf(given);
  if (key === undefined) writeSomewhere(run, target, value, node);
  else writeMember(run, target, key, named(value, nameOfKey(key)), node);
}

/** Of a place in an object, which is evaluated once, and before what is put there. */
const referenceIn = (run: Run, target: Pattern | Expression, scope: Scope): Reference | undefined =>
  target.kind === 'member' && target.object.kind !== 'super' ? referenceTo(run, target, scope) : undefined;

/** `x = y`. */
export function assign(run: Run, { target, value: right }: Assignment, scope: Scope): Value {
  const reference = referenceIn(run, target, scope);
  const value = evaluateNamed(run, right, scope, nameOfTarget(target));
  if (reference) writeTo(run, reference, value);
  else assignPattern(run, target, value, scope);
  return value;
}

/** `super.x = value` calls the setter that the class has inherited; else it writes to `this`, past a setter of its own. */
function writeThroughSuper(run: Run, property: string, value: Value, scope: Scope, node: Spanned): void {
  const [home, self] = [scope.home(), scope.thisValue()];
  const setter = home && inheritedProperty(home, self, property)?.setter;
  const at = run.at(node);
  if (setter) run.interpreter.call(run, setter, { thisValue: self, args: [value], at, call: at, argsAt: [at] });
  else if (isInstance(self)) writeOwn(run, holderOf(self)!, property, { value, at });
}

function bindObject(run: Run, pattern: ObjectPattern, value: Value, scope: Scope, put: (name: string, value: Value) => void): void {
  const taken: string[] = [];
  for (const property of pattern.properties) {
    if (property.rest) {
      bindElement(run, property, restOfObject(run, value, taken, pattern), scope, put);
      continue;
    }
    const key = !property.key ? undefined : 'name' in property.key ? property.key.name : keyOf(evaluate(run, property.key.computed, scope));
    if (key !== undefined) taken.push(key);
    const inner = key === undefined ? run.unknown('the property has a name that is not known', pattern) : readMember(run, value, key, pattern);
    bindElement(run, property, inner, scope, put);
  }
}

function bindElement(run: Run, element: PatternElement, value: Value, scope: Scope, put: (name: string, value: Value) => void): void {
  const { fallback, target } = element;
  const name = nameOfTarget(target);
  const inner = fallback ? orDefault(run, value, () => evaluateNamed(run, fallback, scope, name), fallback) : value;
  bind(run, target, name === undefined ? inner : named(inner, name), scope, put);
}

function elementOf(run: Run, value: Value, index: number, node: Spanned): Value {
  return readMember(run, value, String(index), node);
}

function restOfArray(run: Run, value: Value, from: number, node: Spanned): Value {
  if (value instanceof ArrayValue) return new ArrayValue(value.elements.slice(from), value.open, value.placed && Math.max(0, value.placed - from));
  return run.unknown('the rest of a list that is not known', node);
}

function restOfObject(run: Run, value: Value, taken: readonly string[], node: Spanned): Value {
  if (!(value instanceof ObjectValue)) return run.unknown('the rest of an object that is not known', node);
  const rest = new ObjectValue();
  rest.open = value.open;
  for (const [key, property] of copiedProperties(run, value, node)) if (!taken.includes(key)) rest.properties.set(key, property);
  return rest;
}

/** `x++`, `x += y`, `x ??= y`. */
export function updateTarget(run: Run, node: Extract<Expression, { kind: 'update' | 'assignment' }>, scope: Scope): Value {
  const { target } = node;
  if (target.kind !== 'identifier' && target.kind !== 'member') return run.unknown('nothing can be assigned to this', node);
  const reference = referenceIn(run, target, scope);
  const before = reference ? readProperty(run, reference.object, reference.key, reference.node) : evaluate(run, target, scope);
  const put = (value: Value): void => { if (reference) writeTo(run, reference, value); else assignPattern(run, target, value, scope); };
  if (node.kind === 'update') {
    const { before: number, after } = updated(run, node.operator, before);
    put(after);
    return node.prefix ? after : number;
  }
  const operator = node.operator.slice(0, -1);
  let isReached = false;
  const value = (): Value => {
    isReached = true;
    return evaluateNamed(run, node.value, scope, nameOfTarget(target));
  };
  const after = operator === '&&' || operator === '||' || operator === '??'
    ? evaluateLogical(run, operator, before, value, node)
    : binary(run, operator, before, value());
  // What the operator leaves as it is is not written to either.
  if (isReached) put(after);
  return after;
}
