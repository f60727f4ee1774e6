// Tensors that a program makes of its data and computes with: their shapes, where these follow from what it writes. Programs
// read `xs.shape[1]` for the input of a first layer, and apply layers to data.
import { isKnown, productOfDims, unknown } from '../../shapes/dim.ts';
import { native } from '../builtins/native.ts';
import { assumed, dimOfValue, notesOf, plain, valueOfDim } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, TensorValue, UnknownValue, type NativeCall, type NativeFunction, type Value } from '../values.ts';
import { dataTensor } from './apply-layer.ts';
import { broadcast, concatenated, multiplied, parted, shapeRules, sizesOf, sizesOfList, sizesOfOperand, someSizesOfList, stacked, type ShapeRule, type Sizes } from './tensor-shapes.ts';

/** Where a shape does not follow, such a function is one that is not known. */
const making = (name: string, sizesOfResult: (run: Run, call: NativeCall) => Sizes | undefined): [string, NativeFunction] => [
  name, native(`tf.${name}`, (run, call) => made(run, sizesOfResult(run, call), call) ?? notEvaluated(run, `tf.${name}`, `tf.${name} is not evaluated`, call)),
];

function made(run: Run, sizes: Sizes | undefined, call: NativeCall): TensorValue | undefined {
  return sizes && dataTensor(run, sizes, [...new Set([call.thisValue, ...call.args].flatMap(notesOfTensors))], call.at, call.call);
}

/** What a size rests on, be it a number by itself or in a list, or the shape of a tensor. */
function notesOfTensors(value: Value): readonly string[] {
  const given = plain(value);
  if (given instanceof TensorValue) return given.application.assumed;
  if (given instanceof ArrayValue && !given.open && given.elements.length < 10) return [...notesOf(value), ...given.elements.flatMap(notesOf)];
  return notesOf(value);
}

const notEvaluated = (run: Run, name: string, reason: string, call: NativeCall): Value =>
  run.interpreter.call(run, new UnknownValue(unknown(reason, call.at), name), call);

/** As TensorFlow.js infers it: the lengths of the first elements, each list within the one before. */
function sizesOfData(value: Value): Sizes | undefined {
  const sizes: number[] = [];
  for (let data = plain(value); ; data = plain(data.elements[0])) {
    if (!(data instanceof ArrayValue)) return typeof data === 'number' || typeof data === 'boolean' || typeof data === 'string' ? sizes : undefined;
    if (data.open || data.elements.length === 0) return undefined;
    sizes.push(data.elements.length);
  }
}

/** `tf.tensor2d(values, shape)`: the shape may be left out where the values are nested. */
function sizesOfTensor(run: Run, [values, shape]: readonly Value[], rank?: number): Sizes | undefined {
  const ofData = sizesOfData(values);
  const given = plain(shape) === undefined || plain(shape) === null ? ofData : someSizesOfList(run, shape);
  if (!given || (rank !== undefined && given.length !== rank)) return undefined;
  // TensorFlow.js refuses other data than the shape has room for.
  const [room, filled] = [productOfDims(given), ofData ? productOfDims(ofData) : undefined];
  return filled !== undefined && isKnown(room) && room !== filled ? undefined : given;
}

/** `tf.range(start, stop, step)`. */
function sizeOfRange({ args }: NativeCall): Sizes | undefined {
  const [start, stop, step = 1] = args.map(plain);
  if (typeof start !== 'number' || typeof stop !== 'number' || typeof step !== 'number' || step === 0) return undefined;
  return [Math.max(0, Math.ceil((stop - start) / step))];
}

function sizesOfSquare(run: Run, { args: [rows, columns] }: NativeCall): Sizes | undefined {
  const sizes = sizesOfList(run, new ArrayValue([rows, plain(columns) === undefined ? rows : columns]));
  return sizes?.every(isKnown) ? sizes : undefined;
}

function sizesOfOneHot(run: Run, { args: [indices, depth] }: NativeCall): Sizes | undefined {
  const places = sizesOf(indices) ?? sizesOfData(indices);
  const classes = dimOfValue(run, depth);
  return places && isKnown(classes) ? [...places, classes] : undefined;
}

/** Undefined where those of one of them are not known. */
const partsOf = (values: readonly Value[]): Sizes[] | undefined => {
  const parts = values.map(sizesOf);
  return parts.includes(undefined) ? undefined : (parts as Sizes[]);
};

function listed(value: Value): Sizes[] | undefined {
  const given = plain(value);
  return given instanceof ArrayValue && !given.open ? partsOf(given.elements) : undefined;
}

/** Methods of tensors whose shapes follow from more than one tensor. */
const withOthers: Readonly<Record<string, ShapeRule>> = {
  concat: (_run, sizes, [others, axis]) => {
    const parts = plain(others) instanceof TensorValue ? partsOf([others]) : listed(others);
    return parts && concatenated([sizes, ...parts], axis ?? 0);
  },
  stack: (_run, sizes, [other, axis]) => {
    const parts = partsOf([other]);
    return parts && stacked([sizes, ...parts], axis ?? 0);
  },
  matMul: (_run, sizes, [other, turnsFirst, turnsSecond]) => {
    const turns = [turnsFirst, turnsSecond].map(turn => plain(turn) ?? false);
    return turns.every(turn => typeof turn === 'boolean') ? multiplied(sizes, sizesOf(other), turns as [boolean, boolean]) : undefined;
  },
  // `a.where(condition, b)`, whose three are broadcast.
  where: (_run, sizes, [condition, other]) => {
    const both = broadcast(sizes, sizesOfOperand(other));
    return both && broadcast(both, sizesOf(condition));
  },
};

/** A list of tensors, which a program takes apart. */
function split(run: Run, tensor: Value, how: readonly Value[], call: NativeCall): ArrayValue | undefined {
  const sizes = sizesOf(tensor);
  const parts = sizes && parted(run, sizes, how);
  return parts && new ArrayValue(parts.map(part => made(run, part, call)));
}

/** Functions of `tf` that make a tensor, by name. */
export const tensorFunctions: Readonly<Record<string, NativeFunction>> = Object.fromEntries([
  making('tensor', (run, { args }) => sizesOfTensor(run, args)),
  making('tensor1d', (run, { args: [values] }) => sizesOfTensor(run, [values], 1)),
  ...[2, 3, 4, 5, 6].map(rank => making(`tensor${rank}d`, (run, call) => sizesOfTensor(run, call.args, rank))),
  making('scalar', (_run, { args: [value] }) => (['number', 'boolean', 'string'].includes(typeof plain(value)) ? [] : undefined)),
  making('fill', (run, { args: [shape] }) => sizesOfList(run, shape)),
  making('eye', sizesOfSquare),
  making('linspace', (run, { args: [, , count] }) => sizesOfList(run, count)),
  making('range', (_run, call) => sizeOfRange(call)),
  making('oneHot', sizesOfOneHot),
  making('concat', (_run, { args: [tensors, axis] }) => concatenated(listed(tensors) ?? [], axis ?? 0)),
  making('stack', (_run, { args: [tensors, axis] }) => stacked(listed(tensors) ?? [], axis ?? 0)),
  making('where', (run, { args: [condition, tensor, other] }) => {
    const sizes = sizesOf(tensor);
    return sizes && withOthers['where']!(run, sizes, [condition, other]);
  }),
  ['split', native('tf.split', (run, call) => split(run, call.args[0], call.args.slice(1), call) ?? notEvaluated(run, 'tf.split', 'tf.split is not evaluated', call))],
  ...[...shapeRules, ['matMul', withOthers['matMul']!] as const].map(([name, rule]) => making(name, (run, { args: [tensor, ...others] }) => {
    const sizes = sizesOf(tensor);
    return sizes && rule(run, sizes, others);
  })),
]);

/** `tf.linalg.bandPart(matrix, lower, upper)`. */
export const bandPart = making('linalg.bandPart', (_run, { args: [tensor] }) => sizesOf(tensor))[1];

/** `tf.util.sizeFromShape([28, 28])`. */
export const sizeFromShape = native('tf.util.sizeFromShape', (run, call) => {
  const [shape] = call.args;
  const sizes = sizesOfList(run, shape);
  return sizes ? assumed(valueOfDim(productOfDims(sizes)), notesOfTensors(shape)) : notEvaluated(run, 'tf.util', 'tf.util.sizeFromShape is not evaluated', call);
});

const methods = new Map<string, NativeFunction>([
  ['split', native('split', (run, call) => split(run, call.thisValue, call.args, call) ?? notEvaluated(run, 'split', 'split of a tensor is not evaluated', call))],
]);
for (const [name, rule] of [...shapeRules, ...Object.entries(withOthers)]) {
  methods.set(name, native(name, (run, call) => {
    const sizes = sizesOf(call.thisValue);
    return made(run, sizes && rule(run, sizes, call.args), call) ?? notEvaluated(run, name, `${name} of a tensor is not evaluated`, call);
  }));
}

/** A method of a tensor that gives another one; nothing where the tensor's own shape is open, as it is in a model. */
export const tensorMethod = (tensor: TensorValue, name: string): NativeFunction | undefined => (sizesOf(tensor) ? methods.get(name) : undefined);
