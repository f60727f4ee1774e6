// The configuration that a program passes to a layer, as the attributes that the layer's rule reads.
import type { Attribute, AttributeSchema, AttributeValue } from '../../layers/attribute.ts';
import type { LayerDefinition } from '../../layers/define-layer.ts';
import { everyLayer, schemaOf } from '../../layers/every-layer.ts';
import { floorDivideDims, isSymbolic, type Unknown } from '../../shapes/dim.ts';
import type { Location } from '../../text/location.ts';
import { describe, numberOfUnknown, plain } from '../primitives.ts';
import { findProperty } from '../prototypes.ts';
import type { Run } from '../run.ts';
import { ArrayValue, AssumedValue, type FunctionValue, LayerValue, ModelValue, ObjectValue, RatioValue, UnionValue, UnknownValue, type Value } from '../values.ts';
import { innerLayer, innerModel } from './inner-parts.ts';

/** Undefined where the layer is made without a configuration. */
export function attributesOf(run: Run, definition: LayerDefinition | undefined, config: Value, at: Location): Record<string, Attribute> | undefined {
  const object = plain(config);
  if (object === undefined || object === null) return undefined;
  const schema: AttributeSchema = definition ? schemaOf(definition) : everyLayer;
  const attributes: Record<string, Attribute> = {};
  if (object instanceof UnknownValue) {
    for (const name of Object.keys(schema)) attributes[name] = attribute(run, object.member(name), schema[name]?.type, at);
    return definition?.inputs === 'none' ? attributes : withoutInput(attributes, object.reason);
  }
  if (!(object instanceof ObjectValue)) return {};
  for (const [name, property] of object.properties) attributes[name] = attribute(run, property.getter ? got(run, object, property.getter, at) : property.value, schema[name]?.type, property.at ?? at);
  if (object.prototype) addInherited(run, object, schema, attributes, at);
  if (object.open) {
    for (const name of Object.keys(schema)) attributes[name] ??= { value: object.open, at };
    return definition?.inputs === 'none' ? attributes : withoutInput(attributes, object.open);
  }
  return attributes;
}

const got = (run: Run, object: ObjectValue, getter: FunctionValue, at: Location): Value =>
  run.interpreter.call(run, getter, { thisValue: object, args: [], at, call: at, argsAt: [] });

/** An object of a class is a configuration too: its getters, and what its class has for all of them, are read like its own. */
function addInherited(run: Run, object: ObjectValue, schema: AttributeSchema, attributes: Record<string, Attribute>, at: Location): void {
  for (const name of Object.keys(schema)) {
    if (object.properties.has(name)) continue;
    const { found, root } = findProperty(object, name);
    if (found) attributes[name] = attribute(run, found.getter ? got(run, object, found.getter, at) : found.value, schema[name]!.type, found.at ?? at);
    else if (root) attributes[name] = { value: root.reason, at };
  }
}

/** Whether a configuration that is not fully known describes a model's input is not known either; most do not. */
function withoutInput(attributes: Record<string, Attribute>, reason: Unknown): Record<string, Attribute> {
  for (const name of ['inputShape', 'batchInputShape', 'batchSize', 'weights', 'dtype', 'inputDType']) {
    if (attributes[name]?.value === reason) delete attributes[name];
  }
  return attributes;
}

function attribute(run: Run, value: Value, type: string | undefined, at: Location): Attribute {
  // Almost all attributes are plain numbers and texts, with nothing to convert and nothing assumed.
  if (value === null || typeof value !== 'object') return { value, at };
  const notes = new Set<string>();
  const converted = attributeValue(run, value, type ?? '', notes);
  return notes.size > 0 ? { value: converted, at, assumed: [...notes] } : { value: converted, at };
}

/** `type` is the attribute's type as its documentation names it; notes collect what was taken for granted. */
export function attributeValue(run: Run, value: Value, type: string, notes: Set<string>): AttributeValue {
  if (value === undefined || value === null || typeof value !== 'object') return value;
  if (isSymbolic(value)) return value;
  if (value instanceof AssumedValue) {
    for (const note of value.notes) notes.add(note);
    return attributeValue(run, value.value, type, notes);
  }
  if (value instanceof RatioValue) return floorDivideDims(value.numerator, value.denominator);
  if (value instanceof UnionValue) {
    return { kind: 'alternatives', values: value.alternatives.map(alternative => attributeValue(run, alternative, type, notes)) };
  }
  if (value instanceof UnknownValue) {
    if (value.tensor) return { kind: 'opaque', text: 'a tensor' };
    return mayBeNumber(type) ? numberOfUnknown(run, value) ?? value.reason : value.reason;
  }
  if (value instanceof ArrayValue) {
    run.budget.steps(value.elements.length);
    for (const note of value.assumedExtent ?? []) notes.add(note);
    return value.open ?? value.elements.map(element => attributeValue(run, element, type.startsWith('[') ? 'integer' : type, notes));
  }
  if (value instanceof LayerValue) return innerLayer(value, notes);
  if (value instanceof ModelValue) return innerModel(value, notes) ?? { kind: 'opaque', text: describe(value) };
  return { kind: 'opaque', text: describe(value) };
}

/** An unknown list has no name for each of its numbers, and what has to be a layer, a name or a mode is no number at all. */
const mayBeNumber = (type: string): boolean => type === '' || (!type.startsWith('[') && /integer|number/.test(type));

/** A list of dims that a program writes: `[28, 28, 1]`. */
export function attributeOf(run: Run, value: Value, at: Location): Attribute {
  return attribute(run, value, '[', at);
}
