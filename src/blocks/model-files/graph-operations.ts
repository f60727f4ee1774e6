// The operations of a graph model (a GraphDef of TensorFlow), with what their attributes say of shapes.
import { isKnown, type Dim } from '../shapes/dim.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';
import type { JsonText } from './json-text.ts';
import { arrayAt, field, isArray, isObject, member, objectAt, stringAt, type JsonNode } from '../json/json-tree.ts';

export interface Operation {
  readonly name: string;
  readonly op: string;
  /** Where the operation is named. */
  readonly at: Location;
  /** The names of the operations whose results go in, in their order; the order of evaluation alone is no input. */
  readonly inputs: readonly string[];
  /** What its attributes say of what it gives. */
  readonly output: Shape | undefined;
  /** Of a constant. */
  readonly isFloat: boolean;
}

/** In the order of the file. */
export function operationsOf(topology: JsonNode, source: JsonText): Operation[] {
  return (arrayAt(topology, 'node')?.items ?? []).flatMap(node => {
    const [name, op] = [stringAt(node, 'name'), isObject(node) ? node.members.find(member => member.name === 'op')?.value : undefined];
    if (name === undefined || op?.kind !== 'value' || typeof op.value !== 'string') return [];
    const attributes = objectAt(node, 'attr');
    const inputs = arrayAt(node, 'input')?.items.flatMap(item => (item.kind === 'value' && typeof item.value === 'string' && !item.value.startsWith('^') ? [nameOf(item.value)] : [])) ?? [];
    return [{
      name, op: op.value, at: source.at(op.start, op.end), inputs,
      output: outputOf(op.value, attributes), isFloat: dtypeOf(field(member(attributes, 'dtype'), 'type'))?.includes('float') === true,
    }];
  });
}

/** Of each function that loops and conditions call, how many operations it has. */
export const functionsOf = (topology: JsonNode): number[] =>
  (arrayAt(member(topology, 'library'), 'function')?.items ?? []).flatMap(one => arrayAt(one, 'node_def')?.items.length ?? []);

/** `conv/BiasAdd:0` is a result of `conv/BiasAdd`. */
export const nameOf = (tensor: string): string => tensor.replace(/^\^/, '').replace(/:\d+$/, '');

function outputOf(op: string, attributes: JsonNode | undefined): Shape | undefined {
  if (op === 'Const') return graphShape(field(member(member(attributes, 'value'), 'tensor'), 'tensorShape') ?? member(member(member(attributes, 'value'), 'tensor'), 'tensor_shape'));
  if (op === 'Placeholder' || op === 'PlaceholderWithDefault') return graphShape(member(member(attributes, 'shape'), 'shape'));
  const shapes = member(member(member(attributes, '_output_shapes'), 'list'), 'shape');
  return isArray(shapes) ? graphShape(shapes.items[0]) : undefined;
}

/** `{ "dim": [{ "size": "-1" }, { "size": "3" }] }`, where -1 is left open; undefined where not even the rank is known. */
export function graphShape(node: JsonNode | undefined): Shape | undefined {
  if (!isObject(node) || node.damaged) return undefined;
  const rank = member(node, 'unknownRank') ?? member(node, 'unknown_rank');
  if (rank?.kind === 'value' && rank.value === true) return undefined;
  const dims = arrayAt(node, 'dim')?.items.map(dimOf) ?? [];
  return dims.every(dim => dim !== undefined) ? dims : undefined;
}

function dimOf(dim: JsonNode): Dim | undefined {
  const size = member(dim, 'size');
  if (!isObject(dim) || dim.damaged || size?.kind !== 'value') return undefined;
  const count = Number(size.value);
  return Number.isSafeInteger(count) && count >= -1 ? (count === -1 ? null : count) : undefined;
}

/** By their numbers, which older converters wrote. */
const dtypes: Readonly<Record<number, string>> = {
  1: 'float32', 2: 'float64', 3: 'int32', 4: 'uint8', 5: 'int16', 6: 'int8', 7: 'string', 8: 'complex64', 9: 'int64', 10: 'bool', 14: 'bfloat16', 17: 'uint16', 18: 'complex128', 19: 'float16', 22: 'uint32', 23: 'uint64',
};
const otherNames: Readonly<Record<string, string>> = { DT_FLOAT: 'float32', DT_DOUBLE: 'float64', DT_HALF: 'float16' };

/** `float32` for `DT_FLOAT` or 1. */
export function dtypeOf(type: JsonNode | undefined): string | undefined {
  if (type?.kind !== 'value') return undefined;
  if (typeof type.value === 'number') return dtypes[type.value];
  if (typeof type.value !== 'string' || !type.value.startsWith('DT_')) return undefined;
  return Object.hasOwn(otherNames, type.value) ? otherNames[type.value] : type.value.slice(3).toLowerCase();
}

/** How many values a shape has; undefined where it leaves some open. */
export function sizeOfShape(shape: Shape | undefined): number | undefined {
  if (!Array.isArray(shape)) return undefined;
  const dims = shape as readonly Dim[];
  return dims.every(isKnown) ? dims.reduce<number>((product, dim) => product * (dim as number), 1) : undefined;
}
