// The sums over a graph, or over the nodes of a frame in it.
import { addDims, subtractDims, type Dim } from '../shapes/dim.ts';
import type { GraphNode, Totals } from './block-graph.ts';

/** Weights that several of the nodes share count once; MACs count every time. Of one example. */
export function totalsOf(nodes: readonly GraphNode[]): Totals {
  const owners = new Map<number, GraphNode>();
  for (const node of nodes) if (!owners.has(node.weightsKey)) owners.set(node.weightsKey, node);
  const sum = (dims: readonly Dim[]): Dim => dims.reduce<Dim>((total, dim) => addDims(total, dim), 0);
  const params = sum([...owners.values()].map(node => node.params));
  const trainableParams = sum([...owners.values()].map(node => node.trainableParams));
  return { params, trainableParams, nonTrainableParams: subtractDims(params, trainableParams), macs: sum(nodes.map(node => node.macs)) };
}
