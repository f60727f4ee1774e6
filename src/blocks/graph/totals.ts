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
  const counted = new Set<unknown>();
  let [params, trainableParams, macs]: [Dim, Dim, Dim] = [0, 0, 0];
  for (const node of nodes) {
    macs = addDims(macs, certain(node, node.macs));
    if (counted.has(node.weightsKey)) continue;
    counted.add(node.weightsKey);
    params = addDims(params, certain(node, node.params));
    trainableParams = addDims(trainableParams, certain(node, node.trainableParams));
  }
  return { params, trainableParams, nonTrainableParams: subtractDims(params, trainableParams), macs };
}

const certain = (node: Counted, count: Dim): Dim =>
  node.optional && count !== 0 ? unknown(`${node.layer} is applied only under a condition that is not known`, node.at) : count;
