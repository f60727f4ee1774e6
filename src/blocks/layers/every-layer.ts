// The attributes that every layer has, and the input of the model that they describe where the layer is the first one.
import { isSymbolic, isUnknown, unknown, type Dim } from '../shapes/dim.ts';
import { joinShapes, type Shape } from '../shapes/shape.ts';
import { formatValue, isAlternatives, isList, type AttributeSchema, type AttributeType, type AttributeValue, type Attributes } from './attribute.ts';
import { flag, inert, shape } from './attribute-types.ts';
import type { LayerDefinition } from './define-layer.ts';

const validName = /^[A-Za-z0-9][-A-Za-z0-9._/]*$/;

/** A name that TensorFlow.js can make tensor names of; it throws on others when the layer is applied. */
const name: AttributeType<AttributeValue> = {
  type: 'string', required: false, inert: true,
  doc: 'The name of the layer in summaries and saved models; unique within a model.',
  read: raw => (typeof raw === 'string' && raw !== '' && !validName.test(raw)
    ? { expected: 'made of letters, digits and - . _ /, the first a letter or digit' }
    : { value: raw }),
};

export const everyLayer = {
  name,
  trainable: flag({ default: true, doc: 'Whether training changes the weights; with false all of them count as non-trainable.' }),
  inputShape: shape({ single: true, doc: 'The shape of one example, without the batch. Only for the first layer of a model.' }),
  batchInputShape: shape({ single: false, doc: 'The shape of the input with the batch first. Only for the first layer of a model.' }),
  batchSize: inert({ type: 'integer', doc: 'The batch, together with `inputShape`. Left open by default.' }),
  dtype: inert({ type: 'string', doc: "The data type of the layer, 'float32' by default." }),
  inputDType: inert({ type: 'string', doc: 'The data type of the input; `dtype` goes before it.' }),
  weights: inert({ type: 'tensors', doc: 'Initial values of the weights.' }),
} satisfies AttributeSchema;

/** All attributes of a layer: its own and those of every layer. */
export const schemaOf = (definition: LayerDefinition): AttributeSchema => preparedOf(definition).schema;

/** What a configuration without any attribute amounts to. */
export const defaultsOf = (definition: LayerDefinition): Readonly<Record<string, unknown>> => preparedOf(definition).defaults;

/** The attributes that say how a weight starts, with the weight's name. */
export const initializersOf = (definition: LayerDefinition): readonly Initializes[] => preparedOf(definition).initializers;

interface Initializes {
  readonly attribute: string;
  readonly weight: string;
}

interface Prepared {
  readonly schema: AttributeSchema;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly initializers: readonly Initializes[];
}

const prepared = new WeakMap<LayerDefinition, Prepared>();

function preparedOf(definition: LayerDefinition): Prepared {
  const known = prepared.get(definition);
  if (known) return known;
  const schema: AttributeSchema = { ...everyLayer, ...definition.attributes };
  const defaults = Object.fromEntries(Object.entries(schema).map(([name, type]) => [name, type.default]));
  const initializers = Object.entries(schema).flatMap(([attribute, { initializes: weight }]) => (weight === undefined ? [] : [{ attribute, weight }]));
  const made = { schema, defaults, initializers };
  prepared.set(definition, made);
  return made;
}

/** The attributes that describe what goes into a model; `tf.input` calls them `shape` and `batchShape`. */
interface InputDescription {
  readonly batchShape?: AttributeValue;
  readonly shape?: AttributeValue;
  readonly batchSize?: AttributeValue;
}

/** A model's input, the batch first and open by default; undefined where the attributes do not say. */
export function describedInput({ batchShape, shape, batchSize }: InputDescription): Shape | undefined {
  if (batchShape !== undefined && batchShape !== null) return readShape(batchShape, []);
  return shape === undefined || shape === null ? undefined : readShape(shape, [readDim(batchSize)]);
}

/** The input that `inputShape`, `batchInputShape` and `batchSize` of a first layer, or those of `tf.input`, describe. */
export const modelInput = (attributes: Attributes): Shape | undefined => describedInput({
  batchShape: attributes['batchInputShape']?.value ?? attributes['batchShape']?.value,
  shape: attributes['inputShape']?.value ?? attributes['shape']?.value,
  batchSize: attributes['batchSize']?.value,
});

/** A shape out of an attribute; a single number is the shape of a vector, as `[].concat(5)` makes it. */
function readShape(value: AttributeValue, before: readonly Dim[]): Shape {
  if (isAlternatives(value)) {
    const reason = unknown(`the shape is ${formatValue(value)}`);
    return value.values.map(one => readShape(one, before)).reduce((a, b) => joinShapes(a, b, reason));
  }
  if (isUnknown(value)) return value;
  if (isList(value)) return [...before, ...value.map(readDim)];
  return typeof value === 'number' || isSymbolic(value) ? [...before, value] : unknown(`${formatValue(value)} is no shape`);
}

export function readDim(value: AttributeValue): Dim {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || isSymbolic(value) || isUnknown(value)) return value;
  return unknown(isAlternatives(value) ? `the dim is ${formatValue(value)}` : `${formatValue(value)} is no dim`);
}
