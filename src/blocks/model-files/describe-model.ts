// Saved models in all their spellings as one small description: layers with their configuration, and what goes into each.
import type { Shape } from '../shapes/shape.ts';
import { finished, type Steps } from '../steps.ts';
import type { Location } from '../text/location.ts';
import { describeAlike, type DescribedExample } from './alike-layers.ts';
import type { JsonText } from './json-text.ts';
import { AlikeObject } from '../json/alike.ts';
import { arrayAt, field, isArray, isObject, isString, member, objectAt, stringAt, type JsonArray, type JsonNode, type JsonObject, type JsonString } from '../json/json-tree.ts';
import { plainCalls, shapeOf, tensorNames, type TensorName } from './tensor-names.ts';

export interface ModelDescription {
  readonly name: string | undefined;
  readonly kind: 'sequential' | 'model';
  readonly layers: readonly LayerDescription[];
  /** Of a functional model; undefined where the file does not say. */
  readonly inputs: readonly TensorName[] | undefined;
  readonly outputs: readonly TensorName[] | undefined;
  /** The shape that a sequential model was built for, where the file says it beside the layers. */
  readonly builtFor: Shape | undefined;
}

export interface LayerDescription {
  readonly className: string;
  /** Where Keras 3 has the class from. */
  readonly module: string | undefined;
  readonly name: string | undefined;
  /** Where its class is named. */
  readonly at: Location;
  /** From the beginning of its object to where a hint reads well. */
  readonly call: Location;
  readonly config: JsonObject | undefined;
  /** What goes into each of its applications; nothing for layers of sequential models. */
  readonly calls: readonly (readonly TensorName[])[];
  /** Each of its applications takes one tensor, and nothing else that could be one. */
  readonly takesOneTensor: boolean;
  /** Set where the layer is a model itself. */
  readonly model: ModelDescription | undefined;
  /** The shape that it was built for, where the file says it (Keras 3). */
  readonly builtFor: Shape | undefined;
  /** Part of it cannot be read, so that nothing that is missing in it counts as not given. */
  readonly damaged: boolean;
}

/** Models within models: deeper ones are taken for layers that are not known. */
const deepestModel = 32;

/** Undefined where the value is no model. */
export function* describeModel(node: JsonNode, source: JsonText, depth = 0): Steps<ModelDescription | undefined> {
  if (depth > deepestModel) return undefined;
  if (isArray(node)) return isListOfLayers(node) ? yield* sequential(node, undefined, undefined, source, depth) : undefined;
  if (!isObject(node)) return undefined;
  const className = stringAt(node, 'class_name');
  const config = field(node, 'config');
  if (className === undefined) return arrayAt(node, 'layers') && isListOfLayers(arrayAt(node, 'layers')!) ? yield* fromConfig(node, undefined, source, depth) : undefined;
  if (isArray(config)) return isListOfLayers(config) || className === 'Sequential' ? yield* sequential(config, undefined, undefined, source, depth) : undefined;
  return isObject(config) && arrayAt(config, 'layers') ? yield* fromConfig(config, className, source, depth) : undefined;
}

const isListOfLayers = ({ items }: JsonArray): boolean => items.some(item => stringAt(item, 'class_name') !== undefined && field(item, 'config') !== undefined);

function* fromConfig(config: JsonObject, className: string | undefined, source: JsonText, depth: number): Steps<ModelDescription> {
  const layers = arrayAt(config, 'layers')!;
  const name = stringAt(config, 'name');
  const isFunctional = className === undefined
    ? field(config, 'output_layers') !== undefined || layers.items.some(item => field(item, 'inbound_nodes') !== undefined)
    : className !== 'Sequential';
  if (!isFunctional) return yield* sequential(layers, name, shapeOf(field(config, 'build_input_shape')), source, depth);
  return {
    name, kind: 'model', layers: yield* layersOf(layers, source, depth), builtFor: undefined,
    inputs: namesAt(config, 'input_layers'), outputs: namesAt(config, 'output_layers'),
  };
}

function namesAt(config: JsonObject, name: string): readonly TensorName[] | undefined {
  const names = tensorNames(field(config, name));
  return names.length > 0 ? names : undefined;
}

function* sequential(layers: JsonArray, name: string | undefined, builtFor: Shape | undefined, source: JsonText, depth: number): Steps<ModelDescription> {
  return { name, kind: 'sequential', layers: yield* layersOf(layers, source, depth), builtFor, inputs: undefined, outputs: undefined };
}

/** So many layers are described in one step. */
const layersInStep = 200;

function* layersOf({ items }: JsonArray, source: JsonText, depth: number): Steps<LayerDescription[]> {
  const layers: LayerDescription[] = [];
  // A bracket too many leaves some of them in a list of their own.
  for (const item of source.broken ? items.flatMap(item => (isArray(item) ? item.items : item)) : items) {
    if (!isObject(item)) continue;
    const layer = yield* layerOf(item, source, depth);
    if (layer && layers.push(layer) % layersInStep === 0) yield;
    if (source.broken) for (const stray of straysIn(item)) {
      const other = yield* layerOf(stray, source, depth);
      if (other) layers.push(other);
    }
  }
  return layers;
}

/** Where the list of what goes into a layer is not closed, the layers behind it have been read as parts of it. */
function straysIn(layer: JsonObject): JsonObject[] {
  const inbound = layer.unread ? undefined : arrayAt(layer, 'inbound_nodes');
  if (!inbound) return [];
  const found: JsonObject[] = [];
  let lists: readonly JsonNode[] = [inbound];
  for (let depth = 0; depth < 4 && lists.length > 0; depth++) {
    const inside: JsonNode[] = [];
    for (const list of lists) {
      if (!isArray(list) || list.unread) continue;
      for (const item of list.items) if (isStray(item)) found.push(item);
      inside.push(...list.items);
    }
    lists = inside;
  }
  return found;
}

const isStray = (item: JsonNode): item is JsonObject => isObject(item) && stringAt(item, 'class_name') !== undefined && isObject(field(item, 'config'));

function* layerOf(node: JsonObject, source: JsonText, depth: number): Steps<LayerDescription | undefined> {
  const { unread } = node;
  const alike = unread instanceof AlikeObject ? describeAlike(unread, source, example => describeExample(example, source, depth)) : undefined;
  if (alike) return alike;
  const named = classOf(node);
  if (!named) return undefined;
  const config = objectAt(node, 'config');
  const { value: className, start, end } = named;
  const inbound = field(node, 'inbound_nodes');
  const plain = isArray(inbound) ? plainCalls(inbound) : undefined;
  return {
    className, module: stringAt(node, 'module'), name: stringAt(node, 'name') ?? stringAt(config, 'name'),
    at: source.at(start, end), call: source.at(node.start, endOfHint(source.text, end)),
    config, model: yield* describeModel(node, source, depth + 1),
    calls: plain ?? (isArray(inbound) ? (source.broken ? inbound.items.filter(call => !isStray(call)) : inbound.items).map(call => tensorNames(call)) : []),
    takesOneTensor: plain ? plain.length > 0 : isArray(inbound) && inbound.items.length > 0 && takesOneTensor(inbound),
    builtFor: shapeOf(member(member(node, 'build_config'), 'input_shape')),
    damaged: source.broken && isDamaged(node, 0),
  };
}

function classOf(node: JsonObject): JsonString | undefined {
  const value = node.members.find(({ name }) => name === 'class_name' || name === 'className')?.value;
  return isString(value) ? value : undefined;
}

function describeExample(node: JsonObject, source: JsonText, depth: number): DescribedExample | undefined {
  const layer = finished(layerOf(node, source, depth));
  const named = classOf(node);
  return layer && named && { layer, places: [named.start, named.end, endOfHint(source.text, named.end)] };
}

/** `["x", 0, 0, { "y": 3, "name": null }]`, in as many lists as there may be around it. */
function takesOneTensor({ items }: JsonArray, depth = 0): boolean {
  const [name, , , keywords] = items;
  if (name?.kind !== 'value') return depth < 4 && items.every(item => isArray(item) && takesOneTensor(item, depth + 1));
  return items.slice(0, 3).every(({ kind }) => kind === 'value') && (!keywords || (isObject(keywords) && keywords.members.every(({ value }) => value?.kind === 'value')));
}

/** Behind the comma where the line ends there, so that it stays with its value. */
function endOfHint(text: string, end: number): number {
  if (text.charCodeAt(end) !== 0x2c) return end;
  const next = text.charCodeAt(end + 1);
  return next === 10 || next === 13 ? end + 1 : end;
}

/** The layers of a model answer for themselves. */
function isDamaged(node: JsonNode, depth: number): boolean {
  if (node.kind === 'value' || depth > deepestModel) return false;
  if (node.damaged) return true;
  if (node.unread) return false;
  if (isArray(node)) return node.items.some(item => isDamaged(item, depth + 1));
  return node.members.some(({ name, value }) => !(name === 'layers' && isArray(value)) && value !== undefined && isDamaged(value, depth + 1));
}
