// Layers and models that a program passes to a wrapper, as plain data for the wrapper's rule.
import type { InnerLayer, InnerModel } from '../../layers/attribute.ts';
import type { WeightShape } from '../../layers/define-layer.ts';
import type { Inference } from '../../layers/infer.ts';
import { isUnknown, unknown } from '../../shapes/dim.ts';
import { CustomLayerValue, type LayerValue, type ModelValue, type TensorValue } from '../values.ts';
import { applicationsOf } from './applications-of.ts';
import { isTrained } from './trained.ts';

/** Notes collect what was taken for granted. */
export function innerLayer(inner: LayerValue, notes: Set<string>): InnerLayer {
  const { layer, attributes } = inner;
  const trained = isTrained(inner);
  for (const { assumed } of Object.values(attributes)) for (const note of assumed ?? []) notes.add(note);
  const values = Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value]));
  return { kind: 'layer', layer, attributes: trained ? values : { ...values, trainable: trained ?? unknown('whether the layer is trained is not known', inner.at) } };
}

/** Undefined where not all of the model is known, or a layer in it is none of TensorFlow.js. */
export function innerModel(model: ModelValue, notes: Set<string>): InnerModel | undefined {
  if (model.open || model.inputs.length === 0 || model.outputs.length === 0) return undefined;
  const tensors: Pick<TensorValue, 'application' | 'output'>[] = [...model.inputs];
  const numberOf = (tensor: TensorValue): number => tensors.findIndex(({ application, output }) => application === tensor.application && output === tensor.output);
  const places = new Map<LayerValue, number>();
  const layers: InnerModel['layers'][number][] = [];
  const applications: InnerModel['applications'][number][] = [];
  for (const application of applicationsOf(model)) {
    const { layer, inputs, inference, conditions } = application;
    if (model.inputs.some(input => input.application === application)) continue;
    if (!layer.definition || layer instanceof CustomLayerValue || inputs.length === 0 || conditions > 0 || isTrained(layer) === undefined) return undefined;
    if (!places.has(layer)) {
      places.set(layer, layers.length);
      layers.push({ layer: innerLayer(layer, notes), weights: weightsOf(layer, inference) });
    }
    applications.push({ layer: places.get(layer)!, inputs: inputs.map(numberOf), outputs: 1 + inference.furtherOutputs.length });
    for (let output = 0; output <= inference.furtherOutputs.length; output++) tensors.push({ application, output });
  }
  const outputs = model.outputs.map(numberOf);
  const isWhole = [...applications.flatMap(({ inputs }) => inputs), ...outputs].every(i => i >= 0);
  return isWhole ? { kind: 'model', inputs: model.inputs.map(({ shape }) => shape), layers, applications, outputs } : undefined;
}

/** What a layer has been built with, so that their sizes add up to its parameters also where these are not known. */
function weightsOf(layer: LayerValue, { weights, params }: Inference): readonly WeightShape[] {
  const trainable = isTrained(layer) !== false;
  if (isUnknown(params)) return [{ name: 'weights', shape: [params], trainable }];
  return weights.map(weight => ({ ...weight, trainable: trainable && weight.trainable }));
}
