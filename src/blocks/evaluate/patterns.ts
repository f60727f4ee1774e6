// Taking values apart: declarations, destructuring, and assignments to variables and properties.
import { unknown, type Unknown } from '../shapes/dim.ts';
import type { Spanned } from '../syntax/place.ts';
import type { Assignment, Expression, Member, ObjectPattern, Pattern, PatternElement } from '../syntax/tree.ts';
import { evaluateLogical, orDefault } from './absent.ts';
import { writeGlobal } from './builtins/globals.ts';
import { iterate } from './builtins/iterators.ts';
import { isInstance } from './classes.ts';
import { evaluate, evaluateNamed, inheritedProperty, keyOfMember, named, nameOfTarget, readProperty } from './expressions.ts';
import { withExtent } from './extent.ts';
import { joinValues } from './join.ts';
import { holderOf, writeMember, writeOwn, writeSomewhere } from './member-writes.ts';
import { readMember } from './members.ts';
import { binary, updated } from './operators.ts';
import { copiedProperties } from './own-properties.ts';
import { assumed, keyOf, notesOf, plain } from './primitives.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { ArrayValue, AssumedValue, ObjectValue, UnionValue, UnknownValue, nameOfKey, type PropertyValue, type Value } from './values.ts';

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
  if (pattern.kind === 'identifier') assignName(run, pattern.name, value, scope, pattern);
  else bind(run, pattern, value, scope, (name, inner) => { assignName(run, name, inner, scope, pattern); });
}

function assignName(run: Run, name: string, value: Value, scope: Scope, node: Spanned): void {
  const binding = scope.find(name);
  if (binding) run.trail.write(binding, 'value', value);
  else writeGlobal(run, name, value, node);
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
  if (given instanceof AssumedValue) run.assume(given.notes);
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
  const taken = new Taken();
  for (const property of pattern.properties) {
    if (property.rest) {
      bindElement(run, property, restOfObject(run, value, taken, pattern), scope, put);
      continue;
    }
    const given: Value = property.key && 'computed' in property.key ? evaluate(run, property.key.computed, scope) : property.key?.name;
    taken.add(given);
    const key = property.key && keyOf(given);
    const inner = key === undefined ? run.unknown('the property has a name that is not known', pattern) : readMember(run, value, key, pattern);
    bindElement(run, property, assumed(inner, notesOf(given)), scope, put);
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
  if (value instanceof ArrayValue) return withExtent(new ArrayValue(value.elements.slice(from), value.open, value.placed && Math.max(0, value.placed - from)), value.assumedExtent);
  return run.unknown('the rest of a list that is not known', node);
}

/** What a pattern takes from an object, so that it is not in what is left over. */
class Taken {
  private readonly keys = new Set<string>();
  /** One of these is taken, as the key is one of them. */
  private readonly possible = new Set<string>();
  /** Whether the key is not known at all. */
  private maybeAny = false;
  notes: readonly string[] = [];

  add(given: Value): void {
    const key = keyOf(given);
    if (key !== undefined) this.keys.add(key);
    else if (given instanceof UnionValue) for (const one of given.alternatives) this.addPossible(keyOf(one));
    else this.maybeAny = true;
    this.notes = [...this.notes, ...notesOf(given)];
  }

  private addPossible(key: string | undefined): void {
    if (key === undefined) this.maybeAny = true;
    else this.possible.add(key);
  }

  has(key: string): boolean | undefined {
    return this.keys.has(key) ? true : this.maybeAny || this.possible.has(key) ? undefined : false;
  }
}

function restOfObject(run: Run, value: Value, taken: Taken, node: Spanned): Value {
  if (value instanceof UnknownValue && value.argument) return new UnknownValue(value.reason, undefined, undefined, true);
  if (!(value instanceof ObjectValue)) return run.unknown('the rest of an object that is not known', node);
  const rest = withExtent(withExtent(new ObjectValue(), value.assumedExtent), taken.notes.length > 0 ? taken.notes : undefined);
  rest.open = value.open;
  if (value.openArgument) rest.openArgument = value.openArgument;
  const reason = unknown('a property is taken away whose name is not known', run.at(node));
  for (const [key, property] of copiedProperties(run, value, node, key => taken.has(key) === true)) rest.properties.set(key, taken.has(key) === false ? property : perhaps(run, property, reason));
  return rest;
}

/** A property that may not be there, and is read as undefined then. */
const perhaps = (run: Run, property: PropertyValue, reason: Unknown): PropertyValue => ({ ...property, value: joinValues(run, property.value, undefined, reason), uncertain: reason });

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
