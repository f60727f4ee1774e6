// Evaluates expressions of the core syntax tree.
import { BlockValue } from './vocabulary/block-value.ts';
import { unknown } from '../shapes/dim.ts';
import { namePlaceOf, placeOf, type Spanned } from '../syntax/place.ts';
import type { Call, Conditional, Expression, Logical, Member, Pattern, Template } from '../syntax/tree.ts';
import { evaluateLogical } from './absent.ts';
import { bigIntegerOf } from './big-integers.ts';
import { callValue, construct, evaluateArguments, spreadInto, type ProgramCall } from './calls.ts';
import { initializeFields, isInstance, makeClass } from './classes.ts';
import { ProgramThrow } from './completion.ts';
import { extentOf, withExtent } from './extent.ts';
import { forkValues, loseContents } from './fork.ts';
import { globalValue } from './builtins/globals.ts';
import { awaited, RejectedPromise } from './builtins/promise.ts';
import { regularExpression } from './builtins/regexp.ts';
import { levels, raised } from './integrity.ts';
import { alternatives, joinValues, oneOf, unknownCondition } from './join.ts';
import { deleteMember } from './member-writes.ts';
import { mostFollowed, objectsOf, ofEach, ofEveryObject, readMember } from './members.ts';
import { binary, unary } from './operators.ts';
import { layerClassMember } from './tensorflow/custom-layer-members.ts';
import { forgetCounts } from './tensorflow/default-names.ts';
import { isTensorflowName, tensorflow } from './tensorflow/namespace.ts';
import { evaluateObject } from './object-literals.ts';
import { assign, updateTarget } from './patterns.ts';
import { assumed, indexOfKey, isCallable, keyOf, mayBe, notesOf, plain, reasonOf, truth } from './primitives.ts';
import { findProperty, findStatic, isInstanceOf } from './prototypes.ts';
import type { Run } from './run.ts';
import { Scope } from './scope.ts';
import { isConvertible, toPrimitive } from './to-primitive.ts';
import { ArrayValue, AssumedValue, ClassValue, CustomLayerValue, FunctionValue, HoleValue, ModelValue, ObjectValue, UnionValue, UnknownValue, type PropertyValue, type Value } from './values.ts';

/** Thrown inside `a?.b.c` where `a` is nullish; the chain around it gives undefined. */
class ShortCircuit extends Error {}
const shortCircuit = new ShortCircuit();

export function evaluate(run: Run, node: Expression, scope: Scope): Value {
  run.budget.step();
  switch (node.kind) {
    case 'literal': return node.value;
    case 'identifier': return readVariable(run, node, scope);
    case 'big-integer': return bigIntegerOf(node.digits) ?? run.unknown('the big integer is not evaluated', node);
    case 'regular-expression': return regularExpression(run, node.pattern, node.flags);
    case 'template': return evaluateTemplate(run, node, scope);
    case 'array': {
      const array = new ArrayValue([]);
      const elements: Value[] = [];
      for (const element of node.elements) {
        if (element.kind === 'hole') elements.push(new HoleValue());
        else if (element.kind === 'spread') {
          const spread = plain(evaluate(run, element.argument, scope));
          withExtent(array, extentOf(spread));
          const more = spreadInto(run, elements, spread, element);
          if (more && !array.open) Object.assign(array, more);
        }
        else elements.push(evaluate(run, element, scope));
      }
      array.elements = elements;
      if (node.frozen) array.integrity = raised(undefined, levels.frozen);
      return array;
    }
    case 'object': return evaluateObject(run, node, scope);
    case 'function': return makeFunction(run, node, scope);
    case 'class': return makeClass(run, node, scope);
    case 'unary': return evaluateUnary(run, node, scope);
    case 'update': return updateTarget(run, node, scope);
    case 'binary': return evaluateBinary(run, node, scope);
    case 'logical': return evaluateLogicalNode(run, node, scope);
    case 'conditional': return evaluateConditional(run, node, scope);
    case 'assignment': {
      return node.operator === '=' ? assign(run, node, scope) : updateTarget(run, node, scope);
    }
    case 'member': return evaluateMember(run, node, scope);
    case 'chain': return evaluateChain(run, node.expression, scope);
    case 'call': return evaluateCall(run, node, scope);
    case 'await': {
      const given = evaluate(run, node.argument, scope);
      const value = given instanceof ObjectValue || given instanceof UnknownValue ? awaited(run, given, placeOf(run.file, node)) : given;
      if (value instanceof RejectedPromise) throw new ProgramThrow(value.thrown);
      // Meanwhile what called the function goes on; a module waits for itself.
      if (run.frame.depth > 0) forgetCounts(run);
      return value;
    }
    case 'this': return scope.thisValue();
    case 'super': return run.unknown('super cannot be used here', node);
    case 'sequence': {
      let last: Value;
      for (const expression of node.expressions) last = evaluate(run, expression, scope);
      return last;
    }
    case 'opaque':
      for (const part of node.parts) evaluate(run, part, scope);
      return run.unknown(node.reason, node);
  }
}

function evaluateChain(run: Run, expression: Expression, scope: Scope): Value {
  const outer = run.mayEndEarly;
  run.mayEndEarly = false;
  try {
    const value = evaluate(run, expression, scope);
    return run.mayEndEarly ? joinValues(run, value, undefined, unknownCondition(run.at(expression))) : value;
  } catch (error) {
    if (error === shortCircuit) return undefined;
    throw error;
  } finally {
    run.mayEndEarly = outer;
  }
}

/** At `?.`: nothing comes of the rest of the chain where there is nothing before it. Says whether that may be the case. */
function checkChain(run: Run, value: Value): boolean {
  const bare = plain(value);
  if (bare === null || bare === undefined) throw shortCircuit;
  if (!mayBe(bare, undefined) && !mayBe(bare, null)) return false;
  return (run.mayEndEarly = true);
}

export function makeFunction(run: Run, node: FunctionValue['node'], scope: Scope, name = node.name, home?: FunctionValue['home']): FunctionValue {
  const around = node.knowsItself ? new Scope(scope) : scope;
  const made = new FunctionValue(node, around, run.file, name, node.arrow ? scope.thisValue() : undefined, home);
  if (node.knowsItself) around.declare(node.name!, made);
  if (run.mutedDepth === 0) run.part.functions.push(made);
  return made;
}

// Functions that make closures are apart from `evaluate`, which would have to keep its variables for them at every node.
const evaluateLogicalNode = (run: Run, node: Logical, scope: Scope): Value =>
  evaluateLogical(run, node.operator, evaluate(run, node.left, scope), () => evaluate(run, node.right, scope), node);

function evaluateConditional(run: Run, node: Conditional, scope: Scope): Value {
  const test = evaluate(run, node.test, scope);
  const holds = truth(test);
  const notes = notesOf(test);
  run.assume(notes);
  if (holds !== undefined) return assumed(evaluate(run, holds ? node.then : node.otherwise, scope), notes);
  return forkValues(run, [() => evaluate(run, node.then, scope), () => evaluate(run, node.otherwise, scope)], unknownCondition(run.at(node.test)));
}

/**
 * What is put in a variable or a property of this name. A function or class takes it for its own where it is written right there
 * without one, as in JavaScript.
 */
export function evaluateNamed(run: Run, node: Expression, scope: Scope, name: string | undefined): Value {
  if (name === undefined) return evaluate(run, node, scope);
  if ((node.kind === 'function' || node.kind === 'class') && node.name === undefined) {
    run.budget.step();
    return node.kind === 'function' ? makeFunction(run, node, scope, name) : makeClass(run, node, scope, name);
  }
  return named(evaluate(run, node, scope), name);
}

/** A variable's name; undefined for what else a value can be put in. */
export const nameOfTarget = (target: Pattern): string | undefined => (target.kind === 'identifier' ? target.name : undefined);

/** What has no name in JavaScript, or gives none away, is best called by the variable that it is put in. */
export function named(value: Value, name: string): Value {
  if (value instanceof ModelValue || value instanceof FunctionValue || value instanceof BlockValue) value.variable ??= name;
  if (value instanceof UnknownValue && !value.tensor && (value.name === undefined || value.name.endsWith('()'))) {
    const renamed = new UnknownValue(value.reason, name, value.type, value.argument);
    renamed.oneOf = value.oneOf;
    if (value.isBoolean) renamed.isBoolean = true;
    return renamed;
  }
  return value;
}

function readVariable(run: Run, node: Spanned & { readonly name: string }, scope: Scope): Value {
  const binding = scope.find(node.name);
  if (binding) {
    const { value } = binding;
    if (!(value instanceof UnknownValue)) return value;
    return value.tensor ?? (isTensorflowName(node.name) ? tensorflow : value);
  }
  return run.unread?.valueOf(node.name) ?? globalValue(run, node.name, node);
}

function evaluateTemplate(run: Run, node: Template, scope: Scope): Value {
  let text: Value = node.texts[0]!;
  for (const [i, part] of node.values.entries()) {
    text = binary(run, '+', binary(run, '+', text, textIn(run, evaluate(run, part, scope))), node.texts[i + 1]!);
  }
  return text;
}

/** An object in a template is made a text by itself first. */
const textIn = (run: Run, value: Value): Value => (isConvertible(value) ? toPrimitive(run, value, 'string') : value);

function evaluateUnary(run: Run, node: Extract<Expression, { kind: 'unary' }>, scope: Scope): Value {
  if (node.operator === 'typeof' && node.argument.kind === 'identifier' && !scope.find(node.argument.name)) {
    return unary(run, 'typeof', globalValue(run, node.argument.name, node.argument));
  }
  if (node.operator === 'delete') {
    const target = node.argument;
    if (target.kind === 'member') {
      const object = plain(evaluate(run, target.object, scope));
      const key = typeof target.property === 'string' ? target.property : keyOf(evaluate(run, target.property, scope));
      return deleteMember(run, object, key, target);
    }
    return true;
  }
  return unary(run, node.operator, evaluate(run, node.argument, scope));
}

type Binary = Extract<Expression, { kind: 'binary' }>;

/** Long sums are deep to the left; walking them in a loop keeps the stack flat. */
function evaluateBinary(run: Run, node: Binary, scope: Scope): Value {
  if (node.left.kind !== 'binary') return operate(run, node, evaluate(run, node.left, scope), scope);
  const pending: Binary[] = [];
  let left: Expression = node;
  while (left.kind === 'binary') {
    pending.push(left);
    left = left.left;
  }
  let value = evaluate(run, left, scope);
  for (const operation of pending.reverse()) value = operate(run, operation, value, scope);
  return value;
}

function operate(run: Run, operation: Binary, left: Value, scope: Scope): Value {
  run.budget.step();
  const { operator } = operation;
  const right = evaluate(run, operation.right, scope);
  return operator === 'instanceof' || operator === 'in' ? relation(run, operator, left, right, operation) : binary(run, operator, left, right);
}

export function relation(run: Run, operator: 'instanceof' | 'in', left: Value, right: Value, node: Spanned): Value {
  const object = plain(right);
  const key = keyOf(left);
  let holds: boolean | undefined;
  if (operator === 'instanceof') holds = isInstanceOf(left, object);
  else if (object instanceof ObjectValue && key !== undefined) {
    const { found, root } = findProperty(object, key);
    if (found) holds = found.uncertain ? undefined : true;
    else if (!root && !object.open && !ofEveryObject.has(key)) holds = false;
  } else if (object instanceof ArrayValue && key !== undefined) {
    const index = indexOfKey(key);
    if (key === 'length' || (index !== undefined && index < object.elements.length && !(object.elements[index] instanceof HoleValue))) holds = true;
    else if (index !== undefined && !object.open) holds = false;
  }
  if (holds === undefined) return run.unknown('this comparison is not evaluated', node);
  return assumed(holds, operator === 'in' ? extentOf(object) ?? [] : []);
}

function evaluateMember(run: Run, node: Member, scope: Scope): Value {
  if (node.object.kind === 'super') {
    const { property } = node;
    return typeof property === 'string' ? superMember(run, scope, property, node) : run.unknown('super cannot be used here', node);
  }
  const object = evaluate(run, node.object, scope);
  if (node.optional) checkChain(run, object);
  return readProperty(run, object, keyOfMember(run, node, scope), node);
}

/** What stands between the brackets, or behind the dot. */
export const keyOfMember = (run: Run, { property }: Member, scope: Scope): Value => (typeof property === 'string' ? property : evaluate(run, property, scope));

export function readProperty(run: Run, object: Value, key: Value, node: Member): Value {
  const name = keyOf(key);
  if (name !== undefined) {
    const value = readMember(run, object, name, node);
    return key instanceof AssumedValue ? assumed(value, key.notes) : value;
  }
  if (key instanceof UnionValue) {
    const values = key.alternatives.map(alternative => readMember(run, object, keyOf(alternative) ?? '', node));
    const joined = alternatives(values);
    if (joined !== undefined) return joined;
  }
  if (object instanceof ObjectValue && !object.prototype && !object.open) {
    // `blocks[type](x)`: one of a few functions, or none of them.
    const values = [...object.properties.values()].map(property => property.value);
    if (values.length > 0 && values.every(isCallable)) return alternatives([...values, undefined]) ?? run.unknown('which of the functions this is depends on a value that is not known', node, nameOfElement(node));
  }
  // Any element of a list of equal things will do: `filters[i]` where all are 64, if the list is as long as that.
  if (object instanceof ArrayValue && !object.open && object.elements.length > 0) {
    const joined = alternatives(object.elements);
    if (joined !== undefined) return assumed(joined, [`${nameOfElement(node) ?? 'the element'} is in the list`]);
  }
  const reason = unknown('which element this is depends on a value that is not known', run.at(node));
  const held = object instanceof ArrayValue ? object.elements : object instanceof ObjectValue ? [...object.properties.values()].map(property => property.value) : [];
  const isOpen = (object instanceof ArrayValue || object instanceof ObjectValue) && object.open;
  return oneOf([...held, isOpen ? new UnknownValue(reason) : undefined], reason, nameOfElement(node));
}

const nameOfElement = (node: Member): string | undefined =>
  node.object.kind === 'identifier' && typeof node.property !== 'string' && node.property.kind === 'identifier' ? `${node.object.name}[${node.property.name}]` : undefined;

function superMember(run: Run, scope: Scope, property: string, node: Member): Value {
  const receiver = scope.thisValue();
  const home = scope.home();
  const method = home && inheritedProperty(home, receiver, property);
  if (method?.getter) return run.interpreter.call(run, method.getter, { thisValue: receiver, args: [], at: run.at(node), call: run.at(node), argsAt: [] });
  if (method) return method.value;
  if (receiver instanceof CustomLayerValue) return layerClassMember(run, receiver, property, node);
  return run.unknown(`super.${property} is not known`, node);
}

/** What `super` finds in a method of a class. */
export function inheritedProperty(home: ClassValue, receiver: Value, property: string): PropertyValue | undefined {
  if (!(receiver instanceof ClassValue)) {
    const { prototype } = home.prototype;
    return prototype instanceof ObjectValue ? findProperty(prototype, property).found : undefined;
  }
  return home.superclass instanceof ClassValue ? findStatic(home.superclass, property).found : undefined;
}

function evaluateCall(run: Run, node: Call, scope: Scope): Value {
  const { callee } = node;
  if (node.construct) return construct(run, evaluate(run, callee, scope), node, scope);
  if (callee.kind === 'super') {
    const [home, self] = [scope.home(), scope.thisValue()];
    const made = construct(run, home?.superclass, node, scope, self);
    if (home && isInstance(self)) initializeFields(run, home, self);
    return made;
  }
  let thisValue: Value;
  let key: Value;
  let value: Value;
  let mayBeAbsent = false;
  if (callee.kind === 'member') {
    if (callee.object.kind === 'super') {
      thisValue = scope.thisValue();
      value = evaluateMember(run, callee, scope);
    } else {
      thisValue = evaluate(run, callee.object, scope);
      if (callee.optional) mayBeAbsent = checkChain(run, thisValue);
      key = keyOfMember(run, callee, scope);
      value = readProperty(run, thisValue, key, callee);
    }
  } else {
    value = evaluate(run, callee, scope);
  }
  if (node.optional && checkChain(run, value)) mayBeAbsent = true;
  return mayBeAbsent ? callPerhaps(run, node, scope, value, thisValue, key) : callEvaluated(run, node, scope, value, thisValue, key);
}

/** A call that may not come about, as what is called, or what it is called on, may not be there. */
const callPerhaps = (run: Run, node: Call, scope: Scope, value: Value, thisValue: Value, key: Value): Value =>
  forkValues(run, [() => callEvaluated(run, node, scope, value, thisValue, key), () => undefined], unknownCondition(placeOf(run.file, node)));

/** Calls `value`, which is what `thisValue` has under `key` if it is a method. */
function callEvaluated(run: Run, node: Call, scope: Scope, value: Value, thisValue: Value, key: Value): Value {
  const { callee } = node;
  const at = callee.kind === 'member' ? namePlaceOf(run.file, callee) : placeOf(run.file, callee);
  const { args, argsAt, open } = evaluateArguments(run, node, scope);
  const call = { thisValue, args, at, call: placeOf(run.file, node), argsAt, open, calleeName: nameOfCallee(callee), shownAs: node.shownAs };
  const receivers = callee.kind === 'member' ? objectsOf(thisValue) : undefined;
  return receivers && callee.kind === 'member' ? callOnEach(run, value, key, callee, call, receivers) : callValue(run, value, call);
}

/** A method of what may be one of several objects. */
function callOnEach(run: Run, value: Value, key: Value, callee: Member, call: ProgramCall, receivers: readonly Value[]): Value {
  const reason = reasonOf(call.thisValue) ?? unknownCondition(call.call);
  if (receivers.length <= mostFollowed) return ofEach(run, receivers, reason, receiver => callValue(run, readProperty(run, receiver, key, callee), { ...call, thisValue: receiver }));
  for (const receiver of receivers) loseContents(run, receiver, reason);
  return callValue(run, value, call);
}

const nameOfCallee = (callee: Expression): string | undefined =>
  callee.kind === 'identifier' ? callee.name : callee.kind === 'member' && typeof callee.property === 'string' ? callee.property : undefined;
