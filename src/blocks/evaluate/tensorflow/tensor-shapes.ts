// What operations on tensors do to their shapes, as far as programs use them to bring data into the shape of a layer's input.
import { addDims, isKnown, multiplyDims, productOfDims, type Dim } from '../../shapes/dim.ts';
import { dimOfValue, plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, TensorValue, type Value } from '../values.ts';

/** Without an open batch: what a program computes with has a size everywhere. */
export type Sizes = readonly Exclude<Dim, null>[];

/** The sizes after the operation; undefined where they are not known, or where it would throw. */
export type ShapeRule = (run: Run, sizes: Sizes, args: readonly Value[]) => Sizes | undefined;

const same: ShapeRule = (_run, sizes) => sizes;

const ofEachElement = [
  'abs', 'asType', 'cast', 'ceil', 'clipByValue', 'clone', 'cos', 'elu', 'exp', 'floor', 'leakyRelu', 'log', 'logSoftmax', 'logicalNot', 'neg', 'onesLike',
  'reciprocal', 'relu', 'relu6', 'reverse', 'round', 'rsqrt', 'selu', 'sigmoid', 'sign', 'sin', 'softmax', 'softplus', 'sqrt', 'square', 'step',
  'tanh', 'toBool', 'toFloat', 'toInt', 'variable', 'zerosLike',
];

const ofTwo = [
  'add', 'div', 'divNoNan', 'equal', 'greater', 'greaterEqual', 'less', 'lessEqual', 'logicalAnd', 'logicalOr', 'maximum', 'minimum', 'mod', 'mul',
  'notEqual', 'pow', 'squaredDifference', 'sub',
];

const reducing = ['all', 'any', 'logSumExp', 'max', 'mean', 'min', 'prod', 'sum'];

const alike = (names: readonly string[], rule: ShapeRule): [string, ShapeRule][] => names.map(name => [name, rule]);

export const shapeRules: ReadonlyMap<string, ShapeRule> = new Map<string, ShapeRule>([
  ...alike(ofEachElement, same),
  ...alike(ofTwo, (_run, sizes, [other]) => broadcast(sizes, sizesOfOperand(other))),
  ...alike(reducing, (_run, sizes, [axis, keepDims]) => reduce(sizes, axis, keepDims)),
  ...alike(['argMax', 'argMin'], (_run, sizes, [axis]) => reduce(sizes, axis ?? 0, false)),
  ['reshape', (run, sizes, [shape]) => reshape(sizes, sizesOfList(run, shape))],
  ['flatten', (_run, sizes) => [productOfDims(sizes) as Sizes[number]]],
  ['as1D', (_run, sizes) => [productOfDims(sizes) as Sizes[number]]],
  ...alike(['as2D', 'as3D', 'as4D'], (run, sizes, given) => reshape(sizes, sizesOfList(run, new ArrayValue([...given])))),
  ['tile', (run, sizes, [repetitions]) => tile(sizes, sizesOfList(run, repetitions))],
  ['pad', (run, sizes, [paddings]) => pad(run, sizes, plain(paddings))],
  ['expandDims', (_run, sizes, [axis]) => expandDims(sizes, plain(axis) ?? 0)],
  ['squeeze', (_run, sizes, [axes]) => squeeze(sizes, plain(axes))],
  ['transpose', (run, sizes, [order]) => transpose(sizes, plain(order) === undefined ? undefined : sizesOfList(run, order))],
  ['slice', (run, sizes, [begin, size]) => slice(sizes, sizesOfList(run, begin), plain(size) === undefined ? [] : sizesOfList(run, size))],
]);

/** The sizes that a program lists, or a single one; undefined where one of them is not known. */
export function sizesOfList(run: Run, value: Value): Sizes | undefined {
  const given = plain(value);
  if (typeof given === 'number') return [given];
  if (!(given instanceof ArrayValue) || given.open) return undefined;
  const sizes = given.elements.map(element => dimOfValue(run, element));
  return sizes.every(size => size !== null && (isKnown(size) ? Number.isInteger(size) : size.kind === 'symbolic')) ? (sizes as Sizes) : undefined;
}

/** The same where it is enough to know one of them: `[rows.length, 4]`. */
export function someSizesOfList(run: Run, value: Value): Sizes | undefined {
  const given = plain(value);
  if (!(given instanceof ArrayValue) || given.open) return undefined;
  const sizes = given.elements.map(element => dimOfValue(run, element));
  return sizes.some(isKnown) && sizes.every(size => size !== null && (!isKnown(size) || Number.isInteger(size))) ? (sizes as Sizes) : undefined;
}

export const sizesOf = (value: Value): Sizes | undefined => {
  const given = plain(value);
  return given instanceof TensorValue && Array.isArray(given.shape) && !given.shape.includes(null) ? (given.shape as Sizes) : undefined;
};

export const sizesOfOperand = (value: Value): Sizes | undefined => (typeof plain(value) === 'number' ? [] : sizesOf(value));

/** An axis counted from 0; undefined where there is none of that number. */
function axisOf(value: Value, rank: number): number | undefined {
  const axis = plain(value);
  if (typeof axis !== 'number' || !Number.isInteger(axis) || axis < -rank || axis >= rank) return undefined;
  return axis < 0 ? axis + rank : axis;
}

function axesOf(value: Value, rank: number): number[] | undefined {
  const given = plain(value);
  if (given instanceof ArrayValue && given.open) return undefined;
  const axes = (given instanceof ArrayValue ? given.elements : [given]).map(axis => axisOf(axis, rank));
  return axes.includes(undefined) ? undefined : (axes as number[]);
}

export function broadcast(a: Sizes, b: Sizes | undefined): Sizes | undefined {
  if (!b) return undefined;
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  if (![...long, ...short].every(isKnown)) return short.length === 0 ? long : undefined;
  const joined = long.map((size, i) => {
    const other = short[i - long.length + short.length] ?? 1;
    return size === other || other === 1 ? size : size === 1 ? other : undefined;
  });
  return joined.includes(undefined) ? undefined : (joined as Sizes);
}

function reduce(sizes: Sizes, axis: Value, keepDims: Value): Sizes | undefined {
  const keeps = plain(keepDims);
  if (keeps !== undefined && typeof keeps !== 'boolean') return undefined;
  const given = plain(axis);
  const axes = given === undefined || given === null ? sizes.map((_, i) => i) : axesOf(given, sizes.length);
  if (!axes) return undefined;
  return keeps ? sizes.map((size, i) => (axes.includes(i) ? 1 : size)) : sizes.filter((_, i) => !axes.includes(i));
}

/** One size may be -1, which stands for what is left. */
function reshape(sizes: Sizes, wanted: Sizes | undefined): Sizes | undefined {
  if (!wanted || ![...sizes, ...wanted].every(isKnown)) return undefined;
  const numbers = wanted as readonly number[];
  const all = (sizes as readonly number[]).reduce((product, size) => product * size, 1);
  const given = numbers.filter(size => size !== -1).reduce((product, size) => product * size, 1);
  const open = numbers.length - numbers.filter(size => size !== -1).length;
  if (open > 1 || (open === 0 ? given !== all : given === 0 || all % given !== 0)) return undefined;
  return numbers.map(size => (size === -1 ? all / given : size));
}

function expandDims(sizes: Sizes, axis: Value): Sizes | undefined {
  const place = axisOf(axis, sizes.length + 1);
  return place === undefined ? undefined : [...sizes.slice(0, place), 1, ...sizes.slice(place)];
}

function squeeze(sizes: Sizes, axes: Value): Sizes | undefined {
  if (!sizes.every(isKnown)) return undefined;
  if (axes === undefined || axes === null) return sizes.filter(size => size !== 1);
  const places = axesOf(axes, sizes.length);
  return places?.every(place => sizes[place] === 1) ? sizes.filter((_, i) => !places.includes(i)) : undefined;
}

function transpose(sizes: Sizes, order: Sizes | undefined): Sizes | undefined {
  if (!order) return [...sizes].reverse();
  const moved = order.map(place => (isKnown(place) ? sizes[place] : undefined));
  return moved.length !== sizes.length || new Set(order).size !== sizes.length || moved.includes(undefined) ? undefined : (moved as Sizes);
}

/** Where a size is left out or is -1, the slice goes to the end. */
function slice(sizes: Sizes, begin: Sizes | undefined, size: Sizes | undefined): Sizes | undefined {
  if (!begin || !size || begin.length > sizes.length || ![...sizes, ...begin, ...size].every(isKnown)) return undefined;
  const cut = (sizes as readonly number[]).map((all, i) => {
    const start = (begin[i] as number | undefined) ?? 0;
    const given = (size[i] as number | undefined) ?? -1;
    const length = given === -1 ? all - start : given;
    return start < 0 || length < 0 || start + length > all ? undefined : length;
  });
  return cut.includes(undefined) ? undefined : (cut as Sizes);
}

/** Tensors side by side along an axis. */
export function concatenated(parts: readonly Sizes[], axis: Value): Sizes | undefined {
  const [first] = parts;
  const place = first && axisOf(axis, first.length);
  if (!first || place === undefined || !parts.every(part => part.every(isKnown))) return undefined;
  const fits = parts.every(part => part.length === first.length && part.every((size, i) => i === place || size === first[i]));
  return fits ? first.map((size, i) => (i === place ? parts.reduce((sum, part) => sum + (part[i] as number), 0) : size)) : undefined;
}

/** Tensors of one shape on top of each other. */
export function stacked(parts: readonly Sizes[], axis: Value): Sizes | undefined {
  const [first] = parts;
  const place = first && axisOf(axis, first.length + 1);
  if (!first || place === undefined || !parts.every(part => part.length === first.length && part.every((size, i) => isKnown(size) && size === first[i]))) return undefined;
  return [...first.slice(0, place), parts.length, ...first.slice(place)];
}

/** Matrices times matrices; what is before their two dims is broadcast. */
export function multiplied(a: Sizes, b: Sizes | undefined, turns: readonly [boolean, boolean]): Sizes | undefined {
  if (!b || a.length < 2 || b.length < 2 || ![...a, ...b].every(isKnown)) return undefined;
  const [rows, inner] = turns[0] ? [a.at(-1)!, a.at(-2)!] : [a.at(-2)!, a.at(-1)!];
  const [expected, columns] = turns[1] ? [b.at(-1)!, b.at(-2)!] : [b.at(-2)!, b.at(-1)!];
  const batch = broadcast(a.slice(0, -2), b.slice(0, -2));
  return batch && inner === expected ? [...batch, rows, columns] : undefined;
}

function tile(sizes: Sizes, repetitions: Sizes | undefined): Sizes | undefined {
  return repetitions?.length === sizes.length ? sizes.map((size, i) => multiplyDims(size, repetitions[i]!) as Sizes[number]) : undefined;
}

/** `[[before, after], …]`, a pair for each dim. */
function pad(run: Run, sizes: Sizes, paddings: Value): Sizes | undefined {
  if (!(paddings instanceof ArrayValue) || paddings.open || paddings.elements.length !== sizes.length) return undefined;
  const padded = paddings.elements.map((pair, i) => {
    const margins = sizesOfList(run, pair);
    return margins?.length === 2 ? (addDims(sizes[i]!, addDims(margins[0]!, margins[1]!)) as Sizes[number]) : undefined;
  });
  return padded.includes(undefined) ? undefined : (padded as Sizes);
}

/** The parts that `tf.split` makes: how many of one size, or the size of each. */
export function parted(run: Run, sizes: Sizes, [parts, axis]: readonly Value[]): Sizes[] | undefined {
  const place = axisOf(axis ?? 0, sizes.length);
  const all = place === undefined ? undefined : sizes[place];
  if (place === undefined || all === undefined || !isKnown(all)) return undefined;
  const given = plain(parts);
  const lengths = typeof given === 'number' ? (all % given === 0 ? Array.from({ length: given }, () => all / given) : undefined) : sizesOfList(run, parts);
  if (!lengths?.every(isKnown) || lengths.reduce<number>((sum, length) => sum + (length as number), 0) !== all) return undefined;
  return lengths.map(length => sizes.map((size, i) => (i === place ? length : size)));
}
