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
      output: outputOf(op.value, attributes), isFloat: isFloat(field(member(attributes, 'dtype'), 'type')),
    }];
  });
}

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

/** Older converters wrote types as numbers. */
function isFloat(type: JsonNode | undefined): boolean {
  return type?.kind === 'value' && (type.value === 'DT_FLOAT' || type.value === 'DT_HALF' || type.value === 'DT_DOUBLE' || type.value === 1 || type.value === 2 || type.value === 19);
}

/** How many values a shape has; undefined where it leaves some open. */
export function sizeOfShape(shape: Shape | undefined): number | undefined {
  if (!Array.isArray(shape)) return undefined;
  const dims = shape as readonly Dim[];
  return dims.every(isKnown) ? dims.reduce<number>((product, dim) => product * (dim as number), 1) : undefined;
}
