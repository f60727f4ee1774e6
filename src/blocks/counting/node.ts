// The figures of one node of a graph by a convention.
import type { GraphNode } from '../graph/block-graph.ts';
import { shapesInto } from '../graph/tensors.ts';
import type { Dim } from '../shapes/dim.ts';
import type { Counting } from './counting.ts';
import { countedOperations, type CountedOperations } from './operations.ts';
import { countedParams } from './parameters.ts';

export interface CountedNode {
  readonly params: Dim;
  readonly operations: CountedOperations;
}

/** `graph` are all nodes of the graph that the node is of. */
export const countedNode = (node: GraphNode, graph: readonly GraphNode[], counting: Counting): CountedNode =>
  ({ params: countedParams(node, counting), operations: countedOperations(node, shapesInto(node, graph), counting) });
