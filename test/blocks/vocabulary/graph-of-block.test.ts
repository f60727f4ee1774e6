// What cannot be built of a block is said, and nothing that follows from it is told.
import assert from 'node:assert/strict';
import { totalsOf } from '../../../src/blocks/graph/totals.ts';
import { isUnknown } from '../../../src/blocks/shapes/dim.ts';
import { isRanked } from '../../../src/blocks/shapes/shape.ts';
import { mostLayers, mostNested, type Block } from '../../../src/blocks/vocabulary/block.ts';
import { graphOfBlock } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import { conv2d, sequential } from '../../../src/blocks/vocabulary/vocabulary.ts';

const input = [1, 8, 8, 3];

function assertUnknown(block: Block, expected: RegExp): void {
  const { graph, output, problems } = graphOfBlock(block, { input });
  assert.equal(problems.length, 1);
  assert.match(problems[0]!.message, expected);
  assert.ok(!isRanked(output) && isUnknown(totalsOf(graph.nodes).params));
}

describe('the graph of a block', () => {
  it('has a layer that nobody knows, with its problem', () => {
    assertUnknown(sequential({ conv2D: { filters: 4, kernelSize: 3 } }), /^There is no layer "conv2D"\. Is "conv2d" meant\?$/);
  });

  it('ends where blocks nest too deeply', () => {
    let block: Block = conv2d({ filters: 4, kernelSize: 3 });
    for (let i = 0; i <= mostNested; i++) block = sequential(block);
    assertUnknown(block, /nests more than 200 deep/);
  });

  it('ends where there are too many layers', () => {
    assertUnknown(sequential(...Array.from({ length: mostLayers + 100 }, () => conv2d({ filters: 3, kernelSize: 1 }))), /more than 20,000 layers/);
  });
});
