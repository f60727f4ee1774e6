// The configuration of a saved layer as the attributes that its rule reads.
import type { Attribute, AttributeValue, InnerLayer, InnerModel } from '../layers/attribute.ts';
import type { LayerDefinition } from '../layers/define-layer.ts';
import { everyLayer, schemaOf } from '../layers/every-layer.ts';
import { unknown } from '../shapes/dim.ts';
import { layerOfClass } from './class-names.ts';
import type { JsonText } from './json-text.ts';
import { camelCase, field, objectAt, stringAt, type JsonNode, type JsonObject } from './json-tree.ts';
import { inWordsOfKeras2 } from './keras1.ts';

/** Values deeper than this are no attribute of a layer. */
const deepest = 24;

/** The attributes whose objects are layers. */
const areLayers: ReadonlySet<string> = new Set(['layer', 'cell', 'cells', 'backwardLayer']);

/** The names are in every layer, and would make each a configuration of its own; Keras 3 calls the shape of an input otherwise. */
const leftOut: ReadonlySet<string> = new Set(['name']);

/** What a model within a wrapper is; undefined where it is none. */
export type ModelOf = (config: JsonObject) => InnerModel | undefined;

export function attributesOf(definition: LayerDefinition | undefined, config: JsonObject | undefined, source: JsonText, modelOf: ModelOf): Record<string, Attribute> {
  const schema = definition ? schemaOf(definition) : everyLayer;
  const values = new Map<string, AttributeValue>();
  const places = new Map<string, JsonNode>();
  for (const { name: written, value } of config?.members ?? []) {
    const name = written === 'batch_shape' ? 'batchInputShape' : camelCase(written);
    if (leftOut.has(name)) continue;
    values.set(name, attributeValue(value, name, modelOf, 0));
    places.set(name, value);
  }
  const attributes: Record<string, Attribute> = {};
  for (const [name, value] of inWordsOfKeras2(values, schema)) {
    if (!Object.hasOwn(schema, name)) continue;
    const place = places.get(name);
    attributes[name] = place ? { value, at: source.at(place.start, place.end) } : { value };
  }
  return attributes;
}

/** As TensorFlow.js converts what Python wrote. */
export function attributeValue(node: JsonNode, name: string, modelOf: ModelOf, depth: number): AttributeValue {
  if (depth > deepest) return unknown('it is nested too deeply');
  if (node.kind === 'value') {
    const { value } = node;
    if (typeof value === 'string') return camelCase(value);
    // Beyond these, neighbouring numbers are the same to JavaScript.
    return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? unknown(`${value} is too large a number to count with`) : value;
  }
  if (node.kind === 'array') return node.items.map(item => attributeValue(item, name, modelOf, depth + 1));
  const className = stringAt(node, 'class_name');
  // Keras 3 writes tuples as objects in places.
  const items = className === '__tuple__' ? field(node, 'items') : undefined;
  if (items) return attributeValue(items, name, modelOf, depth + 1);
  if (areLayers.has(name)) return innerOf(node, className, modelOf, depth);
  return { kind: 'opaque', text: className ?? 'an object' };
}

function innerOf(node: JsonObject, className: string | undefined, modelOf: ModelOf, depth: number): AttributeValue {
  const config = objectAt(node, 'config');
  if (className === undefined) return unknown('the class of the layer inside of it is not given');
  return modelOf(node) ?? innerLayer(className, config, modelOf, depth);
}

function innerLayer(className: string, config: JsonObject | undefined, modelOf: ModelOf, depth: number): InnerLayer {
  const definition = layerOfClass(className);
  if (!definition) return { kind: 'layer', layer: className, attributes: {} };
  const schema = schemaOf(definition);
  const values = new Map<string, AttributeValue>();
  for (const { name: written, value } of config?.members ?? []) {
    const name = camelCase(written);
    if (!leftOut.has(name)) values.set(name, attributeValue(value, name, modelOf, depth + 1));
  }
  const known = [...inWordsOfKeras2(values, schema)].filter(([name]) => Object.hasOwn(schema, name));
  return { kind: 'layer', layer: definition.name, attributes: Object.fromEntries(known) };
}
