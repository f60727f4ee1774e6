// Text whose closing brackets are missing, as it is while someone types.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../src/blocks/analyze.ts';
import { insertClosers, missingClosers } from '../../../src/blocks/syntax/missing-closers.ts';

const folder = path.resolve(import.meta.dirname, '../../../examples');
const examples = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => path.extname(name) !== '').sort();

describe('missing closers', () => {
  it('are none in text that parses', () => {
    for (const name of examples) assert.deepEqual(missingClosers(readFileSync(path.join(folder, name), 'utf8')), [], name);
  });

  it('are seen through strings, templates and comments', () => {
    assert.deepEqual(missingClosers("f('(', `[${1}`, /* { */ x); // (\nnext();\n"), []);
    assert.deepEqual(missingClosers("f('(', g({ a: 1\nnext();\n"), [{ at: 15, closers: '}))' }]);
  });

  describe('with the caret, where it stands in the text as |', () => {
    const cases: [what: string, text: string, repaired: string][] = [
      ['a call before another argument', 'f(g(|, 2);\nh();', 'f(g(), 2);\nh();'],
      ['a list in an object', 'f({ a: [1|, b: 2 });\nh();', 'f({ a: [1], b: 2 });\nh();'],
      ['an object in the middle of a chain', 'f({ a: g({ b: 1|).apply(x) });\nh();', 'f({ a: g({ b: 1}).apply(x) });\nh();'],
      ['a call in a function', 'function f() {\n  g(|\n  h();\n}\nk();', 'function f() {\n  g()\n  h();\n}\nk();'],
      ['a call before the end of its function', 'function f() {\n  g(h(1|\n}\nk();', 'function f() {\n  g(h(1))\n}\nk();'],
      ['a string', "f({ a: 're| });\nh();", "f({ a: 're' });\nh();"],
      ['a string before another', "f('a|, 'b');\nh('c');", "f('a', 'b');\nh('c');"],
      ['a template', 'f(`a|);\nh(`b`);', 'f(`a`);\nh(`b`);'],
      ['an expression in a template', 'f(`a${g(|);\nh(`b`);', 'f(`a${g()}`);\nh(`b`);'],
      ['everything', 'f([{ a: `b${1|\nh();', 'f([{ a: `b${1}`}])\nh();'],
      ['no comment', 'f( // |\nh();', 'f() // \nh();'],
    ];
    for (const [what, marked, repaired] of cases) {
      it(`end ${what}`, () => {
        const caret = marked.indexOf('|');
        const text = marked.replace('|', '');
        assert.equal(insertClosers(text, missingClosers(text, caret)).text, repaired);
      });
    }

    it('are none in text that parses, wherever it is', () => {
      for (const name of examples) {
        const text = readFileSync(path.join(folder, name), 'utf8');
        for (let caret = 0; caret <= text.length; caret += 7) assert.deepEqual(missingClosers(text, caret), [], `${name} at ${caret}`);
      }
    });
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
