// What blocks sum up to: what of it is trained, and what a function consists of that is called under a condition.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import type { Dim } from '../../../src/blocks/shapes/dim.ts';

const number = (dim: Dim): number | string => (typeof dim === 'number' ? dim : '?');

/** Parameters by the name of a model, with those that are trained. */
function modelsOf(source: string): Record<string, (number | string)[]> {
  const { blocks } = analyze('file:///model.js', `import * as tf from '@tensorflow/tfjs';\nimport { f } from './elsewhere.js';\nconst dense = (units, more) => tf.layers.dense({ units, ...more });\n${source}`);
  return Object.fromEntries(blocks.map(({ name, totals }) => [name, [number(totals.params), number(totals.trainableParams)]]));
}

describe('parameters that are trained', () => {
  const two = 'const m = tf.sequential({ layers: [dense(4, { inputShape: [8] }), dense(2)] });';
  const cases: Readonly<Record<string, readonly [source: string, params: number | string, trained: number | string]>> = {
    'all': ['', 46, 46],
    'none of a frozen model': ['m.trainable = false;', 46, 0],
    'no known part of what is added to a frozen model': ['m.trainable = false; m.add(dense(3));', 55, '?'],
    'all of a model that is frozen and thawed': ['m.trainable = false; m.trainable = true;', 46, 46],
    'those of the layers that are not frozen': ['m.layers[0].trainable = false;', 46, 10],
    'no known part where one layer of several is frozen': ['m.layers[f()].trainable = false;', 46, '?'],
    'no known part where a layer is perhaps frozen': ['if (f()) m.layers[0].trainable = false;', 46, '?'],
    'no known part where a loop is given up that freezes': ['let i = 0; while (true) { m.layers[0].trainable = false; i++; }', 46, '?'],
    'no known part of a model that is perhaps frozen': ['if (f()) m.trainable = false;', 46, '?'],
    'no known part where a layer of a frozen model is thawed': ['m.trainable = false; m.layers[0].trainable = true;', 46, '?'],
    'none of a layer whose setting is not said': ['m.layers[1].trainable = undefined;', 46, 36],
  };
  for (const [name, [source, params, trained]] of Object.entries(cases)) {
    it(`are ${name}`, () => assert.deepEqual(modelsOf(`${two}\n${source}`)['m'], [params, trained]));
  }

  it('are none of a layer that is made frozen, and not known once that is changed', () => {
    assert.deepEqual(modelsOf('const m = tf.sequential({ layers: [dense(4, { inputShape: [8], trainable: false })] });')['m'], [36, 0]);
    assert.deepEqual(modelsOf('const m = tf.sequential({ layers: [dense(4, { inputShape: [8], trainable: false })] }); m.layers[0].trainable = true;')['m'], [36, '?']);
  });

  it('are those of the model around a frozen one', () => {
    assert.deepEqual(modelsOf(`${two} m.trainable = false; const whole = tf.sequential({ layers: [m, dense(3)] });`)['whole'], [55, 9]);
  });
});

describe('a function that is called under a condition', () => {
  const { functions } = analyze('file:///blocks.js', `import * as tf from '@tensorflow/tfjs';
import { deep, wide } from './elsewhere.js';
function basic(x) { return tf.layers.dense({ units: 4 }).apply(x); }
function bottleneck(x) { const y = basic(x); return wide ? tf.layers.dense({ units: 4 }).apply(y) : y; }
const block = deep ? bottleneck : basic;
block(tf.input({ shape: [8] }));
`);
  const paramsOf = (wanted: string): (number | string)[] => functions.find(({ name }) => name === wanted)!.variants.map(({ totals }) => number(totals.params));

  it('consists of what it applies for certain when it is called', () => assert.deepEqual(paramsOf('basic'), [36]));
  it('does not consist for certain of what it applies under a condition of its own', () => assert.deepEqual(paramsOf('bottleneck'), ['?']));
  it('shows in its drawing what is certain within it', () => {
    assert.deepEqual(functions.find(({ name }) => name === 'basic')!.variants[0]!.graph.nodes.map(({ optional }) => optional), [false, false]);
  });
});

describe('a function without a name', () => {
  it('is shown under the variable that it is put in', () => {
    const { functions } = analyze('file:///made.js', `import * as tf from '@tensorflow/tfjs';
const dense = units => x => tf.layers.dense({ units }).apply(x);
const four = dense(4);
four(tf.input({ shape: [8] }));
`);
    assert.deepEqual(functions.map(({ name }) => name), ['four']);
  });
});
