// Blocks as JSON: the same when read again, and a clear error for what is no block.
import assert from 'node:assert/strict';
import { blockJson } from '../../../src/blocks/export/block-json.ts';
import { readBlockJson } from '../../../src/blocks/export/read-block-json.ts';
import { networks } from '../../../src/blocks/library/networks/networks.ts';
import { graphOfBlock } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import type { Block } from '../../../src/blocks/vocabulary/vocabulary.ts';
import { articleBlocks } from '../library/article-blocks.ts';

const blocks: readonly (readonly [string, Block])[] = [
  ...articleBlocks.map(({ name, block }) => [name, block] as const),
  ...Object.entries(networks).map(([name, make]) => [name, make()] as const),
];

describe('blocks as JSON', () => {
  it('are read again as they were', () => {
    for (const [name, block] of blocks) assert.deepEqual(readBlockJson(blockJson(block)), { block }, name);
  });

  it('are read again with the same graph', () => {
    const read = readBlockJson(blockJson(networks.MobileNet_V3_Small()));
    assert.ok('block' in read);
    const options = { input: [1, 224, 224, 3] };
    assert.deepEqual(graphOfBlock(read.block, options), graphOfBlock(networks.MobileNet_V3_Small(), options));
  });

  it('stand in one line as far as they fit', () => {
    assert.equal(blockJson({ sequential: [{ conv2d: { filters: 8, kernelSize: [3, 1], activation: undefined } }, { flatten: {} }] }),
      '{ "sequential": [{ "conv2d": { "filters": 8, "kernelSize": [3, 1] } }, { "flatten": {} }] }\n');
    for (const line of blockJson(networks.ResNet18()).split('\n')) assert.ok(line.length <= 120, line);
  });

  const errors: readonly (readonly [string, RegExp])[] = [
    ['', /^This is no JSON: /],
    ['3', /^\$: a block is expected as an object, and not 3\.$/],
    ['null', /^\$: a block is expected as an object, and not null\.$/],
    ['[]', /^\$: a block is expected as an object, and not a list\.$/],
    ['{}', /^\$: a block is one layer by its name, or has "sequential", "residual", "branches", "block"; this has nothing\.$/],
    ['{ "conv2d": {}, "dense": {} }', /; this has "conv2d", "dense"\.$/],
    ['{ "sequential": [{ "conv2D": {} }] }', /^\$\.sequential\[0\]: There is no layer "conv2D"\. Is "conv2d" meant\?$/],
    ['{ "sequential": { "conv2d": {} } }', /^\$\.sequential: a list is expected, and not an object\.$/],
    ['{ "sequential": [], "shortcut": [] }', /^\$: a block with "sequential" has no "shortcut"\.$/],
    ['{ "residual": [], "shortcut": [7] }', /^\$\.shortcut\[0\]: a block is expected as an object, and not 7\.$/],
    ['{ "branches": [[]], "merge": "sum" }', /^\$\.merge: branches are joined by "add", "multiply", "concatenate", and not by "sum"\.$/],
    ['{ "branches": [[]], "merge": "add", "split": 1 }', /^\$\.split is true or false, and not 1\.$/],
    ['{ "block": 1, "parameters": {}, "layers": [] }', /^\$\.block: the name of a block is a text, and not 1\.$/],
    ['{ "block": "a", "parameters": {} }', /^\$\.layers: a list is expected, and not nothing\.$/],
    ['{ "conv2d": { "filters": { "a": 1 } } }', /^\$\.conv2d\.filters: a setting is a number, .* and no object\.$/],
    ['{ "conv2d": { "filters": 1e999 } }', /^\$\.conv2d\.filters: the number is too large\.$/],
    ['{ "conv2d": { "__proto__": 1 } }', /^\$\.conv2d: nothing is called "__proto__"\.$/],
    ['{ "__proto__": { "polluted": true } }', /^\$: There is no layer "__proto__"\.$/],
    ['{ "constructor": { "prototype": 1 } }', /^\$: There is no layer "constructor"\.$/],
    [`{ "conv2d": { "filters": ${'['.repeat(100)}${']'.repeat(100)} } }`, /lists are nested more than 8 deep\.$/],
    ['{ "sequential": ['.repeat(300) + ']}'.repeat(300), /: blocks are nested more than 200 deep\.$/],
    ['{ "sequential": ['.repeat(300_000) + ']}'.repeat(300_000), /nested more than 200 deep\.$|^This is no JSON/],
    [`{ "sequential": [${new Array<string>(20_001).fill('{ "flatten": {} }').join(', ')}] }`, /^There are more than 20,000 blocks\.$/],
    [' '.repeat(10_000_001), /^The text is longer than 10,000,000 characters\.$/],
  ];
  for (const [text, expected] of errors) {
    it(`say what is wrong with ${text.length > 60 ? `a text of ${text.length} characters` : text || 'an empty text'}`, () => {
      const read = readBlockJson(text);
      assert.match('error' in read ? read.error : 'no error', expected);
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    });
  }
});
