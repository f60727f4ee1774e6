// The sums over a graph, or over a part of it, by a convention.
import type { GraphNode, Totals } from '../graph/block-graph.ts';
import { totalsOf } from '../graph/totals.ts';
import { isUnknown, subtractDims, type Dim } from '../shapes/dim.ts';
import { defaultCounting, sameCounting, type Counting } from './counting.ts';
import { countedNode } from './node.ts';

export interface CountedTotals {
  readonly params: Dim;
  readonly trainableParams: Dim;
  readonly nonTrainableParams: Dim;
  /** Values of weights that the convention leaves out: buffers, where it is PyTorch's. */
  readonly uncountedParams: Dim;
  /** Of one example. */
  readonly operations: Dim;
}

/** `graph` are the nodes that those to be counted are among. */
export function countedTotals(nodes: readonly GraphNode[], counting: Counting, graph: readonly GraphNode[] = nodes): CountedTotals {
  const plain = totalsOf(nodes);
  if (sameCounting(counting, defaultCounting)) return asCounted(plain);
  const counted = totalsOf(nodes.map(node => {
    const { params, operations } = countedNode(node, graph, counting);
    return { ...node, params, macs: operations.count };
  }));
  return { ...asCounted(counted), uncountedParams: subtractDims(plain.params, counted.params) };
}

/** Of a block whose sums are known by the default convention. Where not all of it is known, these say so and the graph does not. */
export function countedTotalsOf({ totals, graph }: { readonly totals: Totals; readonly graph: { readonly nodes: readonly GraphNode[] } }, counting: Counting): CountedTotals {
  const plain = asCounted(totals);
  if (sameCounting(counting, defaultCounting)) return plain;
  const counted = countedTotals(graph.nodes, counting);
  const certain = (figure: keyof CountedTotals): Dim => (isUnknown(plain[figure]) ? plain[figure] : counted[figure]);
  return {
    params: certain('params'), trainableParams: certain('trainableParams'), nonTrainableParams: certain('nonTrainableParams'),
    uncountedParams: isUnknown(plain.params) ? plain.params : counted.uncountedParams, operations: certain('operations'),
  };
}

const asCounted = ({ params, trainableParams, nonTrainableParams, macs }: Totals): CountedTotals =>
  ({ params, trainableParams, nonTrainableParams, uncountedParams: 0, operations: macs });
