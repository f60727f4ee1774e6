// The functions that a program calls to make layers, and the calls that lead to each result of a line.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import type { CallPath } from '../../../src/blocks/graph/block-graph.ts';
import { LineMap } from '../../../src/blocks/text/location.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';
const head = (x, units) => tf.layers.dense({ units }).apply(x);
function stage(x, units) {
  for (let i = 0; i < 2; i++) x = head(x, units);
  return x;
}
class Net {
  constructor(units) { this.output = stage(tf.input({ shape: [4] }), units); }
}
new Net(8);
new Net(16);
export const unused = x => stage(x, 3);
`;

describe('called functions', () => {
  const lines = new LineMap(SOURCE);
  const { calledFunctions, sites, functions } = analyze('file:///net.js', SOURCE);
  const written = (path: CallPath): string => path.map(({ name, at }) => `${name} ${lines.lineColumn(at.start).line}`).join(' › ');

  it('are listed with every call that comes to make a layer, in the order of evaluation', () => {
    assert.deepEqual(calledFunctions.map(({ name, callPaths }) => [name, callPaths.map(written)]), [
      ['head', ['Net 10 › stage 8 › head 4', 'Net 10 › stage 8 › head 4', 'Net 11 › stage 8 › head 4', 'Net 11 › stage 8 › head 4']],
      ['stage', ['Net 10 › stage 8', 'Net 11 › stage 8']],
      ['Net', ['Net 10', 'Net 11']],
    ]);
  });

  it('reach from their first word to their end', () =>
    assert.deepEqual(calledFunctions.map(({ whole }) => SOURCE.slice(whole.start, whole.end).replace(/\{[^]*/, '{')), [
      '(x, units) => tf.layers.dense({', 'function stage(x, units) {', 'constructor(units) {',
    ]));

  it('have the very steps that lead to the results of lines and of functions, so that the turns of a loop can be told apart', () => {
    const [head, stage] = calledFunctions;
    const dense = sites.find(({ layer }) => layer === 'dense')!;
    assert.deepEqual(dense.variants.map(({ count, params }) => [count, params]), [[1, 40], [1, 72], [1, 80], [1, 272]]);
    for (const [i, { callPaths: [path] }] of dense.variants.entries()) {
      assert.equal(path!.at(-1), head!.callPaths[i]!.at(-1));
      assert.equal(path![1], stage!.callPaths[i >> 1]![1]);
    }
    assert.deepEqual(functions.map(({ name, variants }) => [name, variants.flatMap(({ callPaths }) => callPaths).map(written)]), [
      ['head', head!.callPaths.map(written)], ['stage', stage!.callPaths.map(written)], ['unused', ['']],
    ]);
  });

  it('keep all of a line that is reached five hundred times', () => {
    const calls = Array.from({ length: 500 }, (_, i) => `head(x, ${i % 2 ? 8 : 9});`).join('\n');
    const many = analyze('file:///many.js', `import * as tf from '@tensorflow/tfjs';\nconst head = (x, units) => tf.layers.dense({ units }).apply(x);\nconst x = tf.input({ shape: [4] });\n${calls}\n`);
    const { variants } = many.sites.find(({ layer }) => layer === 'dense')!;
    assert.deepEqual(variants.map(({ count, callPaths }) => [count, callPaths.length]), [[250, 250], [250, 250]]);
  });
});
