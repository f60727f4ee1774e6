// Objects for the methods that nobody calls: one that the program makes of their class, else one that is made with
// unknowns for the arguments of its constructor.
import { unknown } from '../shapes/dim.ts';
import { namePlaceOf } from '../syntax/place.ts';
import { functionSteps } from './budget.ts';
import { CallFrame } from './call-frame.ts';
import { symbolicArguments } from './calls.ts';
import { constructClass } from './classes.ts';
import { attempt, reportNotFollowed } from './modules.ts';
import { prototypeOf } from './prototypes.ts';
import type { Run } from './run.ts';
import { extendsLayerClass } from './tensorflow/custom-layer.ts';
import { ClassValue, FunctionValue, ObjectValue, UnsetValue, type Value } from './values.ts';

/** What `this` is in a function that nobody calls. */
export function receiverOf(run: Run, target: FunctionValue): Value {
  const home = target.home ?? run.methodOwners.get(target.node);
  if (!home && target.node.arrow) return undefined;
  if (!home || home instanceof FunctionValue) return receiverOfFunction(run, target, home);
  // What TensorFlow.js calls itself is evaluated when a layer of the class is applied.
  if (!home || extendsLayerClass(home)) return undefined;
  const isStatic = [...home.statics.values()].some(({ value, getter, setter }) => value === target || getter === target || setter === target);
  if (isStatic) return home;
  const object = run.instances.get(home.node) ?? makeInstance(run, home);
  if (object instanceof ObjectValue) leaveUnset(run, object);
  return object;
}

/** The same where functions with prototypes are used for classes. */
function receiverOfFunction(run: Run, target: FunctionValue, maker: FunctionValue | undefined): Value {
  const object = maker && (run.instances.get(maker.node) ?? makeInstance(run, maker));
  if (object instanceof ObjectValue) leaveUnset(run, object);
  if (maker || ![...run.methodOwners.values()].some(({ node }) => node === target.node)) return object;
  // It makes objects itself: this is one for its methods.
  const made = new ObjectValue(prototypeOf(target));
  run.instances.set(target.node, made);
  return made;
}

/** Properties that a constructor leaves empty are set by methods. */
function leaveUnset(run: Run, { properties }: ObjectValue): void {
  for (const [key, property] of [...properties]) {
    const isUnset = (property.value === undefined || property.value === null) && !property.getter && !property.setter;
    if (isUnset) run.trail.writeKey(properties, key, { ...property, value: new UnsetValue(unknown(`${key} is set by a method that nothing in this file calls`, property.at), key) });
  }
}

/** Makes an object of each of the classes of the file of which nothing makes one. */
export function makeMissingInstances(run: Run, file: string, classes: readonly ClassValue[]): void {
  for (const cls of classes) {
    if (cls.file !== file || run.instances.has(cls.node) || extendsLayerClass(cls) || run.budget.exhausted) continue;
    run.forgetSymbols();
    makeInstance(run, cls);
  }
}

function makeInstance(run: Run, cls: ClassValue | FunctionValue): ObjectValue {
  const at = namePlaceOf(cls.file, cls.node);
  const object = new ObjectValue(prototypeOf(cls));
  run.instances.set(cls.node, object);
  const constructor = cls instanceof FunctionValue ? cls : constructorOf(cls);
  const made = run.part.layers.length;
  let args: Value[] = [];
  const ended = attempt(run, () => {
    run.budget.steps(functionSteps);
    run.file = cls.file;
    run.frame = new CallFrame(run.frame, undefined, at, false);
    if (constructor) args = symbolicArguments(run, constructor);
    constructClass(run, cls, { thisValue: undefined, args, argsAt: args.map(() => at), at, call: at, called: false }, object);
  });
  if (ended !== 'ended') run.trail.write(object, 'open', unknown('the constructor cannot be followed to its end', at));
  if (ended === 'not followed') reportNotFollowed(run, at);
  if (constructor) run.noteUncalled(constructor.node, { args, makesLayers: run.part.layers.length > made });
  return object;
}

/** The class's own constructor, or the one that it has from a class that it extends. */
function constructorOf(cls: ClassValue): FunctionValue | undefined {
  for (let current: Value = cls; current instanceof ClassValue; current = current.superclass) {
    const { constructorNode } = current.node;
    if (constructorNode) return new FunctionValue(constructorNode, current.scope, current.file, current.name, undefined, current);
  }
  return undefined;
}
