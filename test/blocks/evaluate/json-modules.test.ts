// Settings that a program imports as JSON.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';

const readModule = (specifier: string): { file: string; text: string } | undefined => {
  const texts: Record<string, string> = { './config.json': '{ "units": 24, "hidden": [16, 8], "head": { "default": 3 } }', './broken.json': '{ "units": ' };
  const text = texts[specifier];
  return text === undefined ? undefined : { file: specifier, text };
};

const outputs = (code: string): unknown[] =>
  analyze('main.js', code, { readModule }).sites.flatMap(site => (site.layer === 'dense' ? site.variants.map(({ output }) => output) : []));

describe('JSON modules', () => {
  it('are their value, imported, by name or required', () => {
    assert.deepEqual(outputs(`
      import config from './config.json' with { type: 'json' };
      import { hidden } from './config.json';
      const again = require('./config.json');
      const model = tf.sequential();
      model.add(tf.layers.dense({ inputShape: [4], units: config.units }));
      for (const units of hidden) model.add(tf.layers.dense({ units }));
      model.add(tf.layers.dense({ units: again.head.default }));
    `), [[null, 24], [null, 16], [null, 8], [null, 3]]);
  });

  it('are unknown where they do not parse', () => {
    const [output] = outputs(`
      import config from './broken.json';
      tf.layers.dense({ units: config.units }).apply(tf.input({ shape: [4] }));
    `) as [readonly unknown[]];
    assert.equal(typeof output[1], 'object');
  });
});
