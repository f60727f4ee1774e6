// The examples of docs/block-json.md are block files, and nothing is wrong with them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../src/blocks/analyze.ts';
import { mostRepeats } from '../../../src/blocks/evaluate/vocabulary/block-file-words.ts';
import { readModule } from '../read-module.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/block-json.md'), 'utf8');

describe('docs/block-json.md', () => {
  const examples = [...page.matchAll(/```json\n([^]*?)```/g)].map(([, text]) => text!);

  it('has examples', () => assert.ok(examples.length >= 2));

  for (const [i, text] of examples.entries()) {
    it(`has an example ${i + 1} that is read`, () => {
      const { blocks, problems } = analyze('/page.block.json', text, { readModule });
      assert.deepEqual(problems, []);
      assert.ok(blocks.length > 0);
      for (const { totals } of blocks) assert.equal(typeof totals.macs, 'number');
    });
  }

  it('says how often something can be repeated', () => assert.ok(page.includes(`up to ${mostRepeats.toLocaleString('en')};`)));
});
