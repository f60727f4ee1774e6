// Random blocks, written as block files with parameters, expressions, repetitions and conditions: what is read is what the data gives.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { graphOfBlock } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import { randomBlock } from '../export/random-block.ts';
import { nodesOf } from '../evaluate/vocabulary/same-as-run.ts';
import { randomRuns, seed } from '../layers/random-seed.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { readModule } from '../read-module.ts';
import { blockFileOf } from './random-block-file.ts';

const file = '/random.block.json';

describe(`random block files (BLOCKSCOPE_SEED=${seed})`, () => {
  it('give what the data gives that they mean', () => {
    for (let run = 0; run < randomRuns; run++) {
      const random = new RandomNumbers(seed + run);
      const { block, options } = randomBlock(random);
      const text = blockFileOf(block, options, random);
      const context = `run ${run}, BLOCKSCOPE_SEED=${seed + run}\n${text}`;
      const { blocks, problems } = analyze(file, text, { readModule });
      assert.deepEqual(problems, [], context);
      assert.equal(blocks.length, 1, context);
      const { graph } = graphOfBlock(block, options);
      assert.deepEqual(nodesOf(blocks[0]!.graph), nodesOf(graph), context);
    }
  });
});
