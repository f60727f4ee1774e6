// What a layer of the program's own has from `tf.layers.Layer`: what its methods find in `this` and in `super`.
import type { Spanned } from '../../syntax/place.ts';
import { native } from '../builtins/native.ts';
import { plain, truth } from '../primitives.ts';
import { unknown } from '../../shapes/dim.ts';
import type { Run } from '../run.ts';
import { ArrayValue, CustomLayerValue, ObjectValue, type NativeCall, type NativeFunction, type Value } from '../values.ts';
import { nameOfLayer } from './default-names.ts';
import { layerMember } from './layer-members.ts';
import { weightValue } from './layer-weights.ts';
import { configMember } from './namespace.ts';
import { isTrained } from './trained.ts';

export function layerClassMember(run: Run, layer: CustomLayerValue, property: string, node: Spanned): Value {
  if (Object.hasOwn(methods, property)) return methods[property];
  switch (property) {
    case 'trainableWeights': return weightsOf(run, layer, 'trainable', node);
    case 'nonTrainableWeights': return weightsOf(run, layer, 'others', node);
    case 'weights': return weightsOf(run, layer, 'all', node);
  }
  return ofEveryLayer.has(property) ? layerMember(run, layer, property, node) : undefined;
}

const method = (name: string, body: (run: Run, layer: CustomLayerValue, call: NativeCall) => Value): [string, NativeFunction] => [
  name, native(name, (run, call) => {
    const layer = plain(call.thisValue);
    return layer instanceof CustomLayerValue ? body(run, layer, call) : run.unknown('the layer is not known', call.call);
  }),
];

const methods: Readonly<Record<string, NativeFunction>> = Object.fromEntries([
  method('addWeight', addWeight),
  method('build', (run, layer) => {
    run.trail.writeKey(layer.object.properties, 'built', { value: true });
    return undefined;
  }),
  method('computeOutputShape', (_run, _layer, call) => call.args[0]),
  method('getClassName', (_run, layer) => layer.layer),
  method('getConfig', (_run, layer, call) => {
    const config = new ObjectValue();
    config.open = unknown('what TensorFlow.js adds to the configuration is not evaluated', call.call);
    const name = nameOfLayer(layer);
    if (name !== undefined) config.properties.set('name', { value: name });
    config.properties.set('trainable', { value: layer.trainable ?? true });
    return config;
  }),
  ...['invokeCallHook', 'setCallHook', 'clearCallHook', 'addLoss', 'resetStates', 'assertInputCompatibility'].map(name => method(name, () => undefined)),
]);

/** Other members that are there without the program's doing; one that is neither here nor there is undefined. */
const ofEveryLayer: ReadonlySet<string> = new Set([
  'name', 'id', 'trainable', 'apply', 'call', 'input', 'output', 'outputShape', 'countParams', 'dtype', 'batchInputShape', 'inputSpec',
  'supportsMasking', 'stateful', 'activityRegularizer', 'initialWeights', 'losses', 'updates', 'inboundNodes', 'outboundNodes',
  'computeMask', 'getWeights', 'setWeights', 'getInputAt', 'getOutputAt', 'dispose', 'constructor',
]);

/** `this.addWeight(name, shape, dtype, initializer, regularizer, trainable)`. */
function addWeight(run: Run, layer: CustomLayerValue, call: NativeCall): Value {
  const [name, shape, dtype, , , trainable] = call.args;
  const weight = weightValue({ name, shape: plain(shape), dtype: dtype ?? 'float32', trainable: plain(trainable) === undefined ? true : trainable }, call.call);
  // As in TensorFlow.js, a weight whose `trainable` is null is listed as trainable and not counted so.
  const list = plain(trainable) !== null && truth(weight.properties.get('trainable')!.value) === false ? '_nonTrainableWeights' : '_trainableWeights';
  const weights = layer.object.properties.get(list)?.value;
  if (weights instanceof ArrayValue) run.trail.write(weights, 'elements', [...weights.elements, weight]);
  return weight;
}

function weightsOf(run: Run, layer: CustomLayerValue, which: 'all' | 'trainable' | 'others', node: Spanned): Value {
  const [listed, others] = ['_trainableWeights', '_nonTrainableWeights'].map(name => plain(layer.object.properties.get(name)?.value));
  if (!(listed instanceof ArrayValue && others instanceof ArrayValue)) return run.unknown('the weights of the layer are not known', node);
  const open = listed.open ?? others.open;
  const layerIsTrained = isTrained(layer);
  if (layerIsTrained === undefined && which !== 'all') return run.unknown('whether the layer is trained is not known', node);
  const isTrainedIn = (weight: Value): boolean => layerIsTrained !== false && truth(configMember(weight, 'trainable')) !== false;
  const trained = listed.elements.filter(isTrainedIn);
  const rest = [...listed.elements.filter(weight => !isTrainedIn(weight)), ...others.elements];
  return new ArrayValue(which === 'all' ? [...trained, ...rest] : which === 'trainable' ? trained : rest, open);
}
