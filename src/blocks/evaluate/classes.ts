// Classes of the program: making them, making objects of them.
import { isSymbolic, unknown } from '../shapes/dim.ts';
import { placeOf } from '../syntax/place.ts';
import type { ClassNode, Expression } from '../syntax/tree.ts';
import { callFunction, callValue, type ProgramCall } from './calls.ts';
import { evaluate, evaluateNamed, makeFunction } from './expressions.ts';
import { defineField, holderOf } from './member-writes.ts';
import { keyOf } from './primitives.ts';
import { constructorOf, inheritedPrototype, prototypeOf } from './prototypes.ts';
import type { Run } from './run.ts';
import { Scope } from './scope.ts';
import { configureCustomLayer, extendsLayerClass, layerClass, makeCustomLayer } from './tensorflow/custom-layer.ts';
import { forgetCounts, mayMakeLayers } from './tensorflow/default-names.ts';
import { becomeModel, isModelClass } from './tensorflow/model-classes.ts';
import { AssumedValue, ClassValue, CustomLayerValue, FunctionValue, NativeFunction, ObjectValue, RatioValue, UnknownValue, nameOfKey, type Value } from './values.ts';

export function makeClass(run: Run, node: ClassNode, scope: Scope, name = node.name): ClassValue {
  const superclass = node.superclass ? evaluate(run, node.superclass, scope) : undefined;
  const inside = new Scope(scope);
  const made = new ClassValue(node, inside, run.file, name, superclass, inheritedPrototype(superclass));
  if (run.mutedDepth === 0) run.part.classes.push(made);
  if (node.name) inside.declare(node.name, made);
  for (const member of node.members) {
    if (member.kind === 'field' || member.kind === 'static-block') continue;
    const key = 'name' in member.key ? member.key.name : keyOf(evaluate(run, member.key.computed, scope));
    if (key === undefined || member.value?.kind !== 'function') continue;
    const method = makeFunction(run, member.value, inside, nameOfKey(key), made);
    const into = member.static ? made.statics : made.prototype.properties;
    const { getter, setter } = into.get(key) ?? {};
    const accessors = member.kind === 'get' ? { getter: method, ...(setter && { setter }) } : { setter: method, ...(getter && { getter }) };
    into.set(key, { ...(member.kind === 'method' ? { value: method } : { value: undefined, ...accessors }), enumerable: false });
  }
  const statics = new Scope(inside, { thisValue: made, home: made });
  for (const member of node.members) {
    if (member.kind === 'static-block' && member.value?.kind === 'function') {
      const at = run.at(member);
      callFunction(run, new FunctionValue(member.value, inside, run.file, undefined, made, made), { thisValue: made, args: [], argsAt: [], at, call: at }, { called: true });
      continue;
    }
    if (member.kind !== 'field' || !member.static) continue;
    const key = 'name' in member.key ? member.key.name : keyOf(evaluate(run, member.key.computed, statics));
    if (key !== undefined) defineField(run, made, key, { value: member.value && evaluateField(run, member.value, statics, key) });
  }
  return made;
}

/** `new X(…)`; with `self`, `super(…)` on the object that is being made. */
export function constructClass(run: Run, callee: Value, call: ProgramCall, self?: Value): Value {
  if (callee instanceof ClassValue) {
    const object = isInstance(self) ? self
      : extendsLayerClass(callee) ? makeCustomLayer(run, callee, call) : new ObjectValue(callee.prototype);
    return initialize(run, callee, object, call);
  }
  if (callee === layerClass && self instanceof CustomLayerValue) {
    configureCustomLayer(run, self, call);
    return self;
  }
  if (isModelClass(callee) && self instanceof ObjectValue) {
    becomeModel(run, self, callee, call);
    return self;
  }
  if (callee instanceof NativeFunction) return wrappers.has(callee.name) ? run.unknown('an object around a primitive is not followed', call.call) : callValue(run, callee, { ...call, isNew: true });
  if (callee instanceof FunctionValue) {
    const object = isInstance(self) ? self : new ObjectValue(prototypeOf(callee));
    if (run.mutedDepth === 0 && run.optionalDepth === 0 && !run.instances.has(callee.node)) run.instances.set(callee.node, object);
    const result = callFunction(run, callee, { ...call, thisValue: object, newTarget: isInstance(self) ? makerOf(run, object, call) : callee }, { called: call.called ?? true });
    // An object that the function returns takes the place of the one that was made.
    return result === null || typeof result !== 'object' || isSymbolic(result) || result instanceof RatioValue || result instanceof AssumedValue ? object : result;
  }
  if (mayMakeLayers(callee, undefined)) forgetCounts(run);
  run.unread?.mayRun();
  if (self instanceof ObjectValue) {
    run.trail.write(self, 'open', self.open ?? unknown('it extends a class that is not known', call.at));
    return self;
  }
  const reason = callee instanceof UnknownValue ? `: ${callee.reason.reason}` : '';
  return run.unknown(`the class ${call.calleeName ?? ''} is not known here${reason}`, call.call);
}

/** With `new` they make objects, of which `typeof` says so. */
const wrappers: ReadonlySet<string> = new Set(['String', 'Number', 'Boolean']);

/** What `this` is in a class of the program. */
export type Instance = ObjectValue | CustomLayerValue;

export const isInstance = (value: Value): value is Instance => value instanceof ObjectValue || value instanceof CustomLayerValue;

/** The class that an object is made of, in its constructors. */
const makerOf = (run: Run, object: Instance, { call }: ProgramCall): Value =>
  (object instanceof CustomLayerValue ? object.madeBy : constructorOf(object) ?? run.unknown('what makes this object is not known', call));

/** Gives the object, or another one that the constructor returns in its place. */
function initialize(run: Run, cls: ClassValue, object: Instance, call: ProgramCall): Instance {
  const { constructorNode } = cls.node;
  if (run.mutedDepth === 0 && run.optionalDepth === 0 && !run.instances.has(cls.node)) run.instances.set(cls.node, object);
  const extended = cls.node.superclass !== undefined;
  if (!constructorNode) {
    if (extended) constructClass(run, cls.superclass, call, object);
    initializeFields(run, cls, object);
    return object;
  }
  // The fields of a derived class are set when its `super(…)` returns.
  if (!extended) initializeFields(run, cls, object);
  const constructor = new FunctionValue(constructorNode, cls.scope, cls.file, cls.name, object, cls);
  const { args, argsAt, at, call: whole, open, calleeName } = call;
  const returned = callFunction(run, constructor, { thisValue: object, args, at, call: whole, argsAt, open, calleeName, newTarget: makerOf(run, object, call) }, { called: call.called ?? true });
  return isInstance(returned) ? returned : object;
}

/** Sets what the class itself declares, which may read what its superclass has set. */
export function initializeFields(run: Run, cls: ClassValue, object: Instance): void {
  const scope = new Scope(cls.scope, { thisValue: object, home: cls });
  for (const member of cls.node.members) {
    if (member.kind !== 'field' || member.static) continue;
    const key = 'name' in member.key ? member.key.name : keyOf(evaluate(run, member.key.computed, scope));
    if (key === undefined) continue;
    defineField(run, holderOf(object)!, key, { value: member.value && evaluateField(run, member.value, scope, key), at: placeOf(cls.file, member) });
  }
}

const evaluateField = (run: Run, node: Expression, scope: Scope, key: string): Value =>
  (node.kind === 'function' || node.kind === 'class' ? evaluateNamed(run, node, scope, nameOfKey(key)) : evaluate(run, node, scope));

/** A class that is called without `new` throws in JavaScript. */
export const callableClass = (run: Run, cls: ClassValue, call: ProgramCall): Value =>
  run.unknown(`the class ${cls.name ?? ''} is called without new`, call.call);
