// The examples of the article: what each says of itself in a comment is what is inferred of the block that it exports, be it from the
// block that the code makes when it is run, or from the text alone.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../src/blocks/analyze.ts';
import type { BlockGraph } from '../../../src/blocks/graph/block-graph.ts';
import { totalsOf } from '../../../src/blocks/graph/totals.ts';
import type { Shape } from '../../../src/blocks/shapes/shape.ts';
import { inputOf, type Block } from '../../../src/blocks/vocabulary/block.ts';
import { graphOfBlock } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import { readModule } from '../read-module.ts';

const folder = path.resolve(import.meta.dirname, '../../../examples/article');
const figures = /^\/\/ → (\[[\d, ]+\] · [\d,]+ parameters · [\d,]+ MACs)$/gm;

function figuresOf({ nodes }: BlockGraph, output: Shape): string {
  const { trainableParams, macs } = totalsOf(nodes);
  return `[${(output as readonly number[]).join(', ')}] · ${trainableParams!.toLocaleString('en')} parameters · ${macs!.toLocaleString('en')} MACs`;
}

describe('examples of the article', () => {
  const files = readdirSync(folder).sort();

  it('are numbered in its order', () => {
    assert.deepEqual(files.map(file => Number(/^(\d\d)-[\w-]+\.ts$/.exec(file)?.[1])), files.map((_, i) => i + 1));
    assert.equal(files.length, 10);
  });

  for (const name of files) {
    it(`${name} says the figures of its block`, async () => {
      const file = path.join(folder, name);
      const text = readFileSync(file, 'utf8');
      const said = [...text.matchAll(figures)].map(([, what]) => what);
      assert.equal(said.length, 1, 'one comment has the figures');
      const { default: block } = (await import(file)) as { default: Block };
      const input = inputOf(block)!;
      assert.deepEqual(input.shape, [1, 56, 56, 32]);
      const { graph, output, problems } = graphOfBlock(block, { input: input.shape });
      assert.deepEqual(problems, []);
      assert.equal(figuresOf(graph, output), said[0]);

      const analysis = analyze(file, text, { readModule });
      assert.deepEqual(analysis.problems, []);
      const read = analysis.blocks.at(-1)!;
      assert.equal(read.kind, 'block');
      assert.equal(figuresOf(read.graph, read.outputShapes[0]!), said[0]);
    });
  }
});
