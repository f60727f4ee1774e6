// The configuration that TensorFlow.js gets for a node, made of the attributes that the evaluator found.
import type { GraphNode } from './block-graph.ts';
import { formatValue, isAlternatives, isInnerLayer, isInnerModel, isList, isOpaque, type AttributeValue, type InnerModel } from '../layers/attribute.ts';
import { findLayer } from '../layers/registry.ts';
import { formatDim, isSymbolic, isUnknown, namesInDim } from '../shapes/dim.ts';

/** A configuration, with what was put in the place of values that do not matter; or why there can be none. */
export type LayerConfig =
  | { readonly config: Readonly<Record<string, unknown>>; readonly replaced: readonly string[] }
  | { readonly obstacle: string };

/**
 * What a run does not need: names would clash where a layer is made twice, input shapes come from the graph, what is
 * kept from one run for the next would make each run another one, and what regularizes only adds to the loss. A layer with an activity regularizer
 * cannot be applied to tensors at all.
 */
const LEFT_OUT = /^(name|inputShape|batchInputShape|batchSize|inputDType|dtype|updatable|weights|inputLength|stateful)$|(Regularizer|Constraint)$/;

/** A layer within a configuration, which is made together with the layer around it. */
export class InnerLayerConfig {
  constructor(readonly layer: string, readonly config: Readonly<Record<string, unknown>>) {}
}

/** A model within a configuration. */
export class InnerModelConfig {
  constructor(readonly model: InnerModel, readonly layers: readonly InnerLayerConfig[]) {}
}

/** Attributes whose names `leftOut` matches are not part of it. */
export function layerConfig(node: Pick<GraphNode, 'layer' | 'attributes'>, leftOut = LEFT_OUT): LayerConfig {
  const config: Record<string, unknown> = {};
  const replaced: string[] = [];
  for (const [name, value] of Object.entries(node.attributes)) {
    if (leftOut.test(name) || value === undefined || (leftOut === LEFT_OUT && isUnknownFreeze(name, value))) continue;
    const plain = plainValue(value);
    if ('value' in plain) {
      config[name] = plain.value;
      replaced.push(...plain.replaced ?? []);
    } else if (isInert(node, name)) {
      replaced.push(`${name} of ${node.layer} (${formatValue(value)}) was replaced by the default, which changes neither shape nor time`);
    } else {
      return { obstacle: `${name} ${plain.problem}` };
    }
  }
  return { config, replaced };
}

/** What a run gets of the attributes of a layer, and of the layers in it. */
export const attributesOfRun = (attributes: GraphNode['attributes']): GraphNode['attributes'] =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => name === 'inputLength' || !LEFT_OUT.test(name)).map(([name, value]) => [name, valueOfRun(value)]));

const valueOfRun = (value: AttributeValue): AttributeValue =>
  (isList(value) ? value.map(valueOfRun) : isInnerLayer(value) ? { ...value, attributes: attributesOfRun(value.attributes) } : value);

/** Which weights are trained matters in training alone, where it is asked for by itself. */
const isUnknownFreeze = (name: string, value: AttributeValue): boolean => name === 'trainable' && typeof value !== 'boolean';

type PlainValue = { readonly value: unknown; readonly replaced?: readonly string[] } | { readonly problem: string };

function plainValue(value: AttributeValue): PlainValue {
  if (isList(value)) {
    const items = value.map(plainValue);
    const values = items.flatMap(item => ('value' in item ? [item] : []));
    return items.find(item => 'problem' in item) ?? { value: values.map(item => item.value), replaced: values.flatMap(item => item.replaced ?? []) };
  }
  if (isUnknown(value)) return { problem: `is not known: ${value.reason}` };
  if (isSymbolic(value)) return { problem: `is ${formatDim(value)}, and ${namesInDim(value).join(', ')} has no number` };
  if (isAlternatives(value)) return { problem: `is ${formatValue(value)}, depending on something that is not known` };
  if (isInnerLayer(value)) {
    if (!findLayer(value.layer)) return { problem: `is the layer ${value.layer}, which is not known to Blockscope` };
    const made = layerConfig(value);
    return 'obstacle' in made ? { problem: `is ${value.layer}, whose ${made.obstacle}` } : { value: new InnerLayerConfig(value.layer, made.config), replaced: made.replaced };
  }
  if (isInnerModel(value)) return plainModel(value);
  if (isOpaque(value)) return { problem: `is ${value.text}, which Blockscope does not evaluate` };
  return { value };
}

function plainModel(model: InnerModel): PlainValue {
  const items = model.layers.map(({ layer }) => plainValue(layer));
  const problem = items.find(item => 'problem' in item);
  if (problem) return problem;
  const layers = items.flatMap(item => ('value' in item ? [item] : []));
  return { value: new InnerModelConfig(model, layers.map(({ value }) => value as InnerLayerConfig)), replaced: layers.flatMap(({ replaced = [] }) => replaced) };
}

/** True where neither shape nor weights depend on the attribute. */
const isInert = (node: Pick<GraphNode, 'layer'>, name: string): boolean =>
  name.endsWith('Initializer') || (findLayer(node.layer)?.attributes[name]?.inert ?? false);
