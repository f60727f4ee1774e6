// Text whose closing brackets are missing, as it is while someone types.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../src/blocks/analyze.ts';
import { insertClosers, missingClosers } from '../../../src/blocks/syntax/missing-closers.ts';

const folder = path.resolve(import.meta.dirname, '../../../examples');

describe('missing closers', () => {
  it('are none in text that parses', () => {
    for (const name of readdirSync(folder)) assert.deepEqual(missingClosers(readFileSync(path.join(folder, name), 'utf8')), [], name);
  });

  it('are seen through strings, templates and comments', () => {
    assert.deepEqual(missingClosers("f('(', `[${1}`, /* { */ x); // (\nnext();\n"), []);
    assert.deepEqual(missingClosers("f('(', g({ a: 1\nnext();\n"), [{ at: 15, closers: '}))' }]);
  });

  it('lead back to the offsets of the text as it is', () => {
    const text = 'f(\ng([\nh();';
    const { text: repaired, original } = insertClosers(text, missingClosers(text));
    assert.equal(repaired, 'f()\ng([])\nh();');
    for (const name of ['f', 'g', 'h']) assert.equal(original(repaired.indexOf(name)), text.indexOf(name));
    assert.equal(original(repaired.length), text.length);
  });

  it('leave every other layer its result', () => {
    const file = path.join(folder, 'digits.js');
    const lines = readFileSync(file, 'utf8').split('\n');
    const results = (text: string): string[] => analyze(file, text).sites.map(({ layer, variants }) => `${layer} ${JSON.stringify(variants.map(({ output, params }) => [output, params]))}`);
    const whole = results(lines.join('\n'));
    let cut = 0;
    for (const [i, line] of lines.entries()) {
      if (!/^model\.add\(.*\);$/.test(line)) continue;
      cut++;
      // Without its end, down to the last word: `model.add(tf.layers.dense({ units: 64, activation: 'relu'`.
      const open = [...lines];
      open[i] = line.replace(/[\s})\];]*$/, '');
      assert.deepEqual(results(open.join('\n')), whole, line);
    }
    assert.ok(cut >= 5);
  });
});
