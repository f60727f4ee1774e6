// Remembers what the pure functions of a layer gave for one configuration and one set of inputs. A file is evaluated at
// every keystroke, and a network repeats its blocks: almost every call asks again what was asked before.
import { isSymbolic, type Dim } from '../shapes/dim.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';
import { isAlternatives, isInnerLayer, isInnerModel, isList, isOpaque, type AttributeValue, type Attributes, type InnerModel } from './attribute.ts';
import type { LayerDefinition } from './define-layer.ts';
import { checkConfig, inferLayer, type Inference, type LayerProblem } from './infer.ts';

/** More than a large file has; when it is full everything is forgotten, so that no bookkeeping is needed. */
const mostEntries = 20_000;

const inferences = new Map<LayerDefinition, Map<string, Inference>>();
const configurations = new Map<LayerDefinition, Map<string, readonly LayerProblem[]>>();
let entries = 0;

/** `inferLayer`, remembered. */
export function inferLayerOnce(definition: LayerDefinition, attributes: Attributes, inputs: readonly Shape[]): Inference {
  const shapes = keyOfShapes(inputs);
  const key = shapes === undefined ? undefined : keyOfAttributes(attributes, shapes);
  return remembered(inferences, definition, key, () => inferLayer(definition, attributes, inputs));
}

/** `checkConfig`, remembered. */
export function checkConfigOnce(definition: LayerDefinition, attributes: Attributes | undefined): readonly LayerProblem[] {
  const key = attributes && keyOfAttributes(attributes, '');
  return remembered(configurations, definition, key, () => checkConfig(definition, attributes));
}

function remembered<T>(known: Map<LayerDefinition, Map<string, T>>, definition: LayerDefinition, key: string | undefined, work: () => T): T {
  if (key === undefined) return work();
  let ofLayer = known.get(definition);
  if (!ofLayer) known.set(definition, (ofLayer = new Map()));
  const found = ofLayer.get(key);
  if (found !== undefined) return found;
  const made = work();
  if (++entries > mostEntries) {
    inferences.clear();
    configurations.clear();
    entries = 0;
  } else ofLayer.set(key, made);
  return made;
}

/** Undefined where something has a reason with a place in the source, which is another one in every version of the file. */
function keyOfAttributes(attributes: Attributes, start: string): string | undefined {
  let key = start;
  for (const name in attributes) {
    const value = keyOfValue(attributes[name]!.value);
    if (value === undefined) return undefined;
    key += `\n${name}=${value}`;
  }
  return key;
}

function keyOfValue(value: AttributeValue): string | undefined {
  if (typeof value === 'string') return `'${value.length}'${value}`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (isSymbolic(value)) return `<${value.key}>`;
  if (isList(value)) return keyOfList('[', value);
  if (isAlternatives(value)) return keyOfList('|', value.values);
  if (isInnerLayer(value)) {
    const [names, values] = [Object.keys(value.attributes), Object.values(value.attributes)];
    return keyOfList('(', [value.layer, ...names, ...values]);
  }
  if (isInnerModel(value)) return keyOfModel(value);
  return isOpaque(value) ? `{${value.text.length}}${value.text}` : undefined;
}

function keyOfModel({ inputs, layers, applications, outputs }: InnerModel): string | undefined {
  const shapes = keyOfShapes([...inputs, ...layers.flatMap(({ weights }) => weights.map(({ shape }) => shape))]);
  const frozen = layers.map(({ weights }) => weights.map(({ trainable }) => trainable));
  return shapes === undefined ? undefined : keyOfList('M', [...layers.map(({ layer }) => layer), shapes, JSON.stringify([applications, outputs, frozen])]);
}

function keyOfList(open: string, values: readonly AttributeValue[]): string | undefined {
  let key = `${open}${values.length}`;
  for (const value of values) {
    const one = keyOfValue(value);
    if (one === undefined) return undefined;
    key += ` ${one}`;
  }
  return key;
}

function keyOfShapes(shapes: readonly Shape[]): string | undefined {
  let key = '';
  for (const shape of shapes) {
    if (!isRanked(shape)) return undefined;
    key += '/';
    for (const dim of shape) {
      const one = keyOfDim(dim);
      if (one === undefined) return undefined;
      key += `${one},`;
    }
  }
  return key;
}

const keyOfDim = (dim: Dim): string | undefined =>
  typeof dim === 'number' || dim === null ? String(dim) : isSymbolic(dim) ? `<${dim.key}>` : undefined;
