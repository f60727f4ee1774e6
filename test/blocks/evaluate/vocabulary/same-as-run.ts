// What is read of a program of the vocabulary, held to the block that the program makes when it is run.
import assert from 'node:assert/strict';
import { analyze } from '../../../../src/blocks/analyze.ts';
import type { Analysis } from '../../../../src/blocks/analysis.ts';
import type { BlockGraph, GraphNode } from '../../../../src/blocks/graph/block-graph.ts';
import { inputOf, type Block } from '../../../../src/blocks/vocabulary/block.ts';
import { graphOfBlock } from '../../../../src/blocks/vocabulary/graph-of-block.ts';
import { readModule } from '../../read-module.ts';

/** All that is inferred of a node, without where it stands in the source. */
const inferredOf = ({ layer, vocabulary, attributes, inputs, output, params, trainableParams, macs, weights }: GraphNode): object =>
  ({ layer, vocabulary, attributes: withoutNothing(attributes), inputs, output, params, trainableParams, macs, weights });

const withoutNothing = (attributes: object): object => Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));

/** The input of a graph that is read is what the block says of it, as that of one that is built. */
export const nodesOf = ({ nodes }: BlockGraph): readonly object[] => nodes.map(inferredOf);

/** The last block of the program is what it makes. */
export function assertReadAsRun(file: string, text: string, block: Block): Analysis {
  const { shape, dataFormat = 'channelsLast' } = inputOf(block)!;
  const { graph, problems } = graphOfBlock(block, { input: shape, dataFormat });
  const analysis = analyze(file, text, { readModule });
  const read = analysis.blocks.filter(({ kind }) => kind === 'block').at(-1);
  assert.ok(read, 'a block is read');
  assert.deepEqual(nodesOf(read.graph), nodesOf(graph));
  assert.deepEqual(read.graph.outputs, graph.outputs);
  // JSON, because what is undefined is left out.
  assert.deepEqual(read.data, JSON.parse(JSON.stringify(block)));
  assert.deepEqual(new Set(analysis.problems.map(({ message }) => message)), new Set(problems.map(({ message }) => message)));
  return analysis;
}
