// What TensorFlow.js did beside what was inferred. Each difference is an error of Blockscope's, and is shown as one.
import { exactCount } from '../../src/blocks/features/figures.ts';
import { wholeShape } from '../../src/blocks/features/shape-label.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { totalsOf } from '../../src/blocks/graph/totals.ts';
import type { Mismatch } from '../../src/blocks/protocol/messages.ts';
import { formatDim } from '../../src/blocks/shapes/dim.ts';
import { isRanked, type Shape } from '../../src/blocks/shapes/shape.ts';

/** By layer, all its tensors. A dim that was not inferred agrees with anything: it was not claimed. */
export function compareShapes(graph: BlockGraph, measured: ReadonlyMap<number, readonly (readonly number[])[]>): Mismatch[] {
  return graph.nodes.flatMap(node => {
    const shapes = measured.get(node.id) ?? [];
    const inferred = [node.output, ...node.furtherOutputs];
    return shapes.flatMap((shape, i) => (inferred[i] && agrees(inferred[i], shape) ? [] : [{
      node: node.id, what: 'shape' as const, inferred: inferred[i] ? wholeShape(inferred[i]) : 'no tensor', measured: `[${shape.join(', ')}]`,
    }]));
  });
}

/** By layer, so that the one whose weights differ is named; weights that are shared are one layer's. */
export function compareParams(graph: BlockGraph, measured: ReadonlyMap<number, number>): Mismatch[] {
  return [...measured].flatMap(([key, count]) => {
    const node = graph.nodes.find(candidate => candidate.weightsKey === key && candidate.inputs.length > 0);
    if (!node || typeof node.params !== 'number' || node.params === count) return [];
    return [{ node: node.id, what: 'params' as const, inferred: exactCount(node.params), measured: exactCount(count) }];
  });
}

/** The inferred number of parameters; text where it is not a number. */
export function totalParams(graph: BlockGraph): number | string {
  const { params } = totalsOf(graph.nodes);
  return typeof params === 'number' ? params : exactCount(params);
}

/** As a message carries it: numbers, symbols as text, `null` for open dims and `"?"` for unknown ones. */
export const shapeAsNumbers = (shape: Shape): (number | string | null)[] =>
  isRanked(shape) ? shape.map(dim => (typeof dim === 'number' || dim === null ? dim : formatDim(dim))) : ['?'];

function agrees(inferred: Shape, measured: readonly number[]): boolean {
  if (!isRanked(inferred)) return true;
  return inferred.length === measured.length && inferred.every((dim, i) => typeof dim !== 'number' || dim === measured[i]);
}
