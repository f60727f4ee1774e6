// What is known of a block in a comparison before it runs.
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { totalsOf } from '../../src/blocks/graph/totals.ts';
import type { ComparedBlock } from '../../src/blocks/protocol/comparison.ts';
import type { BlockPayload } from '../../src/blocks/protocol/messages.ts';
import { isKnown, productOfDims } from '../../src/blocks/shapes/dim.ts';
import { isRanked } from '../../src/blocks/shapes/shape.ts';
import type { Estimate } from './estimate.ts';

/** `graph` has no free dims left, and `size` is its estimate. */
export function unmeasured({ id, name, fileLabel }: Pick<BlockPayload, 'id' | 'name' | 'fileLabel'>, graph: BlockGraph, { macs, bytes }: Estimate): ComparedBlock {
  const totals = totalsOf(graph.nodes);
  const sizesAreKnown = graph.nodes.every(({ output, furtherOutputs }) => [output, ...furtherOutputs].every(shape => isRanked(shape) && isKnown(productOfDims(shape))));
  return { id, name, fileLabel, ...(sizesAreKnown && typeof totals.params === 'number' ? { memory: bytes } : {}), ...(typeof totals.params === 'number' ? { params: totals.params } : {}), ...(typeof totals.macs === 'number' ? { macs } : {}) };
}
