// The parser is spared long stretches of blanks: what it makes of the rest, and where that stands, is the same.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseTypeScript, TypeScriptReader } from '../../../src/blocks/syntax/parse-typescript.ts';
import { withoutBlanks } from '../../../src/blocks/syntax/without-blanks.ts';
import type { Stretch } from '../../../src/blocks/syntax/long-data.ts';
import { programFiles, root } from '../program-files.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { seed } from '../layers/random-seed.ts';
import { randomEdit } from './random-edit.ts';

const blank = (length: number): string => '\n' + ' '.repeat(length - 1);

interface Spread {
  readonly text: string;
  readonly blanks: readonly Stretch[];
}

/** A program with stretches of blanks behind some of its statements, and in the lists that stand for data. */
function spread(random: RandomNumbers, file: string, source: string): Spread {
  const data = [...source.matchAll(/(?<=[=(] ?)\[\]/g)].map(({ index }) => index + 1);
  const places = [...new Set([...parseTypeScript(file, source).body.map(({ end }) => end), ...data])].sort((a, b) => a - b).filter(() => random.chance(0.5));
  const blanks: Stretch[] = [];
  let text = '';
  let from = 0;
  for (const at of places) {
    text += source.slice(from, at);
    const length = random.integer(1, 4_000);
    blanks.push({ start: text.length, end: text.length + length });
    text += blank(length);
    from = at;
  }
  return { text: text + source.slice(from), blanks };
}

/** After an edit that leaves the blanks alone. What would make them a part of a template is not made. */
function edited(random: RandomNumbers, { text, blanks }: Spread): Spread {
  const edit = randomEdit(random, text);
  const next = edit.split('`').length === text.split('`').length ? edit : text;
  let start = 0;
  while (start < text.length && text[start] === next[start]) start++;
  let same = 0;
  while (same < Math.min(text.length, next.length) - start && text[text.length - 1 - same] === next[next.length - 1 - same]) same++;
  const by = next.length - text.length;
  const left = blanks.filter(blank => blank.end < start || blank.start > text.length - same);
  return { text: next, blanks: left.map(blank => (blank.end < start ? blank : { start: blank.start + by, end: blank.end + by })) };
}

describe(`long stretches of blanks (BLOCKSCOPE_SEED=${seed})`, () => {
  for (const [index, file] of programFiles('src/blocks/evaluate').entries()) {
    it(path.relative(root, file), () => {
      const random = new RandomNumbers(seed + index);
      let version = spread(random, file, readFileSync(file, 'utf8'));
      const reader = new TypeScriptReader(file);
      for (let i = 0; i < 4; i++) {
        const caret = random.chance(0.5) ? undefined : random.integer(0, version.text.length);
        const expected = parseTypeScript(file, version.text, caret);
        assert.deepEqual(reader.read(version.text, caret, version.blanks), expected, `version ${i} of seed ${seed + index}`);
        version = edited(random, version);
      }
    });
  }

  it('leaves the ends of each, and knows the way back', () => {
    const text = `f(1);${blank(5_000)}g(2);${blank(100)}h(3);${blank(3_000)}`;
    const [first, second, third] = [5, 5_010, 5_115];
    const shorter = withoutBlanks(text, [{ start: first, end: 5_005 }, { start: second, end: second + 100 }, { start: third, end: text.length }]);
    assert.match(shorter.text, /^f\(1\);\n {256}g\(2\);\n {99}h\(3\);\n {256}$/);
    for (const [i, character] of [...shorter.text].entries()) {
      assert.equal(text[shorter.original(i)], character);
      assert.equal(shorter.placeOf(shorter.original(i)), i);
    }
    assert.equal(shorter.original(shorter.text.length), text.length);
    assert.equal(shorter.placeOf(1_000), first);
  });
});
