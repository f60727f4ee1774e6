// Layers of the program's own: classes that extend `tf.layers.Layer`. As TensorFlow.js does for symbolic tensors, applying
// one calls its `build`, the first time, and its `computeOutputShape`; what `call` would compute is never looked at.
import type { WeightShape } from '../../layers/define-layer.ts';
import { sizeOf, type Inference } from '../../layers/infer.ts';
import { classNameMissing } from '../../problems/class-name-missing.ts';
import { unknown, type Dim, type Unknown } from '../../shapes/dim.ts';
import { joinShapes, type Shape } from '../../shapes/shape.ts';
import { namePlaceOf } from '../../syntax/place.ts';
import { native } from '../builtins/native.ts';
import { ProgramThrow } from '../completion.ts';
import { unknownCondition } from '../join.ts';
import { readMember } from '../members.ts';
import { describe, dimOfValue, plain, truth } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, ClassValue, CustomLayerValue, FunctionValue, NativeFunction, ObjectValue, UnionValue, UnknownValue, type NativeCall, type TensorValue, type Value } from '../values.ts';
import { attributesOf } from './attributes.ts';
import { countByClass, forgetCounts } from './default-names.ts';
import { configMember } from './namespace.ts';
import { shapeValue } from './tensor-members.ts';

/** What such a class extends: `tf.layers.Layer`. */
export const layerClass = native('tf.layers.Layer', (run, call) => run.unknown('a layer is made of a class that extends tf.layers.Layer', call.call));

export function extendsLayerClass(cls: ClassValue): boolean {
  let { superclass } = cls;
  while (superclass instanceof ClassValue) ({ superclass } = superclass);
  return superclass === layerClass;
}

/** The object that `new X(…)` makes, before its constructor runs. */
export function makeCustomLayer(run: Run, cls: ClassValue, call: NativeCall): CustomLayerValue {
  const object = new ObjectValue(cls.prototype);
  object.properties.set('_trainableWeights', { value: new ArrayValue([]) });
  object.properties.set('_nonTrainableWeights', { value: new ArrayValue([]) });
  object.properties.set('built', { value: false });
  const className = plain(readMember(run, cls, 'className', call.at));
  const made = new CustomLayerValue(typeof className === 'string' ? className : cls.name ?? 'Layer', cls, object, {}, call.at, call.call, run.frame);
  if (run.mutedDepth === 0) run.part.addLayer(made);
  return made;
}

/** `super(config)`. */
export function configureCustomLayer(run: Run, layer: CustomLayerValue, call: NativeCall): void {
  const [config] = call.args;
  Object.assign(layer.attributes, attributesOf(run, undefined, config, call.argsAt[0] ?? call.at));
  if (plain(config) instanceof ObjectValue && plain(configMember(config, 'trainable')) === false) run.trail.write(layer, 'trainable', false);
  const cls = layer.madeBy;
  const className = plain(readMember(run, cls, 'className', layer.at));
  // Where the program says itself how its classes are called, it is not followed.
  const isKnown = typeof className === 'string' && !namesItself(run, layer);
  if (isKnown) layer.defaultName = countByClass(run, layer.attributes['name']?.value, className);
  else forgetCounts(run);
  if (lacksName(run, layer, plain(config))) {
    const { id, severity, message } = classNameMissing;
    run.report({ id, severity, message: message({ className: layer.layer }), at: layer.at, related: [] });
  }
}

/** True where it is certain that TensorFlow.js has nothing to make the layer's name from. */
function lacksName(run: Run, layer: CustomLayerValue, config: Value): boolean {
  const given = config === undefined || config instanceof ObjectValue ? plain(configMember(config, 'name')) : config;
  if (given !== undefined && given !== null && given !== '') return false;
  return !namesItself(run, layer) && plain(readMember(run, layer.madeBy, 'className', layer.at)) === undefined;
}

const namesItself = (run: Run, layer: CustomLayerValue): boolean => plain(readMember(run, layer, 'getClassName', layer.at)) instanceof FunctionValue;

export function inferCustomLayer(run: Run, layer: CustomLayerValue, inputs: readonly TensorValue[]): Inference {
  const shapes = inputs.map(input => shapeValue(input.shape));
  const given = shapes.length === 1 ? shapes[0] : new ArrayValue(shapes);
  if (plain(readMember(run, layer, 'built', layer.at)) !== true) build(run, layer, given);
  const { value: output } = callMethod(run, layer, 'computeOutputShape', [given]);
  const [first = unknown(`computeOutputShape of ${layer.layer} gives no shape`, layer.at), ...furtherOutputs] = shapesOf(run, output, layer);
  return { output: first, furtherOutputs, ...weightsOf(run, layer), macs: macsOf(layer), macProducts: [], workings: [], problems: [] };
}

/** One reason for all layers of a class, so that their results compare as the same. */
function macsOf({ layer, madeBy: cls }: CustomLayerValue): Unknown {
  let reason = unreadMacs.get(cls);
  if (!reason) unreadMacs.set(cls, (reason = unknown(`what ${layer} computes in its method call is not read`, namePlaceOf(cls.file, cls.node))));
  return reason;
}

const unreadMacs = new WeakMap<ClassValue, Unknown>();

function build(run: Run, layer: CustomLayerValue, inputShape: Value): void {
  const { failed } = callMethod(run, layer, 'build', [inputShape]);
  const weights = layer.object.properties.get('_trainableWeights')?.value;
  if (failed && weights instanceof ArrayValue) run.trail.write(weights, 'open', failed);
  run.trail.writeKey(layer.object.properties, 'built', { value: true });
}

/** What a method of the program's class gives; an unknown where it throws, or where there is none to be found. */
function callMethod(run: Run, layer: CustomLayerValue, name: string, args: readonly Value[]): { readonly value: Value; readonly failed?: Unknown } {
  const failed = (reason: string): { value: Value; failed: Unknown } => {
    const value = run.unknown(`${name} of ${layer.layer} ${reason}`, layer.at);
    return { value, failed: value.reason };
  };
  const method = plain(readMember(run, layer, name, layer.at));
  if (!(method instanceof FunctionValue || method instanceof NativeFunction)) return failed('is not known');
  try {
    return { value: plain(run.interpreter.call(run, method, { thisValue: layer, args, at: layer.at, call: layer.call, argsAt: args.map(() => layer.at) })) };
  } catch (error) {
    if (!(error instanceof ProgramThrow)) throw error;
    return failed('throws');
  }
}

/** One shape, or a list of them: a list whose first element is a list, as TensorFlow.js decides it. */
function shapesOf(run: Run, value: Value, layer: CustomLayerValue): Shape[] {
  if (value instanceof ArrayValue && plain(value.elements[0]) instanceof ArrayValue) {
    return value.open ? [value.open] : value.elements.map(element => shapeOf(run, plain(element), layer));
  }
  return [shapeOf(run, value, layer)];
}

function shapeOf(run: Run, value: Value, layer: CustomLayerValue): Shape {
  if (value instanceof ArrayValue) return value.open ?? value.elements.map(element => sizeOfValue(run, element));
  if (value instanceof UnknownValue) return value.reason;
  if (value instanceof UnionValue && value.alternatives.every(one => one instanceof ArrayValue)) {
    return value.alternatives.map(one => shapeOf(run, one, layer)).reduce((a, b) => joinShapes(a, b, unknownCondition(layer.at)));
  }
  return unknown(`computeOutputShape of ${layer.layer} gives ${describe(value)}, which is no shape`, layer.at);
}

function sizeOfValue(run: Run, value: Value): Dim {
  const dim = dimOfValue(run, value);
  return typeof dim === 'number' && !(Number.isInteger(dim) && dim >= 0) ? unknown(`${dim} is no size`) : dim;
}

/** The weights that the layer lists, by `addWeight` or by hand. */
function weightsOf(run: Run, layer: CustomLayerValue): Pick<Inference, 'weights' | 'params' | 'trainableParams'> {
  const lists = ['_trainableWeights', '_nonTrainableWeights'].map(name => plain(readMember(run, layer, name, layer.at)));
  const open = lists.map(list => (list instanceof ArrayValue ? list.open : unknown(`the list of the weights of ${layer.layer} is not known`, layer.at))).find(reason => reason !== undefined);
  if (open) return { weights: [], params: open, trainableParams: open };
  const [listed, others] = lists.map(list => (list as ArrayValue).elements);
  const weights = [...listed!.map(weight => weightOf(run, weight, isTrained(weight) !== false)), ...others!.map(weight => ({ ...weightOf(run, weight, false), ...keptOnly(weight) }))];
  const uncertain = listed!.some(weight => isTrained(weight) === undefined);
  return {
    weights, params: sizeOf(weights),
    trainableParams: uncertain ? unknown(`whether a weight of ${layer.layer} is trained is not known`, layer.at) : sizeOf(weights.filter(weight => weight.trainable)),
  };
}

/** A frozen weight of a layer within may lie beside what is never learnt. */
const keptOnly = (weight: Value): Pick<WeightShape, 'buffer'> => (isTrained(weight) === false ? { buffer: true } : {});

const isTrained = (weight: Value): boolean | undefined => truth(configMember(weight, 'trainable'));

function weightOf(run: Run, value: Value, trainable: boolean): WeightShape {
  const name = plain(configMember(value, 'name'));
  const shape = plain(configMember(value, 'shape'));
  const dims = shape instanceof ArrayValue && !shape.open ? shape.elements.map(element => sizeOfValue(run, element)) : [unknown('the shape of a weight is not known')];
  return { name: typeof name === 'string' ? name : 'weight', shape: dims, trainable };
}
