// Programs that people go on with: sensible edits, one after the other, of real programs and of such whose statements
// change what others show. Each version gives what it gives by itself.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze, FileAnalyzer } from '../../src/blocks/analyze.ts';
import { plainAnalysis } from './plain-analysis.ts';
import { programsWithState } from './evaluate/programs-with-state.ts';
import { seed } from './layers/random-seed.ts';
import { programFiles, root } from './program-files.ts';
import { RandomNumbers } from './random-numbers.ts';
import { readModule } from './read-module.ts';
import { sensibleEdit } from './syntax/sensible-edit.ts';

const files = programFiles();
const programs = [
  ...programsWithState.map(({ name, text }) => ({ name, file: path.join(root, 'state.ts'), text, edits: 10 })),
  ...files.map(file => ({ name: path.relative(root, file), file, text: readFileSync(file, 'utf8'), edits: 3 })),
];
const runs = process.env['BLOCKSCOPE_RUNS'];

describe(`sensible edits of programs (BLOCKSCOPE_SEED=${seed})`, () => {
  for (const [index, program] of programs.entries()) {
    it(program.name, () => {
      const { file } = program;
      const random = new RandomNumbers(seed + index);
      const analyzer = new FileAnalyzer(file);
      let { text } = program;
      analyzer.analyze(text, { readModule });
      for (let i = 0; i < Number(runs ?? program.edits); i++) {
        const next = sensibleEdit(random, file, text);
        const fresh = analyze(file, next, { readModule });
        assert.deepEqual(plainAnalysis(analyzer.analyze(next, { readModule })), plainAnalysis(fresh), `edit ${i}, BLOCKSCOPE_SEED=${seed}:\n${next}`);
        // What broke the text is mended by the next edit; the others pile up, and a few are taken back.
        if (fresh.parses && random.chance(0.8)) text = next;
      }
    });
  }
});
