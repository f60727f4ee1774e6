// The configuration of a saved layer as the attributes that its rule reads.
import { isList, type Attribute, type Attributes, type AttributeSchema, type AttributeValue, type InnerLayer, type InnerModel } from '../layers/attribute.ts';
import type { LayerDefinition } from '../layers/define-layer.ts';
import { everyLayer, schemaOf } from '../layers/every-layer.ts';
import { unknown } from '../shapes/dim.ts';
import { layerOfClass } from './class-names.ts';
import { camelCase, field, objectAt, stringAt, type JsonNode, type JsonObject } from '../json/json-tree.ts';
import { addFromKeras1, isOfKeras1, marginsOfKeras1 } from './keras1.ts';

/** Values deeper than this are no attribute of a layer. */
const deepest = 24;

/** The attributes whose objects are layers. */
const areLayers: ReadonlySet<string> = new Set(['layer', 'cell', 'cells', 'backwardLayer']);

export const isLayerAttribute = (name: string): boolean => areLayers.has(name);

/** Initializers of which their names say all. */
const withoutOptions: ReadonlySet<string> = new Set(['Zeros', 'Ones', 'GlorotNormal', 'GlorotUniform', 'HeNormal', 'HeUniform', 'LeCunNormal', 'LeCunUniform']);

/** What a model within a wrapper is; undefined where it is none. */
export type ModelOf = (config: JsonObject) => InnerModel | undefined;

export function attributesOf(definition: LayerDefinition | undefined, config: JsonObject | undefined, modelOf: ModelOf): Attributes {
  const attributes: Record<string, Attribute> = {};
  const values = valuesIn(definition ? schemaOf(definition) : everyLayer, config, modelOf, 0);
  for (const name in values) attributes[name] = attributeOf(values[name]);
  return attributes;
}

/** The same few values stand in every layer. */
const ofValues = new Map<AttributeValue, Attribute>();
const mostValues = 2_000;

function attributeOf(value: AttributeValue): Attribute {
  if (typeof value === 'object' && value !== null) return { value };
  let attribute = ofValues.get(value);
  if (attribute && Object.is(attribute.value, value)) return attribute;
  attribute = { value };
  if (ofValues.size >= mostValues) ofValues.clear();
  ofValues.set(value, attribute);
  return attribute;
}

/** Where the value of an attribute stands; undefined where it is written by another name. */
export const placeOf = (attribute: string, config: JsonObject | undefined): JsonNode | undefined =>
  config?.members.find(({ name }) => camelCase(name) === attribute)?.value;

function valuesIn(schema: AttributeSchema, config: JsonObject | undefined, modelOf: ModelOf, depth: number): Record<string, AttributeValue> {
  const values: Record<string, AttributeValue> = {};
  let others: Map<string, AttributeValue> | undefined;
  for (const { name: written, value } of config?.members ?? []) {
    const name = written === 'batch_shape' ? 'batchInputShape' : camelCase(written);
    if (!value || name === 'name' || name === 'dtype') continue;
    if (Object.hasOwn(schema, name)) values[name] = attributeValue(value, name, modelOf, depth);
    else if (isOfKeras1(name)) (others ??= new Map()).set(name, attributeValue(value, name, modelOf, depth));
  }
  if (others) addFromKeras1(values, others, schema);
  if (isList(values['padding'])) values['padding'] = marginsOfKeras1(values['padding']);
  return values;
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
  if (isLayerAttribute(name)) return innerOf(node, className, modelOf, depth);
  if (className !== undefined && name.endsWith('Initializer') && withoutOptions.has(className)) return className;
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
  return { kind: 'layer', layer: definition.name, attributes: valuesIn(schemaOf(definition), config, modelOf, depth + 1) };
}
