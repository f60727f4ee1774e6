// What is alive at once while a graph runs, by the last use of each tensor.
import { productOfDims } from '../shapes/dim.ts';
import { isRanked } from '../shapes/shape.ts';
import type { BlockGraph, GraphNode } from './block-graph.ts';

const BYTES_PER_VALUE = 4;

/** Of what a node gives, as 32-bit numbers; what is not known counts nothing. */
export const bytesOf = ({ output }: Pick<GraphNode, 'output'>): number => {
  const size = isRanked(output) ? productOfDims(output) : 0;
  return typeof size === 'number' && Number.isFinite(size) ? size * BYTES_PER_VALUE : 0;
};

/**
 * The bytes of the tensors that are alive at once at the worst moment, without weights. Each is freed after its last use; what goes into
 * the graph stays for the next run. `workSpace` says what a node needs besides while it runs.
 */
export function peakBytes({ nodes }: Pick<BlockGraph, 'nodes'>, workSpace: (node: GraphNode) => number = () => 0): number {
  const lastUse = new Map<number, number>();
  for (const node of nodes) for (const input of node.inputs) lastUse.set(input, node.id);
  let [live, peak] = [0, 0];
  for (const node of nodes) {
    live += bytesOf(node);
    peak = Math.max(peak, live + workSpace(node));
    for (const input of new Set(node.inputs)) {
      const source = nodes[input]!;
      if (lastUse.get(input) === node.id && source.inputs.length > 0) live -= bytesOf(source);
    }
  }
  return peak;
}
