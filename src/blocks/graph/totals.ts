// The sums over a graph, or over the nodes of a frame in it.
import { addDims, subtractDims, unknown, type Dim } from '../shapes/dim.ts';
import type { GraphNode, Totals } from './block-graph.ts';

/** What counts of a node. Equal keys stand for the same weights. */
export interface Counted extends Pick<GraphNode, 'layer' | 'at' | 'params' | 'trainableParams' | 'macs' | 'optional'> {
  readonly weightsKey: unknown;
}

/**
 * Weights that several of the nodes share count once; MACs count every time. Of one example. A layer with weights or
 * MACs that is applied only under a condition makes the sums unknown.
 */
export function totalsOf(nodes: readonly Counted[]): Totals {
  const owners = new Map<unknown, Counted>();
  for (const node of nodes) if (!owners.has(node.weightsKey)) owners.set(node.weightsKey, node);
  const params = sum([...owners.values()].map(node => certain(node, node.params)));
  const trainableParams = sum([...owners.values()].map(node => certain(node, node.trainableParams)));
  return {
    params, trainableParams, nonTrainableParams: subtractDims(params, trainableParams),
    macs: sum(nodes.map(node => certain(node, node.macs))),
  };
}

const certain = (node: Counted, count: Dim): Dim =>
  node.optional && count !== 0 ? unknown(`${node.layer} is applied only under a condition that is not known`, node.at) : count;

const sum = (dims: readonly Dim[]): Dim => dims.reduce<Dim>((total, dim) => addDims(total, dim), 0);
