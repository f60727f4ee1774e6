// What `blockscope export --as json` writes is a block file, and means the same.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { blockJson } from '../../../src/blocks/export/block-json.ts';
import { libraryBlocks } from '../../../src/blocks/block-files/library-blocks.ts';
import * as library from '../../../src/blocks/library/blocks.ts';
import { networks } from '../../../src/blocks/library/networks/networks.ts';
import { graphOfBlock } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import { nodesOf } from '../evaluate/vocabulary/same-as-run.ts';
import { readModule } from '../read-module.ts';

const networkInput = [1, 224, 224, 3];

describe('exported blocks as block files', () => {
  for (const [name, make] of Object.entries(networks)) {
    it(name, () => {
      const block = make();
      const text = blockJson({ sequential: [{ input: { shape: networkInput } }, block] });
      const { blocks, problems, parses } = analyze('/exported.block.json', text, { readModule });
      assert.ok(parses);
      assert.deepEqual(problems, []);
      assert.equal(blocks.length, 1);
      assert.deepEqual(nodesOf(blocks[0]!.graph), nodesOf(graphOfBlock(block, { input: networkInput }).graph));
      assert.deepEqual(blocks[0]!.data, JSON.parse(text));
    });
  }
});

describe('blocks of the library in block files', () => {
  const words = ['block', 'residualAdd', 'stage', 'makeDivisible'];

  it('are those that are made with one object of parameters', () => {
    const made = Object.keys(library).filter(name => !words.includes(name) && isMadeWithParameters(name));
    assert.deepEqual(libraryBlocks, made.sort());
  });

  function isMadeWithParameters(name: string): boolean {
    try {
      const block = (library as Readonly<Record<string, unknown>>)[name] as (parameters: object) => object;
      return 'block' in block({ inFeatures: 8, outFeatures: 8, filters: 8, features: 8, squeezed: 2 });
    } catch {
      return false;
    }
  }
});
