// Cells on top of each other: each takes what the one before gives in the same step.
import { invalidCombination } from '../../problems/invalid-combination.ts';
import { isUnknown, unknown, type Dim } from '../../shapes/dim.ts';
import type { Shape } from '../../shapes/shape.ts';
import { formatValue, isInnerLayer, isList, isOpaque, type AttributeSchema, type AttributeType, type InnerLayer } from '../attribute.ts';
import type { LayerCall, WeightShape } from '../define-layer.ts';
import type { ElementCall, ElementOperation } from '../element-operations.ts';

/** A list of cells, or one alone where `single` allows it. */
export const cellsAttribute = (doc: string, options: { readonly single: boolean }): AttributeType<readonly InnerLayer[]> => ({
  type: options.single ? 'cell or [cell, …]' : '[cell, …]', doc, required: true, inert: false,
  read(raw) {
    if (isUnknown(raw)) return { unknown: raw };
    const cells = isList(raw) ? raw : options.single ? [raw] : [];
    if (cells.length > 0 && cells.every(isInnerLayer)) return { value: cells };
    const opaque = cells.find(cell => isOpaque(cell) || isUnknown(cell));
    return opaque === undefined ? { expected: options.single ? 'a cell or a list of cells' : 'a list of cells' } : { unknown: unknown(`${formatValue(opaque)} is no cell that can be read`) };
  },
});

/** TensorFlow.js needs to know the states. */
export function refuseOtherLayers(layer: string, call: LayerCall<AttributeSchema>, cells: readonly InnerLayer[], attribute: string): void {
  const other = cells.map(call.definitionOf).find(definition => definition && !definition.states);
  if (other) call.report(invalidCombination, { layer, rule: `needs a cell, and ${other.name} is none` }, attribute);
}

interface Stack {
  /** Those of the last cell first, as TensorFlow.js has them; unknown where a cell is none that is known. */
  readonly states: readonly Shape[];
  readonly weights: readonly WeightShape[];
  readonly macProducts: readonly (readonly Dim[])[];
  /** What goes into each cell. */
  readonly inputs: readonly Shape[];
}

/** What cells make of one step. */
export function stack(call: LayerCall<AttributeSchema>, cells: readonly InnerLayer[], step: Shape): Stack {
  let input = step;
  let states: readonly Shape[] = [];
  const weights: WeightShape[] = [];
  const macProducts: (readonly Dim[])[] = [];
  const inputs: Shape[] = [];
  cells.forEach((cell, i) => {
    inputs.push(input);
    const made = call.infer(cell, [input]);
    const own = made.states ?? [];
    input = own[0] ?? unknown(`${cell.layer} is no cell that Blockscope knows`);
    states = [...(own.length > 0 ? own : [input]), ...states];
    weights.push(...made.weights.map(weight => (cells.length > 1 ? { ...weight, name: `cell_${i}_${weight.name}` } : weight)));
    macProducts.push(...made.macProducts);
  });
  return { states, weights, macProducts, inputs };
}

/** What cells compute value by value in one step. */
export const stackOperations = (call: ElementCall<AttributeSchema>, cells: readonly InnerLayer[], { inputs }: Stack): readonly ElementOperation[] =>
  cells.flatMap((cell, i) => call.elementOperations(cell, [inputs[i]!]));
