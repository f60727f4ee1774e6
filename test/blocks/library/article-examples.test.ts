// The examples of the article: what each says of itself in a comment is what is inferred of the block that it exports.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { totalsOf } from '../../../src/blocks/graph/totals.ts';
import { graphOfBlock } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import type { Block } from '../../../src/blocks/vocabulary/vocabulary.ts';

const folder = path.resolve(import.meta.dirname, '../../../examples/article');
const figures = /^\/\/ \[([\d, ]+)\] → (\[[\d, ]+\] · [\d,]+ parameters · [\d,]+ MACs)$/gm;

describe('examples of the article', () => {
  const files = readdirSync(folder).sort();

  it('are numbered in its order', () => {
    assert.deepEqual(files.map(file => Number(/^(\d\d)-[\w-]+\.ts$/.exec(file)?.[1])), files.map((_, i) => i + 1));
    assert.equal(files.length, 10);
  });

  for (const file of files) {
    it(`${file} says the figures of its block`, async () => {
      const said = [...readFileSync(path.join(folder, file), 'utf8').matchAll(figures)];
      assert.equal(said.length, 1, 'one comment has the figures');
      const [, input, rest] = said[0]!;
      const { default: block } = (await import(path.join(folder, file))) as { default: Block };
      const { graph, output, problems } = graphOfBlock(block, { input: input!.split(',').map(Number) });
      assert.deepEqual(problems, []);
      const { trainableParams, macs } = totalsOf(graph.nodes);
      assert.equal(`[${(output as readonly number[]).join(', ')}] · ${trainableParams!.toLocaleString('en')} parameters · ${macs!.toLocaleString('en')} MACs`, rest);
    });
  }
});
