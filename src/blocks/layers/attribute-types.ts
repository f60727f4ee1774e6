// The types that attributes have in the layers of TensorFlow.js: counts, one number per axis, choices, flags, axes.
// Each reads a raw value the way TensorFlow.js does, which is stricter with some attributes than with others.
import { isSymbolic, isUnknown, unknown, type Dim, type Unknown } from '../shapes/dim.ts';
import { formatValue, isList, type AttributeType, type AttributeValue, type Reading } from './attribute.ts';
import { similarName } from './similar-name.ts';

interface Described {
  readonly doc: string;
}

/** Says of a number that is no positive integer whether TensorFlow.js lets it through all the same, alone or in a list. */
type Tolerance = 'anything' | ((value: number, inList: boolean) => boolean);

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
  /** True where TensorFlow.js neither counts the numbers of a list nor minds lists in it. */
  readonly anyLength?: boolean;
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
      return isSymbolic(raw) ? { unknown: unknown(`${formatValue(raw)} is not known`) } : refusal(raw, options.choices, oneOf(options.choices));
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

/** A type with a default that TensorFlow.js takes for anything falsy, before it checks the value. */
export const orDefault = <T>(type: AttributeType<T>): AttributeType<T> => ({
  ...type,
  read: raw => (raw === '' || raw === 0 || raw === false ? { value: type.default!, doubt: type.type } : type.read(raw)),
});

/** A positive integer that TensorFlow.js neither checks nor insists on having. Of a list in a shape nothing good comes. */
export const uncheckedCount = (options: Described): AttributeType<Dim | undefined> => ({
  type: 'integer', doc: options.doc, required: false, inert: false,
  read: raw => (isList(raw) ? { expected: 'a positive integer' } : readCount(raw, 'anything')),
});

/** The index of an axis, the batch being 0; negative ones count from the end. */
export const axis = (options: Described & { readonly default: number }): AttributeType<number | Unknown> => ({
  type: 'integer', doc: options.doc, required: false, default: options.default, inert: false,
  read: readAxis,
});

/** An axis of which TensorFlow.js does not check that it is an integer. */
export const uncheckedAxis = (options: Described & { readonly default: number }): AttributeType<number | Unknown> => ({
  ...axis(options),
  read: raw => {
    const reading = readAxis(raw);
    return 'expected' in reading ? { value: unknown(`${formatValue(raw)} is no axis`), doubt: reading.expected } : reading;
  },
});

/** A value that neither the shape nor the weights depend on and that TensorFlow.js takes as it comes. */
export const inert = (options: Described & { readonly type: string; readonly default?: AttributeValue }): AttributeType<AttributeValue> => ({
  type: options.type, doc: options.doc, required: false, inert: true,
  ...(options.default === undefined ? {} : { default: options.default }),
  read: raw => ({ value: raw }),
});

/** A number that neither the shape nor the weights depend on and that TensorFlow.js does not check. */
export const number = (options: Described & { readonly default?: number }): AttributeType<AttributeValue> => ({
  type: 'number', doc: options.doc, required: false, inert: true,
  ...(options.default === undefined ? {} : { default: options.default }),
  read: raw => (typeof raw === 'number' || isSymbolic(raw) || isUnknown(raw) ? { value: raw } : { value: raw, doubt: 'a number' }),
});

/** The shape of an input as a list of dims, where `null` leaves one open, or as a single dim where `single` allows it. */
export const shape = (options: Described & { readonly single: boolean }): AttributeType<AttributeValue> => {
  const type = '[number | null, …]';
  return {
    type, doc: options.doc, required: false, inert: false,
    read: raw => {
      const dims = isList(raw) ? raw : [raw];
      const isShape = (isList(raw) || options.single || isUnknown(raw)) && dims.every(isDim);
      if (!isShape) return { expected: type };
      const doubtful = dims.some(dim => typeof dim === 'number' && !(Number.isInteger(dim) && dim > 0));
      return doubtful ? { value: raw, doubt: 'a shape of positive integers, or null where a dim is left open' } : { value: raw };
    },
  };
};

interface Named extends Described {
  readonly type: string;
  readonly names: readonly string[];
  /** Names that are found, but are none of these. */
  readonly doubtful?: readonly string[];
  readonly default?: string;
}

/** Something that TensorFlow.js looks up by its name, or an object that is one. */
export const named = (options: Named): AttributeType<AttributeValue> => ({
  type: options.type, doc: options.doc, required: false, inert: true, choices: options.names,
  ...(options.default === undefined ? {} : { default: options.default }),
  read: raw => {
    if (typeof raw === 'string' && options.doubtful?.includes(raw)) return { value: raw, doubt: options.type };
    if (typeof raw === 'string' && !options.names.includes(raw)) return refusal(raw, options.names, `one of ${options.names.join(', ')}`, options.type);
    return typeof raw === 'number' || typeof raw === 'boolean' || isList(raw) ? { expected: options.type } : { value: raw };
  },
});

/** What is said of a name that is none of the known ones: the nearest, or where none is near all of them. */
function refusal(raw: AttributeValue, names: readonly string[], all: string, inShort = all): { expected: string; suggestion?: string } {
  const suggestion = typeof raw === 'string' ? similarName(raw, names) : undefined;
  return suggestion === undefined ? { expected: all } : { expected: inShort, suggestion: `'${suggestion}'` };
}

const oneOf = (names: readonly string[]): string =>
  `${names.slice(0, -1).map(name => `'${name}'`).join(', ')} or '${names.at(-1)!}'`;

function readCount(raw: AttributeValue, tolerates: Tolerance = () => false, inList = false): Reading<Dim> {
  if (isUnknown(raw) || isSymbolic(raw)) return { value: raw };
  const expected = 'a positive integer';
  if (typeof raw === 'number' && Number.isInteger(raw) && raw > 0) return { value: raw };
  const tolerated = tolerates === 'anything' || (typeof raw === 'number' && tolerates(raw, inList));
  return tolerated ? { value: unknown(`${formatValue(raw)} is not ${expected}`), doubt: expected } : { expected };
}

function readAxis(raw: AttributeValue): Reading<number | Unknown> {
  if (isUnknown(raw)) return { value: raw };
  // A list of one axis, as Keras saves it, works by coercion, but not with a negative number.
  if (isList(raw) && raw.length === 1 && Number(raw[0]) >= 0) return readAxis(raw[0]);
  if (isSymbolic(raw)) return { value: unknown(`the axis ${formatValue(raw)} is not known`) };
  return typeof raw === 'number' && Number.isInteger(raw) ? { value: raw } : { expected: 'an integer' };
}

const isDim = (value: AttributeValue): boolean =>
  value === undefined || value === null || typeof value === 'number' || isSymbolic(value) || isUnknown(value);

function readPerAxis(raw: AttributeValue, options: PerAxis): Reading<readonly Dim[]> {
  const { axes, tolerates, single = true, anyLength = false } = options;
  const list = `${axes.length} of them, [${axes.join(', ')}]`;
  const expected = !single ? `positive integers, ${list}` : `a positive integer${axes.length === 1 ? '' : ` or ${list}`}`;
  if (isUnknown(raw)) return { value: axes.map(() => raw) };
  const miscounted = isList(raw) ? raw.length !== axes.length : !single;
  if (miscounted && !anyLength) return { expected };
  const missing = unknown(`${formatValue(raw)} does not have ${axes.length} numbers`);
  const read = axes.map((_, i) => {
    if (!isList(raw)) return readCount(single ? raw : missing, tolerates);
    const absent = i >= raw.length || (anyLength && isList(raw[i]));
    return readCount(absent ? missing : raw[i], tolerates, true);
  });
  const values = read.map(reading => ('value' in reading ? reading.value : undefined));
  if (values.includes(undefined)) return { expected };
  const doubtful = miscounted || values.includes(missing) || read.some(reading => 'value' in reading && reading.doubt !== undefined);
  return doubtful ? { value: values as Dim[], doubt: expected } : { value: values as Dim[] };
}

function perAxisType({ axes, single }: PerAxis): string {
  const list = `[${axes.join(', ')}]`;
  if (single === false) return list;
  return axes.length === 1 ? 'integer' : `integer or ${list}`;
}
