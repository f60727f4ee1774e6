// What files give each other, in every form that JavaScript and TypeScript have for it.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { resolveModule } from '../../../src/blocks/syntax/resolve-module.ts';

const tf = `import * as tf from '@tensorflow/tfjs';`;
const dense = (units: string): string => `tf.layers.dense({ units: ${units} }).apply(tf.input({ shape: [1] }));`;

/** The widths of the dense layers that a program makes of several files. */
function widths(main: string, files: Readonly<Record<string, string>> = {}): unknown[] {
  const readModule = (specifier: string, from: string): { file: string; text: string } | undefined => {
    const found = resolveModule(specifier, from, path => files[path.slice(1)]);
    return found && { file: found.path, text: found.text };
  };
  const { sites } = analyze('/main.ts', main, { readModule });
  return sites.filter(site => site.layer === 'dense').flatMap(site => site.variants.map(({ output }) => (output as readonly unknown[])[1]));
}

describe('modules', () => {
  for (const [how, text] of Object.entries({
    'everything of it': `export * from '@tensorflow/tfjs'; import * as all from './tf'; export { all as tf };`,
    'it as a name': `export * as tf from '@tensorflow/tfjs';`,
    'what was imported': `${tf} export { tf };`,
    'its default': `export { default as tf } from '@tensorflow/tfjs';`,
  })) it(`give TensorFlow.js on: ${how}`, () => { assert.deepEqual(widths(`import { tf } from './tf'; ${dense('3')}`, { 'tf.ts': text }), [3]); });

  it('hold TensorFlow.js by address, globally, and asked for later', () => {
    assert.deepEqual(widths(`import * as tf from 'https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0/+esm'; ${dense('3')}`), [3]);
    assert.deepEqual(widths(`window.tf.layers.dense({ units: 4 }).apply(globalThis.tf.input({ shape: [1] }));`), [4]);
    assert.deepEqual(widths(`const tf = await import('@tensorflow/tfjs'); ${dense('5')}`), [5]);
    assert.deepEqual(widths(`import tf = require('@tensorflow/tfjs'); ${dense('6')}`), [6]);
  });

  it('may export each other', () => {
    const files = {
      'a.ts': `import { b } from './b'; export const one = 1; export const a = depth => (depth > 0 ? b(depth - 1) : one); export * from './b';`,
      'b.ts': `import { a, one } from './a'; export function b(depth) { return a(depth) + one; } export * from './a';`,
    };
    assert.deepEqual(widths(`${tf} import { a, b } from './a'; ${dense('a(3)')} ${dense('b(4)')}`, files), [4, 6]);
  });

  it('give a variable, not the value that it has in the beginning', () => {
    const files = { 'state.ts': `export let units = 1; export function set(value) { units = value; }` };
    assert.deepEqual(widths(`${tf} import { units, set } from './state'; set(7); ${dense('units')}`, files), [7]);
  });

  it('run where nothing is imported from them', () => {
    const files = { 'settings.ts': 'export const settings = { units: 1 };', 'setup.ts': `import { settings } from './settings'; settings.units = 9;` };
    assert.deepEqual(widths(`${tf} import { settings } from './settings'; import './setup'; ${dense('settings.units')}`, files), [9]);
  });

  it('are one value where they export one', () => {
    assert.deepEqual(widths(`${tf} import sizes = require('./sizes'); ${dense('sizes.small')}`, { 'sizes.ts': 'export = { small: 8 };' }), [8]);
    assert.deepEqual(widths(`${tf} import make from './make'; ${dense('make(4)')}`, { 'make.ts': 'export default function (n) { return n * 2; }' }), [8]);
  });
});
