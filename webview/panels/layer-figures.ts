// The figures of each layer as numbers, and what share of the block's each is. For the bars of the table and picture.
import { defaultCounting, type Counting } from '../../src/blocks/counting/counting.ts';
import { countedNode } from '../../src/blocks/counting/node.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { RunReport, Timing } from '../../src/blocks/protocol/messages.ts';
import type { Dim } from '../../src/blocks/shapes/dim.ts';

export interface LayerFigures {
  readonly params: Dim;
  /** Of the block's; undefined where one of the two is not a number. */
  readonly paramsShare: number | undefined;
  readonly paramsOfLargest: number | undefined;
  /** True where an earlier row has the same weights: they count once. */
  readonly sharesWeights: boolean;
  /** MACs, or what is counted in their stead. */
  readonly operations: Dim;
  readonly operationsShare: number | undefined;
  readonly operationsOfLargest: number | undefined;
  readonly timing: Timing | undefined;
  /** Of the sum over the layers, each of which was measured by itself. */
  readonly timeShare: number | undefined;
  /** Of the slowest layer. */
  readonly timeOfSlowest: number | undefined;
}

/** One entry per node of a graph that has numbers for its free dims. */
export function layerFigures(graph: BlockGraph, report: RunReport | undefined, counting: Counting = defaultCounting): readonly LayerFigures[] {
  const counted = graph.nodes.map(node => countedNode(node, graph.nodes, counting));
  const timings = new Map(report?.layers.map(layer => [layer.node, layer.timing]));
  const times = [...timings.values()].map(timing => timing.medianMs);
  const [timeSum, slowest] = [times.reduce((a, b) => a + b, 0), Math.max(0, ...times)];
  const seen = new Set<number>();
  const sharesWeights = graph.nodes.map(node => {
    const shares = seen.has(node.weightsKey);
    seen.add(node.weightsKey);
    return shares;
  });
  const operations = known(counted.map(node => node.operations.count));
  const params = known(counted.filter((_, i) => !sharesWeights[i]).map(node => node.params));
  return graph.nodes.map((node, i) => {
    const timing = timings.get(node.id);
    const { params: own, operations: { count } } = counted[i]!;
    return {
      params: own, sharesWeights: sharesWeights[i]!,
      ...(sharesWeights[i] ? { paramsShare: undefined, paramsOfLargest: undefined } : { paramsShare: shareOf(own, params.sum), paramsOfLargest: shareOf(own, params.largest) }),
      operations: count, operationsShare: shareOf(count, operations.sum), operationsOfLargest: shareOf(count, operations.largest),
      timing,
      timeShare: timing && timeSum > 0 ? timing.medianMs / timeSum : undefined,
      timeOfSlowest: timing && slowest > 0 ? timing.medianMs / slowest : undefined,
    };
  });
}

/** Shares of a sum in which something is not known are of what is known. */
function known(dims: readonly Dim[]): { readonly sum: number; readonly largest: number } {
  const numbers = dims.filter(dim => typeof dim === 'number');
  return { sum: numbers.reduce((a, b) => a + b, 0), largest: Math.max(0, ...numbers) };
}

const shareOf = (dim: Dim, sum: number): number | undefined => (typeof dim === 'number' && sum > 0 ? dim / sum : undefined);
