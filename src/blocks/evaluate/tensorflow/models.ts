// `tf.sequential`, `tf.model`, `tf.input`, and applying a model like a layer.
import { configuredLayer } from '../../layers/memo.ts';
import { findLayer } from '../../layers/registry.ts';
import { inputOfFirstLayer } from '../../layers/infer.ts';
import { modelInput } from '../../layers/every-layer.ts';
import { unknown, type Unknown } from '../../shapes/dim.ts';
import type { Application } from '../application.ts';
import { assumeTurns } from '../extent.ts';
import { plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, LayerValue, ModelValue, ObjectValue, TensorValue, UnknownValue, type ModelPart, type NativeCall, type Value } from '../values.ts';
import { applyLayer, applyUnknown, eitherOf, inputTensor, isInputLayer, outputsOf, tensorOfInputLayer } from './apply-layer.ts';
import { applicationsOf } from './applications-of.ts';
import { attributesOf } from './attributes.ts';
import { countInput, countModel } from './default-names.ts';
import { reportConfig } from './layer-factory.ts';
import { layersByDepth } from './layer-order.ts';
import { configMember } from './namespace.ts';
import { addToFrozen } from './trained.ts';

export function makeSequential(run: Run, call: NativeCall): Value {
  const model = newModel(run, 'sequential', call);
  const layers = plain(configMember(call.args[0], 'layers'));
  if (layers instanceof ArrayValue) {
    assumeTurns(run, layers);
    const known = layers.placedSoFar ?? layers.elements.length;
    for (const layer of layers.elements.slice(0, known)) addToSequential(run, model, layer, call);
    if (layers.open) addBehindUnknown(run, model, layers.elements.slice(known), layers.open, call);
  } else if (layers instanceof UnknownValue) addBehindUnknown(run, model, [], layers.reason, call);
  return model;
}

/** `[...base.layers, dense]`: what goes into the first layer behind others that are not known is not known either. */
function addBehindUnknown(run: Run, model: ModelValue, layers: readonly Value[], reason: Unknown, call: NativeCall): void {
  model.open = model.openStart = reason;
  const [before] = model.outputs;
  const input = before ? applyUnknown(run, reason, [before], model.at, model.call) : inputTensor(run, reason, {}, model.at, model.call, { implicit: true });
  if (!before) model.inputs = [input];
  model.outputs = [input];
  for (const layer of layers) addToSequential(run, model, layer, call);
}

export function makeModel(run: Run, call: NativeCall): Value {
  const model = newModel(run, 'model', call);
  for (const name of ['inputs', 'outputs']) assumeTurns(run, configMember(call.args[0], name));
  const inputs = tensorsOf(configMember(call.args[0], 'inputs'));
  const outputs = tensorsOf(configMember(call.args[0], 'outputs'));
  if (!inputs || !outputs) model.open = unknown('what goes into the model or comes out of it is not known', call.call);
  model.inputs = inputs ?? [];
  model.outputs = outputs ?? [];
  model.listLayers(() => layersByDepth(model) ?? distinctLayers(applicationsOf(model)));
  return model;
}

export function makeInput(run: Run, call: NativeCall): Value {
  const definition = findLayer('input')!;
  const given = attributesOf(run, definition, call.args[0], call.argsAt[0] ?? call.at);
  reportConfig(run, configuredLayer(definition, given), given, call);
  const attributes = given ?? {};
  const shape = modelInput(attributes) ?? unknown('the input has no shape', call.at);
  const input = inputTensor(run, shape, attributes, call.at, call.call, { implicit: false });
  input.application.layer.defaultName = countInput(run, attributes['name']?.value);
  return input;
}

function newModel(run: Run, type: ModelValue['type'], call: NativeCall): ModelValue {
  const name = plain(configMember(call.args[0], 'name'));
  const model = new ModelValue(type, call.at, call.call, run.frame, typeof name === 'string' ? name : undefined);
  model.defaultName = countModel(run, type, name);
  if (run.mutedDepth === 0) run.part.models.push(model);
  return model;
}

/** `model.add(layer)`: applies the layer to what came out so far. Without an input shape it waits for one. */
export function addToSequential(run: Run, model: ModelValue, item: Value, call: NativeCall): void {
  const added = modelOf(item) ?? plain(item);
  const before = model.outputs[0];
  const part = added instanceof LayerValue || added instanceof ModelValue ? added : added instanceof UnknownValue ? added : run.unknown('what is added to the model is no layer', call.call);
  run.trail.write(model, 'layers', [...model.layers, part]);
  if (before || model.layers.length === 1) extend(run, model, part, before);
  if (model.trainable !== undefined) addToFrozen(run, part);
}

function extend(run: Run, model: ModelValue, part: ModelPart, before: TensorValue | undefined): void {
  const from = before && model.open && model.open !== model.openStart ? inputTensor(run, model.open, {}, model.at, model.call, { implicit: true }) : before;
  const [input, output] = from ? [from, applyPart(run, part, from)] : start(run, model, part);
  if (!input || !output) return;
  if (!before) run.trail.write(model, 'inputs', [input]);
  run.trail.write(model, 'outputs', [output]);
}

/** The first part of a sequential model, on the input that it describes itself; nothing where it does not. */
function start(run: Run, model: ModelValue, part: ModelPart): [TensorValue | undefined, TensorValue | undefined] {
  if (part instanceof ModelValue) {
    const inner = part.inputs[0];
    if (!inner) return [undefined, undefined];
    const input = inputTensor(run, inner.shape, {}, part.at, part.call, { implicit: true });
    return [input, applyModel(run, part, [input])[0]];
  }
  if (part instanceof UnknownValue) {
    const at = part.reason.at ?? model.at;
    const input = inputTensor(run, part.reason, {}, at, at, { implicit: true });
    return [input, applyPart(run, part, input)];
  }
  if (isInputLayer(part)) {
    const input = tensorOfInputLayer(run, part);
    return [input, input];
  }
  const shape = part.definition ? inputOfFirstLayer(part.definition, part.attributes) : modelInput(part.attributes);
  if (!shape) return [undefined, undefined];
  const at = part.attributes['inputShape']?.at ?? part.attributes['batchInputShape']?.at ?? part.at;
  const input = inputTensor(run, shape, part.attributes['inputShape']?.assumed ? { inputShape: part.attributes['inputShape'] } : {}, at, part.call, { implicit: true });
  input.application.layer.defaultName = { inputOf: part };
  return [input, applyLayer(run, part, [input])[0]];
}

function applyPart(run: Run, part: ModelPart, input: TensorValue): TensorValue {
  if (part instanceof LayerValue) return applyLayer(run, part, [input])[0];
  if (part instanceof ModelValue) return applyModel(run, part, [input])[0] ?? opaqueTensor(run, part, 'the nested model is not known', [input]);
  const at = part.reason.at ?? input.application.layer.at;
  return applyUnknown(run, part.reason, [input], at, at);
}

const opaqueTensor = (run: Run, model: ModelValue, reason: string, inputs: readonly (TensorValue | UnknownValue)[]): TensorValue =>
  applyUnknown(run, model.open ?? unknown(reason, model.at), inputs.filter(input => input instanceof TensorValue), model.at, model.call);

/** Builds a sequential model that had no input shape, on this input. */
export function buildSequential(run: Run, model: ModelValue, input: TensorValue): void {
  let tensor = input;
  for (const part of model.layers) {
    tensor = part instanceof LayerValue && isInputLayer(part) ? tensor : applyPart(run, part, tensor);
  }
  run.trail.write(model, 'inputs', [input]);
  run.trail.write(model, 'outputs', [tensor]);
}

/** `model.apply(x)`: the same layers, with the same weights, on other tensors. */
export function applyModel(run: Run, model: ModelValue, inputs: readonly (TensorValue | UnknownValue)[]): readonly TensorValue[] {
  if (model.open || inputs.length === 0) return [opaqueTensor(run, model, 'the model is not known', inputs)];
  if (model.outputs.length === 0) {
    const [first] = inputs;
    if (!(first instanceof TensorValue)) return [opaqueTensor(run, model, 'what goes into the model is not known', inputs)];
    buildSequential(run, model, first);
    return model.outputs;
  }
  const replaced = new Map<Application, readonly TensorValue[]>();
  const replacementOf = (tensor: TensorValue): TensorValue => replaced.get(tensor.application)?.[tensor.output] ?? tensor;
  for (const [i, input] of model.inputs.entries()) {
    const given = inputs[i];
    // An unknown is taken to be what the model was made for.
    if (given instanceof TensorValue) {
      const others = replaced.get(input.application) ?? outputsOf(input.application);
      replaced.set(input.application, others.map((other, k) => (k === input.output ? given : other)));
    } else if (given) run.trail.write(given, 'tensor', input);
  }
  for (const application of applicationsOf(model)) {
    if (replaced.has(application) || application.inputs.length === 0) continue;
    const changed = application.inputs.map(replacementOf);
    const [a, b] = changed;
    replaced.set(application, application.layer.layer === 'either' && a && b
      ? [eitherOf(run, a, b, application.inference.output)]
      : applyLayer(run, application.layer, changed, { replays: application }));
  }
  return model.outputs.map(replacementOf);
}

const distinctLayers = (applications: readonly Application[]): LayerValue[] =>
  [...new Set(applications.filter(application => application.layer.layer !== 'either').map(application => application.layer))];

/** The model that a value is, be it an object of a class of the program's own that extends one of TensorFlow.js's. */
export function modelOf(value: Value): ModelValue | undefined {
  const given = plain(value);
  return given instanceof ModelValue ? given : given instanceof ObjectValue ? given.model : undefined;
}

/** One tensor or a list of them; undefined where that is not known. */
export function tensorsOf(value: Value): TensorValue[] | undefined {
  const given = plain(value);
  if (given instanceof TensorValue) return [given];
  if (given instanceof UnknownValue) return given.tensor && [given.tensor];
  if (!(given instanceof ArrayValue) || given.open) return undefined;
  const tensors: TensorValue[] = [];
  for (const element of given.elements) {
    const inner = tensorsOf(element);
    if (!inner) return undefined;
    tensors.push(...inner);
  }
  return tensors;
}
