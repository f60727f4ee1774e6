// The conventions on programs: what editors and terminals show of them, and that every program of the fixtures agrees by all.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { analyze } from '../../../src/blocks/analyze.ts';
import { countingOf, defaultCounting, layerCountings, type Counting } from '../../../src/blocks/counting/counting.ts';
import { countedTotalsOf } from '../../../src/blocks/counting/totals.ts';
import { codeLenses } from '../../../src/blocks/features/code-lenses.ts';
import { layerMarkdown } from '../../../src/blocks/features/hover.ts';
import { defaultHintOptions, hintText, inlayHints } from '../../../src/blocks/features/inlay-hints.ts';
import { programFiles } from '../program-files.ts';

const FILE = 'file:///model.js';

const read = (source: string) => analyze(FILE, `import * as tf from '@tensorflow/tfjs';\n${source}`);

const hints = (source: string, counting: Partial<Counting>): string[] =>
  inlayHints(read(source), { ...defaultHintOptions, macs: true, counting: countingOf(counting) }).map(hintText);

const hover = (source: string, layer: string, counting: Partial<Counting>): string => {
  const analysis = read(source);
  const places = { name: () => 'there', address: () => 'command:go' };
  return layerMarkdown(analysis.sites.find(site => site.layer === layer)!, analysis, places, undefined, countingOf(counting));
};

const lens = (source: string, counting: Partial<Counting>) => codeLenses(read(source), undefined, countingOf(counting))[0]!;

const MODEL = `const m = tf.sequential();
m.add(tf.layers.conv2d({ filters: 8, kernelSize: 3, inputShape: [10, 10, 2] }));
m.add(tf.layers.batchNormalization());
m.add(tf.layers.reLU());
`;

/** The convolution, the normalization and the activation. */
const macs = 8 * 8 * 9 * 2 * 8;
const values = 8 * 8 * 8;

describe('what is shown by a convention', () => {
  it('is in hints', () => {
    assert.deepEqual(hints(MODEL, {}), ['→ 8×8×8 · 152 · 9.2k MACs', '→ 8×8×8 · 32', '→ 8×8×8']);
    assert.deepEqual(hints(MODEL, { parameters: 'pytorch', operations: 'flops' }), ['→ 8×8×8 · 152 · 18.4k FLOPs', '→ 8×8×8 · 16', '→ 8×8×8']);
    assert.deepEqual(hints(MODEL, { layers: 'all' }), ['→ 8×8×8 · 152 · 9.7k ops', '→ 8×8×8 · 32 · 1k ops', '→ 8×8×8 · 512 ops']);
    assert.deepEqual(hints(MODEL, { layers: 'fvcore' }), ['→ 8×8×8 · 152 · 9.2k ops', '→ 8×8×8 · 32 · 1k ops', '→ 8×8×8']);
  });

  it('is worked out in hovers, which say whose count it is', () => {
    assert.match(hover(MODEL, 'conv2d', { operations: 'flops', layers: 'all' }), /^FLOPs: `2·8·8·3·3·2·8 \+ 8·8·8` = \*\*18,944\*\* \(floating-point operations of one example: two for each multiply-accumulate, and one .+\)/m);
    assert.match(hover(MODEL, 'batchNormalization', {}), /`8 \+ 8 \+ 8 \+ 8` = \*\*32\*\* \(.+\), 16 trainable and 16 not; as Keras counts them: 16 are running statistics, which PyTorch does not count/);
    assert.match(hover(MODEL, 'batchNormalization', { parameters: 'pytorch' }), /`8 \+ 8` = \*\*16\*\* \(gamma, beta\); as PyTorch counts them: without 16 running statistics/);
    assert.doesNotMatch(hover(MODEL, 'conv2d', { parameters: 'pytorch' }), /PyTorch/);
  });

  it('is in lenses and their tooltips', () => {
    assert.equal(lens(MODEL, {}).title, 'm · 10×10×2 → 8×8×8 · 184 params · 9.2k MACs');
    const { title, tooltip } = lens(MODEL, { parameters: 'pytorch', operations: 'flops' });
    assert.equal(title, 'm · 10×10×2 → 8×8×8 · 168 params (PyTorch) · 18.4k FLOPs');
    assert.match(tooltip, /: 168 parameters as PyTorch counts them without 16 running statistics, 18,432 floating-point operations /);
    assert.match(lens(MODEL, {}).tooltip, /: 184 parameters as Keras counts them \(168 trainable, 16 not\), 9,216 multiply-accumulates of one example$/);
  });

  it('sums up what is frozen as PyTorch does', () => {
    const { blocks: [block] } = read(`${MODEL}m.trainable = false;`);
    assert.deepEqual(countedTotalsOf(block!, countingOf({ parameters: 'pytorch' })), { params: 168, trainableParams: 0, nonTrainableParams: 168, uncountedParams: 16, operations: macs });
    assert.deepEqual(countedTotalsOf(block!, countingOf({ layers: 'all' })).operations, macs + values + 2 * values + values);
  });

  it('leaves out what a layer of the program keeps and does not learn', () => {
    const { blocks: [block] } = read(`class Scale extends tf.layers.Layer {
  static className = 'Scale';
  build() { this.gain = this.addWeight('gain', [4]); this.seen = this.addWeight('seen', [3], 'float32', tf.initializers.zeros(), undefined, false); }
  computeOutputShape(shape) { return shape; }
}
const m = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [4] }), new Scale({})] });`);
    const by = (parameters: Counting['parameters']) => countedTotalsOf(block!, countingOf({ parameters })).params;
    assert.deepEqual([by('keras'), by('pytorch')], [27, 24]);
  });

  it('is not known where a layer is', () => {
    const { blocks: [block] } = read(`import { more } from './elsewhere.js';\n${MODEL}for (const layer of more) m.add(layer);`);
    const { params, operations } = countedTotalsOf(block!, countingOf({ parameters: 'pytorch', layers: 'all' }));
    assert.ok(typeof params !== 'number' && typeof operations !== 'number');
  });
});

describe('programs of the fixtures', () => {
  it('agree by all conventions', () => {
    let known = 0;
    for (const file of programFiles()) {
      const { blocks, functions } = analyze(pathToFileURL(file).href, readFileSync(file, 'utf8'));
      for (const block of [...blocks, ...functions.flatMap(({ variants }) => variants)]) {
        const by = (counting: Partial<Counting>) => countedTotalsOf(block, { ...defaultCounting, ...counting });
        const { params, operations: macs } = by({});
        const pytorch = by({ parameters: 'pytorch' });
        if (typeof params === 'number' && typeof pytorch.params === 'number') assert.equal(pytorch.params + (pytorch.uncountedParams as number), params, file);
        for (const layers of layerCountings) {
          const [once, twice] = [by({ layers }).operations, by({ layers, operations: 'flops' }).operations];
          if (typeof macs !== 'number') assert.ok(typeof once !== 'number', file);
          else if (typeof once === 'number') {
            assert.equal(twice, once + macs, file);
            known++;
          }
        }
      }
    }
    assert.ok(known > 100, String(known));
  });
});
