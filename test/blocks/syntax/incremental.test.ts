// A file that is read version by version gives the same tree as one that is read anew: random edits of real programs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseTypeScript, TypeScriptReader } from '../../../src/blocks/syntax/parse-typescript.ts';
import { programFiles, root } from '../program-files.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { seed } from '../layers/random-seed.ts';
import { randomEdit } from './random-edit.ts';

const files = programFiles('src/blocks/evaluate');
const edits = Number(process.env['BLOCKSCOPE_RUNS'] ?? 8);

describe(`reading version by version (BLOCKSCOPE_SEED=${seed})`, () => {
  for (const [index, file] of files.entries()) {
    it(path.relative(root, file), () => {
      const random = new RandomNumbers(seed + index);
      const reader = new TypeScriptReader(file);
      let text = readFileSync(file, 'utf8');
      reader.read(text);
      for (let i = 0; i < edits; i++) {
        const next = randomEdit(random, text);
        const caret = random.chance(0.5) ? undefined : random.integer(0, next.length);
        assert.deepEqual(reader.read(next, caret), parseTypeScript(file, next, caret), `edit ${i} of seed ${seed + index}`);
        // Most edits are taken back, as typing mends what it broke; the others pile up.
        if (random.chance(0.75)) {
          assert.deepEqual(reader.read(text), parseTypeScript(file, text), `edit ${i} of seed ${seed + index} taken back`);
        } else text = next;
      }
    });
  }

  it('joins a statement with the one before, where an edit lets it go on', () => {
    const reader = new TypeScriptReader('a.ts');
    reader.read('let a = 3\n++a;\n');
    assert.deepEqual(reader.read('let a = 3\n+a;\n'), parseTypeScript('a.ts', 'let a = 3\n+a;\n'));
  });

  it('keeps the statements that an edit leaves alone, at their new places', () => {
    const reader = new TypeScriptReader('a.ts');
    const text = 'const a = 1;\nfunction f() { return a; }\nconst b = f();\n';
    const before = [...reader.read(text).body];
    const after = reader.read(text.replace('return a', 'return a + 10')).body;
    assert.deepEqual(after.map((statement, i) => statement === before[i]), [true, false, true]);
    assert.equal(after[2]!.start, text.indexOf('const b') + ' + 10'.length);
  });
});
