// The article's blocks: shape, parameters and MACs on its own input, wherever the channels stand.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { totalsOf } from '../../../src/blocks/graph/totals.ts';
import { graphOfBlock } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import { articleBlocks } from './article-blocks.ts';

interface ReferenceBlock {
  readonly block: string;
  readonly out: readonly number[];
  readonly params: number;
  readonly macs: number;
}

const reference = path.resolve(import.meta.dirname, '../../../../shared/reference/article-blocks.json');

describe("the article's blocks", () => {
  for (const { name, block, channels, output: [height, width, filters], params, macs } of articleBlocks) {
    for (const dataFormat of ['channelsLast', 'channelsFirst'] as const) {
      it(`${name}, ${dataFormat}`, () => {
        const [input, expected] = dataFormat === 'channelsLast'
          ? [[1, 56, 56, channels], [1, height, width, filters]]
          : [[1, channels, 56, 56], [1, filters, height, width]];
        const { graph, output, problems } = graphOfBlock(block, { input, dataFormat });
        const { trainableParams, macs: found } = totalsOf(graph.nodes);
        assert.deepEqual({ output, params: trainableParams, macs: found, problems }, { output: expected, params, macs, problems: [] });
      });
    }
  }

  it('are the figures of the reference', function () {
    if (!existsSync(reference)) {
      console.log('      skipped: ../shared/reference/article-blocks.json is not there');
      this.skip();
    }
    const { blocks } = JSON.parse(readFileSync(reference, 'utf8')) as { blocks: readonly ReferenceBlock[] };
    assert.deepEqual(
      articleBlocks.map(({ name, output: [height, width, filters], params, macs }) => ({ block: name, out: [1, filters, height, width], params, macs })),
      blocks.map(({ block, out, params, macs }) => ({ block, out, params, macs })),
    );
  });
});
