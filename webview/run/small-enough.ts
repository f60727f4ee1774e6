// A block that plain JavaScript computes in a moment, so that numbers can be compared with it.
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { resizeImages } from '../../src/blocks/graph/resize.ts';
import { totalsOf } from '../../src/blocks/graph/totals.ts';

const sizes = [32, 16, 8, 4];

/** The block on images of at most 32 by 32 with a batch of this size, or as it is; undefined where it has more MACs for an example however small they are. */
export function smallEnough(graph: BlockGraph, mostMacs: number, batch = 1): BlockGraph | undefined {
  const isSmall = (candidate: BlockGraph): boolean => {
    const { macs } = totalsOf(candidate.nodes);
    return typeof macs === 'number' && macs <= mostMacs;
  };
  for (const size of sizes) {
    const resized = resizeImages(graph, size, batch);
    if (resized && isSmall(resized)) return resized;
  }
  return isSmall(graph) ? graph : undefined;
}
