// `tf`: what the interpreter knows of TensorFlow.js. Everything else of it is an unknown that says so.
import { unknown } from '../../shapes/dim.ts';
import { findLayer } from '../../layers/registry.ts';
import { describedInput } from '../../layers/every-layer.ts';
import { native } from '../builtins/native.ts';
import { plain } from '../primitives.ts';
import { NamespaceValue, ObjectValue, UnknownValue, type NativeFunction, type Value } from '../values.ts';
import { inputTensor } from './apply-layer.ts';
import { attributeOf } from './attributes.ts';
import { layerClass } from './custom-layer.ts';
import { layerFactory } from './layer-factory.ts';
import { layersModelClass, sequentialClass } from './model-classes.ts';
import { bandPart, sizeFromShape, tensorFunctions } from './tensors.ts';
import { makeInput, makeModel, makeSequential } from './models.ts';

/** True for the packages that have the layers API, by name or by address; not for data, visualisation or ready models. */
export const isTensorflowModule = (specifier: string): boolean =>
  /(^|\/)@tensorflow\/tfjs(-core|-layers|-node|-node-gpu|-react-native)?(@[^/]*)?(\/|$)/.test(specifier);

/**
 * Whatever is called so is TensorFlow.js, even where it comes in as a parameter or from a module that is not read; `tfl` is
 * what its layers are called by themselves.
 */
export const tensorflowNames: readonly string[] = ['tf', 'tfl'];

export const isTensorflowName = (name: string): boolean => tensorflowNames.includes(name);

const factories = new Map<string, Value>();

const layers: NamespaceValue = new NamespaceValue('tf.layers', property => {
  const known = factories.get(property);
  if (known) return known;
  if (property === 'input') return tensorflow.member('input');
  if (property === 'Layer') return layerClass;
  if (/^[A-Z]/.test(property)) return new UnknownValue(unknown(`tf.layers.${property} is not evaluated`), property);
  const factory = layerFactory(property, findLayer(property));
  factories.set(property, factory);
  return factory;
});

/** Functions that make a tensor of the shape given first. */
const filled = (name: string): [string, NativeFunction] => [name, native(`tf.${name}`, (run, call) => {
  const shape = describedInput({ batchShape: attributeOf(run, call.args[0], call.argsAt[0] ?? call.at).value }) ?? unknown('the tensor has no shape', call.at);
  return inputTensor(run, shape, {}, call.at, call.call, { implicit: true });
})];

/** Namespaces of functions that make objects which no shape depends on: `tf.regularizers.l2()`. */
const settings = (name: string): [string, NamespaceValue] => [name, new NamespaceValue(`tf.${name}`, property => native(`tf.${name}.${property}`, (_run, call) => {
  const made = new ObjectValue();
  made.open = unknown(`what tf.${name}.${property} makes is not evaluated`, call.call);
  return made;
}))];

/** A namespace of which only some members are evaluated. */
const partly = (name: string, members: Readonly<Record<string, NativeFunction>>): NamespaceValue => new NamespaceValue(`tf.${name}`, property =>
  (Object.hasOwn(members, property) ? members[property] : new UnknownValue(unknown(`tf.${name}.${property} is not evaluated`), `tf.${name}`)));

const known: Readonly<Record<string, Value>> = {
  layers,
  ...Object.fromEntries(['initializers', 'regularizers', 'constraints', 'train', 'losses', 'metrics'].map(settings)),
  sequential: native('tf.sequential', makeSequential),
  model: native('tf.model', makeModel),
  Sequential: sequentialClass,
  LayersModel: layersModelClass,
  input: native('tf.input', makeInput),
  ...tensorFunctions,
  ...Object.fromEntries(['zeros', 'ones', 'randomNormal', 'randomUniform', 'truncatedNormal'].map(filled)),
  linalg: partly('linalg', { bandPart }),
  util: partly('util', { sizeFromShape }),
  tidy: native('tf.tidy', (run, call) => {
    const callback = call.args.map(plain).find(argument => argument !== null && typeof argument === 'object' && (argument.kind === 'function' || argument.kind === 'native'));
    return run.interpreter.call(run, callback, { ...call, args: [], argsAt: [] });
  }),
};

export const tensorflow: NamespaceValue = new NamespaceValue('tf', property => {
  if (Object.hasOwn(known, property)) return known[property];
  if (property === 'default') return tensorflow;
  return new UnknownValue(unknown(`tf.${property} is not evaluated`), `tf.${property}`);
});

/** The members of an object that the program passes as a configuration: `tf.model({ inputs, outputs })`. */
export function configMember(config: Value, name: string): Value {
  const object = plain(config);
  if (object instanceof ObjectValue) {
    const property = object.properties.get(name);
    if (property) return property.value;
    return object.open ? new UnknownValue(object.open, name) : undefined;
  }
  return object instanceof UnknownValue ? object.member(name) : undefined;
}
