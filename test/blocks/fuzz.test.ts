// Programs as nobody writes them: random edits of real ones. Whatever stands in the file, reading it ends without an
// exception, nothing is said of places outside of it, and reading it version by version says what reading it anew says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Analysis } from '../../src/blocks/analysis.ts';
import { analyze, FileAnalyzer } from '../../src/blocks/analyze.ts';
import { diagnostics } from '../../src/blocks/features/diagnostics.ts';
import { inlayHints } from '../../src/blocks/features/inlay-hints.ts';
import { outline } from '../../src/blocks/features/outline.ts';
import { seed } from './layers/random-seed.ts';
import { plainAnalysis } from './plain-analysis.ts';
import { programFiles, root } from './program-files.ts';
import { RandomNumbers } from './random-numbers.ts';
import { randomEdit } from './syntax/random-edit.ts';

const files = programFiles();
const edits = Number(process.env['BLOCKSCOPE_RUNS'] ?? 12);

describe(`random edits of real programs (BLOCKSCOPE_SEED=${seed})`, () => {
  for (const [index, file] of files.entries()) {
    it(path.relative(root, file), () => {
      const random = new RandomNumbers(seed + index);
      const analyzer = new FileAnalyzer(file);
      let text = readFileSync(file, 'utf8');
      analyzer.analyze(text);
      for (let i = 0; i < edits; i++) {
        const next = randomEdit(random, text);
        const context = `edit ${i}, BLOCKSCOPE_SEED=${seed}`;
        const analysis = analyzer.analyze(next);
        assert.deepEqual(plainAnalysis(analysis), plainAnalysis(analyze(file, next)), context);
        assertWithin(analysis, next, context);
        if (random.chance(0.3)) text = next;
      }
    });
  }
});

/** Every feature answers, and only for places that the text has. */
function assertWithin(analysis: Analysis, text: string, context: string): void {
  for (const { offset, parts } of inlayHints(analysis)) {
    assert.ok(offset >= 0 && offset <= text.length, context);
    assert.ok(parts.every(part => part.text !== '' && !/undefined|NaN|\[object/.test(part.text)), `${context}: ${parts.map(part => part.text).join('')}`);
  }
  for (const { at } of diagnostics(analysis)) assert.ok(at.start >= 0 && at.start <= at.end && at.end <= text.length, context);
  outline(analysis);
}
