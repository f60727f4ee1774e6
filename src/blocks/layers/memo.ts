// Remembers what the pure functions of a layer gave for one configuration and one set of inputs. A file is evaluated at
// every keystroke, and a network repeats its blocks: almost every call asks again what was asked before.
import { isSymbolic, type Dim } from '../shapes/dim.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';
import { isAlternatives, isInnerLayer, isInnerModel, isList, isOpaque, type AttributeValue, type Attributes, type InnerModel } from './attribute.ts';
import type { LayerDefinition } from './define-layer.ts';
import { checkConfig, inferLayer, type Inference, type LayerProblem } from './infer.ts';

/** More than a large file has; when it is full everything is forgotten, so that no bookkeeping is needed. */
const mostEntries = 20_000;

/** What one configuration of a layer gave. */
interface Known {
  problems: readonly LayerProblem[] | undefined;
  readonly inferences: Map<string, Inference>;
}

const configurations = new Map<LayerDefinition, Map<string, Known>>();
let entries = 0;

/** `inferLayer`, remembered. */
export function inferLayerOnce(definition: LayerDefinition, attributes: Attributes, inputs: readonly Shape[]): Inference {
  const shapes = keyOfShapes(inputs);
  const known = shapes === undefined ? undefined : knownOf(definition, attributes);
  if (!known) return inferLayer(definition, attributes, inputs);
  let inference = known.inferences.get(shapes!);
  if (!inference) {
    inference = inferLayer(definition, attributes, inputs);
    known.inferences.set(shapes!, inference);
    forgetIfFull();
  }
  return inference;
}

/** `checkConfig`, remembered. */
export function checkConfigOnce(definition: LayerDefinition, attributes: Attributes | undefined): readonly LayerProblem[] {
  const known = knownOf(definition, attributes);
  return known ? (known.problems ??= checkConfig(definition, attributes)) : checkConfig(definition, attributes);
}

function knownOf(definition: LayerDefinition, attributes: Attributes | undefined): Known | undefined {
  const key = attributes ? keyOfAttributes(attributes) : 'no configuration';
  if (key === undefined) return undefined;
  let ofLayer = configurations.get(definition);
  if (!ofLayer) configurations.set(definition, (ofLayer = new Map()));
  let known = ofLayer.get(key);
  if (!known) {
    ofLayer.set(key, (known = { problems: undefined, inferences: new Map() }));
    forgetIfFull();
  }
  return known;
}

function forgetIfFull(): void {
  if (++entries <= mostEntries) return;
  configurations.clear();
  entries = 0;
}

/** Undefined where something has a reason with a place in the source, which is another one in every version of the file. */
function keyOfAttributes(attributes: Attributes): string | undefined {
  let key = '';
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
    const one = isRanked(shape) ? keyOfShape(shape) : undefined;
    if (one === undefined) return undefined;
    key += one;
  }
  return key;
}

/** What comes out of a remembered inference goes into the next one as the same list. */
const shapeKeys = new WeakMap<readonly Dim[], string>();

function keyOfShape(shape: readonly Dim[]): string | undefined {
  const known = shapeKeys.get(shape);
  if (known !== undefined) return known;
  let key = '/';
  for (const dim of shape) {
    const one = keyOfDim(dim);
    if (one === undefined) return undefined;
    key += `${one},`;
  }
  shapeKeys.set(shape, key);
  return key;
}

const keyOfDim = (dim: Dim): string | undefined =>
  typeof dim === 'number' || dim === null ? String(dim) : isSymbolic(dim) ? `<${dim.key}>` : undefined;
