// What a program can ask of a model.
import { describedInput } from '../../layers/every-layer.ts';
import { unknown, type Dim, type Unknown } from '../../shapes/dim.ts';
import { isRanked } from '../../shapes/shape.ts';
import type { Spanned } from '../../syntax/place.ts';
import { native } from '../builtins/native.ts';
import { plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, LayerValue, ModelValue, UnionValue, UnknownValue, type NativeCall, type NativeFunction, type Value } from '../values.ts';
import { dataTensor, inputTensor } from './apply-layer.ts';
import { attributeOf } from './attributes.ts';
import { nameOfLayer, nameOfModel } from './default-names.ts';
import { inputsOf } from './layer-members.ts';
import { layersByDepth } from './layer-order.ts';
import { addToSequential, applyModel, buildSequential, modelOf } from './models.ts';
import { shapeValue } from './tensor-members.ts';
import { sizesOf } from './tensor-shapes.ts';

export function modelMember(run: Run, model: ModelValue, property: string, node: Spanned): Value {
  if (Object.hasOwn(methods, property)) return methods[property];
  const { inputs, outputs } = model;
  switch (property) {
    case 'layers': return listOfLayers(run, model, node);
    case 'inputs': return inputs.length > 0 ? new ArrayValue(inputs) : run.unknown('the model is not built yet', node);
    case 'outputs': return outputs.length > 0 ? new ArrayValue(outputs) : run.unknown('the model is not built yet', node);
    case 'input': return inputs.length === 1 ? inputs[0] : run.unknown('the model has not exactly one input', node);
    case 'output': return outputs.length === 1 ? outputs[0] : run.unknown('the model has not exactly one output', node);
    case 'outputShape': return outputs.length === 1 ? shapeValue(outputs[0]!.shape) : run.unknown('the model has not exactly one output', node);
    case 'inputShape': return inputs.length === 1 ? shapeValue(inputs[0]!.shape) : run.unknown('the model has not exactly one input', node);
    case 'trainable': return model.trainable === undefined ? true : model.trainable instanceof UnionValue ? run.unknown('whether the model is trained depends on a condition that is not known', node) : model.trainable;
    case 'name': return nameOfModel(model) ?? run.unknown('TensorFlow.js gives the model its name, by what was made before, which is not certain', node);
    default: return run.unknown(`${property} of a model is not evaluated`, node, property);
  }
}

function listOfLayers(run: Run, model: ModelValue, node: Spanned): ArrayValue {
  // What is not known may stand before those that are listed.
  const unplaced = model.openStart ? 0 : undefined;
  if (model.certainLayers === undefined) return new ArrayValue(model.layers, model.open ?? uncertainOrder(run, model, node), unplaced);
  return new ArrayValue(model.layers, model.open ?? unknown('which layers are added depends on a condition that is not known', run.at(node)), unplaced ?? model.certainLayers);
}

/** Why the numbers of a functional model's layers are not known, where they are not. */
const uncertainOrder = (run: Run, model: ModelValue, node: Spanned): Unknown | undefined =>
  model.type === 'model' && !layersByDepth(model) ? unknown('a model or layer in it is applied several times, and the order of its layers is not followed then', run.at(node)) : undefined;

const nameOf = (part: ModelValue['layers'][number]): string | undefined =>
  part instanceof LayerValue ? nameOfLayer(part) : part instanceof ModelValue ? nameOfModel(part) : undefined;

const method = (name: string, body: (run: Run, model: ModelValue, call: Parameters<NativeFunction['call']>[1]) => Value): [string, NativeFunction] => [
  name, native(name, (run, call) => {
    const model = modelOf(call.thisValue);
    return model ? body(run, model, call) : run.unknown('the model is not known', call.call);
  }),
];

const nothing = (name: string) => method(name, () => undefined);

/** What comes out for data: as many examples as go in. Where those are not known, neither is what comes out. */
function predict(run: Run, model: ModelValue, call: NativeCall): Value {
  const inputs = inputsOf(run, call.args[0], call);
  const examples = inputs instanceof UnknownValue ? undefined : inputs.map(sizesOf).find(sizes => sizes !== undefined)?.[0];
  if (examples === undefined || model.open || model.outputs.length === 0 || !model.outputs.every(({ shape }) => isRanked(shape))) return run.unknown('what the model predicts is not evaluated', call.call);
  const predicted = model.outputs.map(({ shape, application }) => dataTensor(run, [examples, ...(shape as readonly Dim[]).slice(1)], application.assumed, call.at, call.call));
  return predicted.length === 1 ? predicted[0] : new ArrayValue(predicted);
}

const methods: Readonly<Record<string, NativeFunction>> = Object.fromEntries([
  method('add', (run, model, call) => {
    addToSequential(run, model, call.args[0], call);
    return undefined;
  }),
  method('pop', (run, model, call) => {
    // What the model was before its last layer: the input of the last application.
    const last = model.outputs[0]?.application;
    if (!last || last.inputs.length !== 1) return run.unknown('what pop leaves is not known', call.call);
    run.trail.write(model, 'layers', model.layers.slice(0, -1));
    if (model.certainLayers !== undefined) run.trail.write(model, 'certainLayers', Math.max(0, model.certainLayers - 1));
    run.trail.write(model, 'outputs', [last.inputs[0]!]);
    return undefined;
  }),
  method('apply', (run, model, call) => {
    const inputs = inputsOf(run, call.args[0], call);
    const outputs = applyModel(run, model, inputs instanceof UnknownValue ? [inputs] : inputs);
    return outputs.length === 1 ? outputs[0] : new ArrayValue(outputs);
  }),
  ...['predict', 'predictOnBatch'].map(name => method(name, predict)),
  method('build', (run, model, call) => {
    const shape = describedInput({ batchShape: attributeOf(run, call.args[0], call.argsAt[0] ?? call.at).value });
    if (shape && model.outputs.length === 0) buildSequential(run, model, inputTensor(run, shape, {}, call.at, call.call, { implicit: true }));
    return undefined;
  }),
  method('getLayer', (run, model, call) => {
    const [first, second] = call.args.map(plain);
    // As in TensorFlow.js the second argument, where there is one, goes before the first.
    const wanted = second ?? first;
    const layers = model.type === 'sequential' ? model.layers : layersByDepth(model);
    const found = typeof wanted === 'number' ? (model.open || wanted >= (model.certainLayers ?? Infinity) ? undefined : layers?.[wanted])
      : typeof wanted === 'string' ? model.layers.find(layer => nameOf(layer) === wanted)
      : undefined;
    return found ?? run.unknown('which layer this is is not known', call.call);
  }),
  nothing('compile'), nothing('summary'), nothing('dispose'),
]);
