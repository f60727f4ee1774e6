// The blocks of the article as block files: each is beside the one in TypeScript and gives the figures that both say.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../src/blocks/analyze.ts';
import type { Block } from '../../../src/blocks/vocabulary/block.ts';
import { inputOf } from '../../../src/blocks/vocabulary/block.ts';
import { graphOfBlock } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import { nodesOf } from '../evaluate/vocabulary/same-as-run.ts';
import { readModule } from '../read-module.ts';

const examples = path.resolve(import.meta.dirname, '../../../examples');
const figures = /^\/\/ → (\[[\d, ]+\] · [\d,]+ parameters · [\d,]+ MACs)$/m;
const saidIn = (text: string): string | undefined => figures.exec(text)?.[1];

describe('examples of block files', () => {
  const inTypeScript = readdirSync(path.join(examples, 'article')).sort();
  const files = readdirSync(path.join(examples, 'block-json')).filter(file => file.endsWith('.block.json')).sort();

  it('have every block of the article', () => {
    assert.deepEqual(files.filter(file => /^\d/.test(file)), inTypeScript.map(file => file.replace('.ts', '.block.json')));
  });

  for (const name of files) {
    it(`${name} gives what it says`, () => {
      const file = path.join(examples, 'block-json', name);
      const text = readFileSync(file, 'utf8');
      const analysis = analyze(file, text, { readModule });
      assert.deepEqual(analysis.problems, []);
      assert.ok(analysis.blocks.length > 0);
      for (const { data, graph, outputShapes } of analysis.blocks) {
        // What it amounts to is data, of which the same graph can be made.
        const { graph: ofData } = graphOfBlock(data!, { input: inputOf(data!)!.shape });
        assert.deepEqual(nodesOf(graph), nodesOf(ofData));
        assert.deepEqual(outputShapes, [ofData.nodes.at(-1)!.output]);
      }
      if (!/^\d/.test(name)) return;
      const { totals, outputShapes } = analysis.blocks[0]!;
      assert.equal(analysis.blocks.length, 1);
      assert.equal(`[${(outputShapes[0] as number[]).join(', ')}] · ${totals.trainableParams!.toLocaleString('en')} parameters · ${totals.macs!.toLocaleString('en')} MACs`, saidIn(text));
      assert.equal(saidIn(text), saidIn(readFileSync(path.join(examples, 'article', name.replace('.block.json', '.ts')), 'utf8')));
    });
  }

  it('give what the program of the same block gives', async () => {
    for (const name of inTypeScript) {
      const { default: block } = (await import(path.join(examples, 'article', name))) as { default: Block };
      const file = path.join(examples, 'block-json', name.replace('.ts', '.block.json'));
      const [read] = analyze(file, readFileSync(file, 'utf8'), { readModule }).blocks;
      assert.deepEqual(nodesOf(read!.graph), nodesOf(graphOfBlock(block, { input: inputOf(block)!.shape }).graph), name);
    }
  });
});
