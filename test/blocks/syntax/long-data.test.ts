// Long data is left out before a file is parsed, and nothing else is.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { codeToRead } from '../../../src/blocks/syntax/code-to-read.ts';
import { longDataIn } from '../../../src/blocks/syntax/long-data.ts';
import { longText, mostCharacters } from '../../../src/blocks/syntax/source-size.ts';

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";
const model = (units: string): string => `tf.sequential({ layers: [tf.layers.dense({ units: ${units}, inputShape: [4] })] });\n`;

/** A list whose elements are written as given, until it is long enough to be looked for. */
const list = (element: string, characters = 300_000): string => `[${`${element}, `.repeat(Math.ceil(characters / (element.length + 2)))}]`;

/** How much of a text is long data. */
const blanked = (text: string): number => longDataIn(text).reduce((sum, { start, end }) => sum + end - start, 0);

describe('long data', () => {
  const data: readonly (readonly [name: string, element: string])[] = [
    ['numbers', '12.5'], ['rows', '[1, -2, 3e-5]'], ['texts', "'it is', \"so\", 'a \\' quote', '[', '{'"], ['objects', "{ label: 'cat', 'x': [1, 0x1F], ok: true, none: null }"],
    ['comments', '1 /* (one) */, // two ((\n 2'],
  ];
  for (const [name, element] of data) {
    it(`is left out: ${name}`, () => {
      const text = `${HEAD}const a = ${model('3')}const data = ${list(element)};\nconst b = ${model('5')}`;
      assert.ok(blanked(text) > 100_000);
      const { sites, parses } = analyze('data.js', text);
      assert.ok(parses);
      assert.deepEqual(sites.map(({ variants }) => variants[0]!.params), [15, 25]);
    });
  }

  it('is left out where it is the value of a property, and where there is more of it than is read', () => {
    const text = `${HEAD}const data = { train: ${list('1', 3_000_000)}, test: ${list('[1, 2]', 2_000_000)}, units: 6 };\nconst a = ${model('data.units')}`;
    assert.ok(text.length > 4 * mostCharacters);
    assert.deepEqual(analyze('data.js', text).sites.map(({ variants }) => variants[0]!.params), [30]);
  });

  it('is not known', () => {
    const text = `${HEAD}const data = ${list('12.5')};\nconst a = ${model('data.length')}const b = ${model('data.length === 0 ? 1 : 2')}const c = ${model('data[0]')}`;
    for (const { variants } of analyze('data.js', text).sites) assert.notEqual(typeof variants[0]!.params, 'number');
  });

  const kept: readonly (readonly [name: string, code: string])[] = [
    ['calls', list('f(1)')], ['names', list('a')], ['assignments', list('a = 1')], ['functions', list('() => 1')], ['templates', list('`${f()}`')],
    ['a block', `{ ${'a = 1; '.repeat(40_000)} }`], ['an argument list', `f(${'1, '.repeat(90_000)})`], ['short lists', '[1, 2, 3];\n'.repeat(30_000)],
    ['a text', `'${'[1, 2], '.repeat(40_000)}'`], ['a template', `\`${'[1, 2], '.repeat(40_000)}\``], ['a comment', `/* ${list('1')} */ 1`],
    ['what follows a quote in a regular expression', `/'/; '[1, 2'; ${list("f('1')")}`],
  ];
  for (const [name, code] of kept) it(`is not: ${name}`, () => assert.equal(blanked(`x = 1;\n${code};\n`), 0));

  it('does not hide what is done between lists of it', () => {
    const text = `${HEAD}let units = 3;\nconst data = [${list('1')}, units = 7, ${list('2')}];\nconst a = ${model('units')}`;
    assert.deepEqual(analyze('data.js', text).sites.map(({ variants }) => variants[0]!.params), [35]);
  });

  it('is read where a file is not long', () => {
    const text = list('1', longText - 10);
    assert.equal(codeToRead(text, { leads: [] })?.text, text);
  });

  it('leaves every offset as it is', () => {
    const text = `tf.f(${list('1')});`;
    const read = codeToRead(text, { leads: ['tf'] })!.text;
    assert.equal(read.length, text.length);
    assert.equal(read.replace(/ +/g, ''), 'tf.f([]);');
  });
});
