// The attributes of a layer call as the evaluator hands them over, and the types that a layer's schema gives them.
import { formatDim, isSymbolic, isUnknown, type Dim, type Unknown } from '../shapes/dim.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';
import type { WeightShape } from './define-layer.ts';

/**
 * What an attribute can hold. `alternatives` is a value that depends on something unknown (`flag ? 1 : 2`, a few of
 * them); `layer` and `model` are what a wrapper is around; `opaque` is an object that no shape rule reads, such as an
 * initializer.
 */
export type AttributeValue =
  | Dim
  | string
  | boolean
  | undefined
  | readonly AttributeValue[]
  | { readonly kind: 'alternatives'; readonly values: readonly AttributeValue[] }
  | InnerLayer
  | InnerModel
  | { readonly kind: 'opaque'; readonly text: string };

/** A layer as the attribute of another one: what its factory was called with. */
export interface InnerLayer {
  readonly kind: 'layer';
  /** Its name in the registry, or the one that the source uses where the registry has none. */
  readonly layer: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** A model as the attribute of a wrapper: its layers, and how each is applied. */
export interface InnerModel {
  readonly kind: 'model';
  /** The shapes of what it was made for. */
  readonly inputs: readonly Shape[];
  /** With the weights that each has been built with. */
  readonly layers: readonly { readonly layer: InnerLayer; readonly weights: readonly WeightShape[] }[];
  /**
   * The applications in order. Tensors are numbered: first those that go into the model, then what each application
   * gives. A layer that is applied several times has one place in the list of layers.
   */
  readonly applications: readonly { readonly layer: number; readonly inputs: readonly number[]; readonly outputs: number }[];
  /** The numbers of the tensors that come out. */
  readonly outputs: readonly number[];
}

/** A value with the place in the source that it came from, so that an error can blame it and an edit can change it. */
export interface Attribute {
  readonly value: AttributeValue;
  readonly at?: Location;
  /** What was taken for granted to arrive at the value, as the user reads it: `kernelSize = 3`. */
  readonly assumed?: readonly string[];
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** Without their places. */
export function valuesOf(attributes: Attributes): Record<string, AttributeValue> {
  const values: Record<string, AttributeValue> = {};
  for (const name in attributes) values[name] = attributes[name]!.value;
  return values;
}

/** Values as attributes that stand nowhere in a source. */
export const withoutPlaces = (values: Readonly<Record<string, AttributeValue>>): Attributes =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));

/**
 * What a reader makes of a raw value: the value that the rules use, an unknown, or what TensorFlow.js expects where it
 * refuses the value. A `doubt` says what was expected where it does not check and nothing good comes of the value.
 */
export type Reading<T> =
  | { readonly value: T; readonly doubt?: string }
  | { readonly unknown: Unknown }
  | { readonly expected: string; readonly suggestion?: string };

/** The type of one attribute: how it is read, its default, and what the hover and completion say of it. */
export interface AttributeType<T> {
  /** As the documentation names it: `integer`, `integer or [height, width]`, `'valid' | 'same'`. */
  readonly type: string;
  readonly doc: string;
  readonly required: boolean;
  readonly default?: T;
  /** True where neither shape nor weights depend on it, so that an unknown value does no harm. */
  readonly inert: boolean;
  /** All values it can take, where they can be listed: an unknown is then tried with each. */
  readonly choices?: readonly T[];
  /** The weight that the attribute is the initializer of. */
  readonly initializes?: string;
  /** True where TensorFlow.js tells `null` from an absent value; everywhere else it does not. */
  readonly readsNull?: boolean;
  /** Reads a value that is there. */
  read(raw: AttributeValue): Reading<T>;
}

export type AttributeSchema = Readonly<Record<string, AttributeType<unknown>>>;

/** The attributes as a rule sees them: read, defaults filled in. */
export type ReadAttributes<S extends AttributeSchema> = {
  readonly [K in keyof S]: S[K] extends AttributeType<infer T> ? T : never;
};

export const isAlternatives = (value: AttributeValue): value is { kind: 'alternatives'; values: readonly AttributeValue[] } =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'alternatives';

export const isInnerLayer = (value: AttributeValue): value is InnerLayer =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'layer';

export const isInnerModel = (value: AttributeValue): value is InnerModel =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'model';

export const isOpaque = (value: AttributeValue): value is { kind: 'opaque'; text: string } =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'opaque';

export const isList = (value: AttributeValue): value is readonly AttributeValue[] => Array.isArray(value);

/** The value as a message names what it received: `"SAME"`, `[2, 2]`, `C·4`. */
export function formatValue(value: AttributeValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(formatValue).join(', ')}]`;
  if (isSymbolic(value) || isUnknown(value)) return formatDim(value);
  if (isAlternatives(value)) return value.values.map(formatValue).join(' or ');
  if (isInnerLayer(value)) return `${value.layer}(${formatAttributes(value.attributes)})`;
  if (isInnerModel(value)) return `a model of ${value.layers.length} layer${value.layers.length === 1 ? '' : 's'}`;
  if (isOpaque(value)) return value.text;
  return String(value);
}

/** `units: 32, returnSequences: true`; what is not given is left out. */
const formatAttributes = (attributes: Readonly<Record<string, AttributeValue>>): string =>
  Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${formatValue(value)}`])).join(', ');
