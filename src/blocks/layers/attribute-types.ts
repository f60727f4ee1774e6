// The types that attributes have in the layers of TensorFlow.js: counts, one number per axis, choices, flags, axes.
// Each reads a raw value the way TensorFlow.js does, which is stricter with some attributes than with others.
import { isSymbolic, isUnknown, unknown, type Dim, type Unknown } from '../shapes/dim.ts';
import { formatValue, isList, type AttributeType, type AttributeValue, type Reading } from './attribute.ts';

interface Described {
  readonly doc: string;
}

/** Says of a number that is no positive integer whether TensorFlow.js lets it through all the same. */
type Tolerance = (value: number) => boolean;

/** A positive integer that TensorFlow.js insists on having. */
export const requiredCount = (options: Described & { readonly tolerates?: Tolerance }): AttributeType<Dim> => ({
  type: 'integer', doc: options.doc, required: true, inert: false,
  read: raw => readCount(raw, options.tolerates),
});

/** A positive integer with a default. */
export const count = (options: Described & { readonly default: number; readonly tolerates?: Tolerance }): AttributeType<Dim> => ({
  type: 'integer', doc: options.doc, required: false, default: options.default, inert: false,
  read: raw => readCount(raw, options.tolerates),
});

interface PerAxis extends Described {
  /** What the numbers of a list stand for, in order: `['height', 'width']`. */
  readonly axes: readonly string[];
  readonly tolerates?: Tolerance;
  /** False where TensorFlow.js takes a list only. */
  readonly single?: boolean;
  /** True where TensorFlow.js does not mind a list that is too long. */
  readonly longer?: boolean;
}

/** A positive integer for all axes, or a list with one for each. */
export const requiredPerAxis = (options: PerAxis): AttributeType<readonly Dim[]> => ({
  type: perAxisType(options), doc: options.doc, required: true, inert: false,
  read: raw => readPerAxis(raw, options),
});

export const perAxis = (options: PerAxis & { readonly default: number }): AttributeType<readonly Dim[]> => ({
  type: perAxisType(options), doc: options.doc, required: false, inert: false,
  default: options.axes.map(() => options.default),
  read: raw => readPerAxis(raw, options),
});

/** As `perAxis`, but where nothing is given the layer decides from its other attributes. */
export const optionalPerAxis = (options: PerAxis): AttributeType<readonly Dim[] | undefined> => ({
  type: perAxisType(options), doc: options.doc, required: false, inert: false,
  read: raw => readPerAxis(raw, options),
});

/** One of a few strings. */
export const choice = <T extends string>(options: Described & { readonly choices: readonly T[]; readonly default: T; readonly inert?: boolean }): AttributeType<T> => {
  const type = options.choices.map(name => `'${name}'`).join(' | ');
  return {
    type, doc: options.doc, required: false, default: options.default, inert: options.inert ?? false, choices: options.choices,
    read: raw => {
      if (isUnknown(raw)) return { unknown: raw };
      if (options.choices.includes(raw as T)) return { value: raw as T };
      return isSymbolic(raw) ? { unknown: unknown(`${formatValue(raw)} is not known`) } : { expected: type };
    },
  };
};

/** True or false; TensorFlow.js only asks whether the value is truthy. */
export const flag = (options: Described & { readonly default: boolean; readonly inert?: boolean }): AttributeType<boolean> => ({
  type: 'boolean', doc: options.doc, required: false, default: options.default, inert: options.inert ?? false, choices: [true, false],
  read: raw => {
    if (isUnknown(raw)) return { unknown: raw };
    return isSymbolic(raw) ? { unknown: unknown(`${formatValue(raw)} may be zero`) } : { value: Boolean(raw) };
  },
});

/** The index of an axis, the batch being 0; negative ones count from the end. */
export const axis = (options: Described & { readonly default: number }): AttributeType<number | Unknown> => ({
  type: 'integer', doc: options.doc, required: false, default: options.default, inert: false,
  read: readAxis,
});

/** A value that neither the shape nor the weights depend on and that TensorFlow.js takes as it comes. */
export const inert = (options: Described & { readonly type: string; readonly default?: AttributeValue }): AttributeType<AttributeValue> => ({
  type: options.type, doc: options.doc, required: false, inert: true,
  ...(options.default === undefined ? {} : { default: options.default }),
  read: raw => ({ value: raw }),
});

/** Something that TensorFlow.js looks up by its name, or an object that is one. */
export const named = (options: Described & { readonly type: string; readonly names: readonly string[]; readonly default?: string }): AttributeType<AttributeValue> => ({
  type: options.type, doc: options.doc, required: false, inert: true,
  ...(options.default === undefined ? {} : { default: options.default }),
  read: raw => {
    if (typeof raw === 'string' && !options.names.includes(raw)) return { expected: `one of ${options.names.join(', ')}` };
    return typeof raw === 'number' || typeof raw === 'boolean' || isList(raw) ? { expected: options.type } : { value: raw };
  },
});

function readCount(raw: AttributeValue, tolerates: Tolerance = () => false): Reading<Dim> {
  if (isUnknown(raw) || isSymbolic(raw)) return { value: raw };
  const expected = 'a positive integer';
  if (typeof raw !== 'number') return { expected };
  if (Number.isInteger(raw) && raw > 0) return { value: raw };
  return tolerates(raw) ? { value: unknown(`${raw} is not ${expected}`), doubt: expected } : { expected };
}

export function readAxis(raw: AttributeValue): Reading<number | Unknown> {
  if (isUnknown(raw)) return { value: raw };
  if (isSymbolic(raw)) return { value: unknown(`the axis ${formatValue(raw)} is not known`) };
  return typeof raw === 'number' && Number.isInteger(raw) ? { value: raw } : { expected: 'an integer' };
}

function readPerAxis(raw: AttributeValue, options: PerAxis): Reading<readonly Dim[]> {
  const { axes, tolerates, single = true, longer = false } = options;
  const list = `${axes.length} of them, [${axes.join(', ')}]`;
  const expected = !single ? `positive integers, ${list}` : `a positive integer${axes.length === 1 ? '' : ` or ${list}`}`;
  if (isUnknown(raw)) return { value: axes.map(() => raw) };
  if (isList(raw) ? raw.length < axes.length || (raw.length > axes.length && !longer) : !single) return { expected };
  const read = axes.map((_, i) => readCount(isList(raw) ? raw[i] : raw, tolerates));
  const values = read.map(reading => ('value' in reading ? reading.value : undefined));
  if (values.includes(undefined)) return { expected };
  const doubtful = (isList(raw) && raw.length > axes.length) || read.some(reading => 'value' in reading && reading.doubt !== undefined);
  return doubtful ? { value: values as Dim[], doubt: expected } : { value: values as Dim[] };
}

function perAxisType({ axes, single }: PerAxis): string {
  const list = `[${axes.join(', ')}]`;
  if (single === false) return list;
  return axes.length === 1 ? 'integer' : `integer or ${list}`;
}
