// How many values convolutions and dense layers give, which says more of the time on a GPU than MACs do.
import { addDims, productOfDims, type Dim } from '../shapes/dim.ts';
import { isRanked } from '../shapes/shape.ts';
import type { GraphNode } from './block-graph.ts';

/**
 * The sum over the outputs of all nodes that have MACs, of one example. Radosavovic et al. call them activations: Designing Network Design
 * Spaces, section 4 (arXiv 2003.13678).
 */
export function activationElementsOf(nodes: readonly Pick<GraphNode, 'output' | 'macs'>[]): Dim {
  return nodes.filter(({ macs }) => macs !== 0).reduce<Dim>((sum, node) => addDims(sum, elementsOf(node)), 0);
}

const elementsOf = ({ output }: Pick<GraphNode, 'output'>): Dim => (isRanked(output) ? productOfDims(output.slice(1)) : output);
