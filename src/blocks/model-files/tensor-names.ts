// How saved models name the tensors that go into a layer: `["conv1", 0, 0, {}]`, or with Keras 3 an object that has the same in
// its history, with the shape that the tensor had when the model was saved.
import type { Dim } from '../shapes/dim.ts';
import type { Shape } from '../shapes/shape.ts';
import { arrayAt, field, isArray, isObject, member, objectAt, stringAt, type JsonArray, type JsonNode, type JsonValue } from '../json/json-tree.ts';

/** The `tensor`th output of the `node`th application of a layer. */
export interface TensorName {
  readonly layer: string;
  readonly node: number;
  readonly tensor: number;
  readonly shape?: Shape;
}

const deepest = 16;

/** All tensors that are named in a value, in their order. `places` is given where the name of the layer of each stands. */
export function tensorNames(node: JsonNode | undefined, depth = 0, places?: JsonValue[]): TensorName[] {
  if (node === undefined || depth > deepest) return [];
  if (isArray(node)) {
    const one = tensorName(node, places);
    return one ? [one] : node.items.flatMap(item => tensorNames(item, depth + 1, places));
  }
  if (!isObject(node)) return [];
  if (stringAt(node, 'class_name') === '__keras_tensor__') return kerasTensor(node, places);
  if (field(node, 'args')) return [...tensorNames(field(node, 'args'), depth + 1, places), ...tensorNames(member(member(node, 'kwargs'), 'initial_state'), depth + 1, places)];
  return node.members.flatMap(({ value }) => tensorNames(value, depth + 1, places));
}

/** Where the names stand of the layers whose tensors go into another one. */
export function namesOfTensors(inbound: JsonNode | undefined): JsonValue[] {
  const places: JsonValue[] = [];
  if (isArray(inbound)) for (const call of inbound.items) tensorNames(call, 0, places);
  return places;
}

/** The calls of a layer that is given tensors and nothing else, which nearly all are: `[[["conv1", 0, 0, {}]]]`. Undefined for others. */
export function plainCalls({ unread }: JsonArray): TensorName[][] | undefined {
  if (!unread) return undefined;
  const calls: TensorName[][] = [];
  for (const call of unread.value) {
    if (!Array.isArray(call)) return undefined;
    const names: TensorName[] = [];
    for (const item of call as unknown[]) {
      if (!Array.isArray(item)) return undefined;
      const [layer, node, tensor, keywords] = item as unknown[];
      if (typeof layer !== 'string' || !isIndex(node) || !isIndex(tensor) || item.length > 4 || !isNothing(keywords)) return undefined;
      names.push({ layer, node, tensor });
    }
    calls.push(names);
  }
  return calls;
}

function isNothing(keywords: unknown): boolean {
  if (keywords === undefined) return true;
  if (typeof keywords !== 'object' || keywords === null || Array.isArray(keywords)) return false;
  for (const _ in keywords) return false;
  return true;
}

/** `["conv1", 0, 0]`, with keyword arguments behind it or none; they name no tensors that TensorFlow.js would look at. */
function tensorName({ items }: JsonArray, places?: JsonValue[]): TensorName | undefined {
  const [layer, node, tensor] = items.map(item => (item.kind === 'value' ? item.value : undefined));
  if (typeof layer !== 'string' || !isIndex(node) || !isIndex(tensor)) return undefined;
  places?.push(items[0] as JsonValue);
  return { layer, node, tensor };
}

const isIndex = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

function kerasTensor(node: JsonNode, places?: JsonValue[]): TensorName[] {
  const config = objectAt(node, 'config');
  const history = field(config, 'keras_history');
  const name = isArray(history) ? tensorName(history, places) : undefined;
  const shape = shapeOf(arrayAt(config, 'shape'));
  return name ? [shape ? { ...name, shape } : name] : [];
}

/** A list of numbers and nulls; undefined for anything else. */
export function shapeOf(node: JsonNode | undefined): Shape | undefined {
  if (!isArray(node)) return undefined;
  const dims = node.items.map(item => (item.kind === 'value' ? item.value : undefined));
  return dims.every((dim): dim is number | null => dim === null || (typeof dim === 'number' && Number.isSafeInteger(dim) && dim > 0)) ? dims as Dim[] : undefined;
}
