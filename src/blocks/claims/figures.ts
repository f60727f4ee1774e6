// What follows from the graphs of the blocks of a claim, without anything being run.
import type { BlockGraph } from '../graph/block-graph.ts';
import { bytesOf, peakBytes } from '../graph/peak-memory.ts';
import { totalsOf } from '../graph/totals.ts';
import type { Dim } from '../shapes/dim.ts';
import { graphOfBlock } from '../vocabulary/graph-of-block.ts';
import type { Contender } from './claim.ts';

export interface ContenderFigures {
  readonly graph: BlockGraph;
  /** Those that are trained. */
  readonly params: number;
  /** Of one example. */
  readonly macs: number;
  /** Bytes of what comes out. */
  readonly heldMemory: number;
  /** Bytes that are alive at once at the worst moment, without weights. */
  readonly inferredMemory: number;
}

const known = new WeakMap<Contender, ContenderFigures>();

/** The blocks of claims are fixed, and fully known: throws where one is not. */
export function figuresOf(contender: Contender): ContenderFigures {
  const found = known.get(contender) ?? infer(contender);
  known.set(contender, found);
  return found;
}

function infer({ id, block, input }: Contender): ContenderFigures {
  const { graph, problems } = graphOfBlock(block, { input });
  if (problems.length > 0) throw new Error(`${id}: ${problems[0]!.message}`);
  const { trainableParams, macs } = totalsOf(graph.nodes);
  return {
    graph, params: exact(id, trainableParams), macs: exact(id, macs), inferredMemory: peakBytes(graph),
    heldMemory: graph.outputs.reduce((sum, output) => sum + bytesOf(graph.nodes[output]!), 0),
  };
}

function exact(id: string, dim: Dim): number {
  if (typeof dim !== 'number') throw new Error(`${id} has a figure that is not known`);
  return dim;
}
