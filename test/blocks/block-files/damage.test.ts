// Block files in the middle of an edit: whatever stands there, reading ends; and what stands before and after the place keeps its hints.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze, FileAnalyzer } from '../../../src/blocks/analyze.ts';
import { diagnostics } from '../../../src/blocks/features/diagnostics.ts';
import { hintText, inlayHints } from '../../../src/blocks/features/inlay-hints.ts';
import { outline } from '../../../src/blocks/features/outline.ts';
import { blockFileFixtures } from '../../hint-fixtures.ts';
import { randomRuns, seed } from '../layers/random-seed.ts';
import { plainAnalysis } from '../plain-analysis.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { readModule } from '../read-module.ts';
import { randomEdit } from '../syntax/random-edit.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const examples = path.join(root, 'examples/block-json');
const files = [
  ...blockFileFixtures(root).map(({ path: file, text }) => ({ file, text })),
  ...readdirSync(examples).map(name => path.join(examples, name)).map(file => ({ file, text: readFileSync(file, 'utf8') })),
];

describe(`damaged block files (BLOCKSCOPE_SEED=${seed})`, () => {
  for (const [index, { file, text: whole }] of files.entries()) {
    it(path.relative(root, file), () => {
      const random = new RandomNumbers(seed + index);
      const analyzer = new FileAnalyzer(file);
      let text = whole;
      for (let edit = 0; edit < randomRuns / 4; edit++) {
        const next = randomEdit(random, text);
        const context = `edit ${edit}, BLOCKSCOPE_SEED=${seed}\n${next}`;
        const analysis = analyzer.analyze(next, { readModule });
        assert.deepEqual(plainAnalysis(analysis), plainAnalysis(analyze(file, next, { readModule })), context);
        for (const { offset } of inlayHints(analysis)) assert.ok(offset >= 0 && offset <= next.length, context);
        for (const { at } of diagnostics(analysis)) assert.ok(at.start >= 0 && at.start <= at.end && at.end <= next.length, context);
        outline(analysis);
        if (random.chance(0.3)) text = next;
      }
    });
  }
});

/** Layers by themselves, none of which another depends on: a branch each. */
const names = ['a', 'b', 'c', 'd'];
const layerOf = (name: string, i: number): string => `      "${name}": [{ "conv2d": { "filters": ${2 ** (i + 3)}, "kernelSize": 1 } }]`;
const branchFile = (lines: readonly string[]): string =>
  `{\n  "parameters": { "filters": 8 },\n  "input": [1, 8, 8, 4],\n  "layers": [\n    {\n      "branches": {\n${lines.map(line => `  ${line}`).join(',\n')}\n      },\n      "merge": "concatenate"\n    }\n  ]\n}\n`;

describe('block files in the middle of an edit', () => {
  const hintsOf = (text: string, caret?: number): string[] => {
    const analysis = new FileAnalyzer('/edited.block.json').analyze(text, { readModule }, caret);
    return inlayHints(analysis).map(hint => `${text.slice(0, hint.offset).split('\n').at(-1)!.trim()} ${hintText(hint)}`);
  };
  const lines = names.map(layerOf);

  for (const at of names.keys()) {
    it(`keep the hints around ${names[at]!} at every key`, () => {
      const line = lines[at]!;
      const before = branchFile(lines);
      const others = names.flatMap((_, i) => (i === at ? [] : hintsOf(before).filter(hint => hint.startsWith(`"${names[i]!}"`) && hint.includes('·'))));
      assert.ok(others.length >= 3);
      for (let length = 0; length <= line.trim().length; length++) {
        const typed = line.slice(0, line.length - line.trim().length + length);
        const text = branchFile(lines.map((other, i) => (i === at ? typed : other)));
        const caret = text.indexOf(typed) + typed.length;
        for (const shown of [hintsOf(text), hintsOf(text, caret)]) {
          for (const hint of others) assert.ok(shown.includes(hint), `${hint} is gone after “${typed.trim()}”: ${shown.join(' | ')}`);
        }
      }
    });
  }
});
