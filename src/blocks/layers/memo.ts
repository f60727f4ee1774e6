// Remembers what the pure functions of a layer gave for one configuration and one set of inputs. A file is evaluated at
// every keystroke, and a network repeats its blocks: almost every call asks again what was asked before.
import { isSymbolic, type Dim } from '../shapes/dim.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';
import { isAlternatives, isInnerLayer, isInnerModel, isList, isOpaque, valuesOf, type AttributeValue, type Attributes, type InnerModel } from './attribute.ts';
import type { LayerDefinition } from './define-layer.ts';
import { checkConfig, inferLayer, type Inference, type LayerProblem } from './infer.ts';

/** More than a large file has; when it is full everything is forgotten, so that no bookkeeping is needed. */
const mostEntries = 50_000;

let entries = 0;

/** Configurations that begin with the same attributes: a text of all of them would take longer to make and to look up. */
class Configurations {
  configured: ConfiguredLayer | undefined = undefined;
  private readonly next = new Map<string, Map<AttributeValue | typeof structured, Configurations>>();

  with(name: string, value: AttributeValue | typeof structured): Configurations {
    let ofName = this.next.get(name);
    if (!ofName) this.next.set(name, (ofName = new Map()));
    let known = ofName.get(value);
    if (!known) {
      ofName.set(value, (known = new Configurations()));
      entries++;
    }
    return known;
  }
}

/** Goes before the key of a value that is no number or text, which could be a text itself. */
const structured = Symbol('structured');

const configurations = new Map<LayerDefinition, Configurations>();
const withoutAny = new Map<LayerDefinition, ConfiguredLayer>();

/** What comes out of a remembered inference goes into the next one as the same list. */
const keysOfOutputs = new Map<Shape, string | undefined>();

/** A layer with its configuration, and what came of it so far. */
export class ConfiguredLayer {
  private values: Readonly<Record<string, AttributeValue>> | undefined = undefined;
  private foundProblems: readonly LayerProblem[] | undefined = undefined;
  private readonly inferences = new Map<string, Inference>();
  /** Those of inputs that came out of a remembered inference: they need no key. */
  private readonly ofOneInput = new Map<Shape, Inference>();

  constructor(
    private readonly definition: LayerDefinition,
    private readonly attributes: Attributes | undefined,
    /** Whether other layers share it, in this version of the file and in the next. */
    private readonly shared: boolean,
  ) {}

  /** The attributes without their places, which are those of whoever asked first. */
  get attributeValues(): Readonly<Record<string, AttributeValue>> {
    return (this.values ??= valuesOf(this.attributes ?? {}));
  }

  /** `checkConfig`, remembered. */
  problems(): readonly LayerProblem[] {
    return (this.foundProblems ??= checkConfig(this.definition, this.attributes));
  }

  /** `inferLayer`, remembered. */
  infer(inputs: readonly Shape[]): Inference {
    return inputs.length === 1 ? this.inferOfOne(inputs[0]!) : this.inferByKey(inputs);
  }

  /** Of a single input, as nearly all layers have. */
  inferOfOne(input: Shape): Inference {
    let inference = this.ofOneInput.get(input);
    if (!inference) {
      inference = this.inferByKey([input]);
      if (this.shared && keysOfOutputs.has(input)) this.ofOneInput.set(input, inference);
    }
    return inference;
  }

  private inferByKey(inputs: readonly Shape[]): Inference {
    const { definition, attributes = {} } = this;
    const key = this.shared ? keyOfShapes(inputs) : undefined;
    if (key === undefined) return inferLayer(definition, attributes, inputs);
    let inference = this.inferences.get(key);
    if (!inference) {
      inference = inferLayer(definition, attributes, inputs);
      this.inferences.set(key, inference);
      keysOfOutputs.set(inference.output, keyOfShape(inference.output));
      entries++;
      forgetIfFull();
    }
    return inference;
  }
}

/** The same one for the same configuration; `undefined` stands for a call without any argument. */
export function configuredLayer(definition: LayerDefinition, attributes: Attributes | undefined): ConfiguredLayer {
  if (!attributes) {
    let bare = withoutAny.get(definition);
    if (!bare) withoutAny.set(definition, (bare = new ConfiguredLayer(definition, undefined, true)));
    return bare;
  }
  let known = configurations.get(definition);
  if (!known) configurations.set(definition, (known = new Configurations()));
  for (const name in attributes) {
    const { value } = attributes[name]!;
    if (typeof value !== 'object' && !Object.is(value, -0)) known = known.with(name, value);
    else {
      const key = keyOfValue(value);
      // Something has a reason with a place in the source, which is another one in every version of the file.
      if (key === undefined) return new ConfiguredLayer(definition, attributes, false);
      known = known.with(name, structured).with('', key);
    }
  }
  const configured = (known.configured ??= new ConfiguredLayer(definition, attributes, true));
  forgetIfFull();
  return configured;
}

function forgetIfFull(): void {
  if (entries <= mostEntries) return;
  configurations.clear();
  withoutAny.clear();
  keysOfOutputs.clear();
  entries = 0;
}

/** Undefined where there is no key, because of a place in the source. */
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
    const one = keysOfOutputs.get(shape) ?? keyOfShape(shape);
    if (one === undefined) return undefined;
    key += one;
  }
  return key;
}

function keyOfShape(shape: Shape): string | undefined {
  if (!isRanked(shape)) return undefined;
  let key = '/';
  for (const dim of shape) {
    const one = keyOfDim(dim);
    if (one === undefined) return undefined;
    key += `${one},`;
  }
  return key;
}

const keyOfDim = (dim: Dim): string | undefined =>
  typeof dim === 'number' || dim === null ? String(dim) : isSymbolic(dim) ? `<${dim.key}>` : undefined;
