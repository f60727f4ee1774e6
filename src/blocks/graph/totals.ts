// What a graph adds up to.
import { addDims, subtractDims, unknown, type Dim } from '../shapes/dim.ts';
import type { BlockGraph, GraphNode, Totals } from './block-graph.ts';

/** Weights that are shared count once. A layer that is applied only under a condition makes the sums unknown. */
export function totalsOf(graph: Pick<BlockGraph, 'nodes'>): Totals {
  const own = new Map<number, GraphNode>();
  for (const node of graph.nodes) if (!own.has(node.weightsKey)) own.set(node.weightsKey, node);
  const params = sum([...own.values()].map(node => certain(node, node.params)));
  const trainableParams = sum([...own.values()].map(node => certain(node, node.trainableParams)));
  return {
    params, trainableParams, nonTrainableParams: subtractDims(params, trainableParams),
    macs: sum(graph.nodes.map(node => certain(node, node.macs))),
  };
}

const certain = (node: GraphNode, count: Dim): Dim =>
  node.optional && count !== 0 ? unknown(`${node.layer} is applied only under a condition that is not known`, node.at) : count;

const sum = (dims: readonly Dim[]): Dim => dims.reduce<Dim>((total, dim) => addDims(total, dim), 0);
