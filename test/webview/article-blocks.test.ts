// Every block of the article, executed on WebGL: the shape that comes out and the values that its weights really have are those that
// were inferred, which are the article's. Where there are many multiplications the image is smaller than the article's, because a GPU
// that is emulated needs most of a minute for each; BLOCKSCOPE_WHOLE=1 has them all on the article's own.
import assert from 'node:assert/strict';
import { graphOfBlock } from '../../src/blocks/vocabulary/graph-of-block.ts';
import { articleBlocks } from '../blocks/library/article-blocks.ts';
import { payload } from './blocks.ts';
import { withPage, type BlockPage } from './open-page.ts';

describe('the blocks of the article on WebGL', () => {
  let page: BlockPage;
  withPage(opened => { page = opened; });

  const whole = process.env['BLOCKSCOPE_WHOLE'] === '1';
  const less = whole ? 0 : 42;
  for (const { name, block, channels, output: [height, width, features], params } of articleBlocks.filter((_, i) => whole || i % 3 === 0)) {
    it(name, async () => {
      const { graph } = graphOfBlock(block, { input: [1, 56 - less, 56 - less, channels] });
      const report = await page.profile(payload(name, graph));
      assert.equal(report.backend, 'webgl');
      assert.deepEqual(report.mismatches, []);
      assert.equal(report.leakedTensors, 0);
      const { deployed } = Object.fromEntries(report.ways.map(way => [way.way, way]));
      assert.ok(deployed?.timing && deployed.speedUp!.median > 0, JSON.stringify(report.ways));
      assert.ok(['predict', 'deployed', 'cpu'].every(other => report.agreements.some(agreement => agreement.with === other)) && report.agreements.every(({ agrees }) => agrees), JSON.stringify(report.agreements));
      assert.deepEqual(report.measuredShapes, [[1, height - less, width - less, features]]);
      assert.deepEqual(report.inferredShapes, report.measuredShapes);
      assert.ok(report.shapesAgree && report.paramsAgree);
      assert.equal(report.measuredParams, report.inferredParams);
      // The article counts as PyTorch does, without what batch normalization keeps beside its parameters.
      const kept = graph.nodes.flatMap(node => node.weights).filter(({ buffer }) => buffer).reduce((sum, { shape }) => sum + (shape as readonly number[]).reduce((a, b) => a * b, 1), 0);
      assert.equal(report.measuredParams! - kept, params);
    });
  }
});
