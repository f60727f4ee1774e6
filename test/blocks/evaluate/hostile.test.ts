// Code that never ends, grows without bound or tries to get out: every program ends, nothing of it is executed, and
// what stands behind it is read all the same.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { inlayHints } from '../../../src/blocks/features/inlay-hints.ts';
import { behindHostile as after, hostilePrograms, oversizedPrograms, unreadPrograms } from './hostile-programs.ts';

describe('hostile programs', () => {
  for (const [name, source] of Object.entries(hostilePrograms)) {
    it(name, () => {
      const { sites, problems } = analyze('hostile.js', source + after);
      const dense = sites.find(site => site.at.start > source.length);
      assert.deepEqual(dense?.variants.map(({ output, params }) => [output, params]), [[[null, 2], 10]]);
      assert.deepEqual(problems.filter(problem => problem.severity === 'error' && problem.id !== 'syntax-error'), []);
      assert.equal((globalThis as { executed?: unknown }).executed, undefined);
      assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    });
  }

  for (const [name, source] of Object.entries(oversizedPrograms)) {
    it(`${name}: read as far as that takes no longer, and it is said where it ends`, () => {
      const { sites, problems } = analyze('hostile.js', source + after);
      assert.deepEqual(problems.map(({ id, severity }) => [id, severity]), [['rest-not-read', 'information']]);
      assert.ok(sites.length > 200);
      assert.ok(sites.every(({ at }) => at.start < problems.at(-1)!.at.start));
    });
  }

  it('does not believe what a variable held when it gave up', () => {
    const fib = 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }';
    const { sites } = analyze('hostile.js', [
      fib, 'let units = 5; let other = 1; const list = [1];', '{ other = 2; list.push(3); units = fib(40); }',
      'tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units })] });',
      'tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: other })] });',
      'tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: list.length })] });',
    ].join('\n'));
    for (const { variants } of sites) assert.notEqual(typeof variants[0]!.params, 'number');
  });

  for (const [name, source] of Object.entries(unreadPrograms)) {
    it(`${name}: are not read, and that is said`, () => {
      const { sites, problems, parses } = analyze('hostile.js', source + after);
      assert.deepEqual([sites, problems.map(({ id, severity }) => [id, severity]), parses], [[], [['file-too-large', 'information']], true]);
    });
  }

  it('says where it gave up on layers, and of other code only at the layers that it matters to', () => {
    const fib = 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\n';
    const inItself = analyze('hostile.js', `${fib}const layer = tf.layers.dense({ units: fib(40) });\n`);
    assert.deepEqual(inItself.problems.map(({ id, severity, at }) => [id, severity, at.start]), [['not-followed', 'information', fib.length]]);
    const before = analyze('hostile.js', `${fib}const x = fib(40);\nconst model = tf.sequential({ layers: [tf.layers.dense({ units: x, inputShape: [2] })] });\n`);
    assert.deepEqual(before.problems, []);
    assert.deepEqual(inlayHints(before).map(({ parts }) => parts.map(({ text }) => text).join('')), ['→ x · 3·x']);
    const data = analyze('hostile.js', `${fib}async function load() { await fetch(fib(40)); }\nload();\n`);
    assert.deepEqual(data.problems, []);
  });
});
