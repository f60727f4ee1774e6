import assert from 'node:assert/strict';
import type { LayerSite } from '../../../src/blocks/analysis.ts';
import { defaultHintOptions, hintText, inlayHints, type HintOptions } from '../../../src/blocks/features/inlay-hints.ts';
import { addDims, floorDivideDims, multiplyDims, symbol, unknown, type Dim } from '../../../src/blocks/shapes/dim.ts';
import { analysis, call, node, place, site, variant } from './hand-made.ts';

const hints = (sites: readonly LayerSite[], options: Partial<HintOptions> = {}): [number, string][] =>
  inlayHints(analysis({ sites }), { ...defaultHintOptions, ...options }).map(hint => [hint.offset, hintText(hint)]);

const conv = (size: number, channels: number, params: number, count = 1) =>
  variant({ output: [null, size, size, channels], params, count, callPaths: [[call('stage', size)]] });

describe('inlay hints', () => {
  it('say the shape and the parameters at the end of the call', () => {
    assert.deepEqual(hints([site(60, [variant()])]), [[60, '→ 26×26×8 · 80']]);
  });

  it('leave out parameters where there are none', () => {
    assert.deepEqual(hints([site(60, [variant({ params: 0 })])]), [[60, '→ 26×26×8']]);
  });

  it('show what the settings ask for', () => {
    const sites = [site(60, [variant({ macs: 48_672 })]), site(90, [variant({ params: 0 })])];
    assert.deepEqual(hints(sites, { macs: true }), [[60, '→ 26×26×8 · 80 · 48.7k MACs'], [90, '→ 26×26×8']]);
    assert.deepEqual(hints(sites, { shape: false }), [[60, '→ 80']]);
    assert.deepEqual(hints(sites, { shape: false, params: false }), []);
  });

  it('say nothing of layers that are never applied, and of those in other files', () => {
    assert.deepEqual(hints([site(60, []), site(90, [variant()], { call: place(70, 90, 'file:///other.ts') })]), []);
  });

  it('join two and three distinct results, each with a link to its call', () => {
    const [hint] = inlayHints(analysis({ sites: [site(60, [conv(56, 64, 36_928), conv(28, 64, 36_928), conv(28, 64, 36_928)])] }));
    assert.equal(hintText(hint!), '→ 56×56×64 · 36.9k | 28×28×64 · 36.9k');
    assert.deepEqual(hint!.parts.map(part => part.at?.start), [undefined, 56, undefined, 28]);
  });

  it('print a shape that all results have in common once', () => {
    assert.deepEqual(hints([site(60, [conv(56, 64, 4160), conv(56, 64, 16_448)])]), [[60, '→ 56×56×64 · 4.2k | 16.4k']]);
  });

  it('leave the parameters to the hover where the editor would cut the hint off', () => {
    const sites = [site(60, [conv(56, 64, 36_928), conv(28, 128, 147_584), conv(14, 256, 590_080)])];
    assert.deepEqual(hints(sites), [[60, '→ 56×56×64 | 28×28×128 | 14×14×256']]);
    assert.deepEqual(hints(sites, { room: 0 }), [[60, '→ 56×56×64 · 36.9k | 28×28×128 · 148k | 14×14×256 · 590k']]);
  });

  it('become a range with a count and the sum for more than three', () => {
    const sites = [site(60, [conv(112, 64, 9408), conv(56, 256, 16_384, 20), conv(14, 1024, 262_144, 30), conv(7, 2048, 1_048_576, 2)])];
    const sum = 9408 + 20 * 16_384 + 30 * 262_144 + 2 * 1_048_576;
    assert.equal(sum, 10_298_560);
    assert.deepEqual(hints(sites), [[60, '→ 112…7×112…7×64…2048 ×53 · Σ 10.3M']]);
  });

  it('count weights that are applied at several sizes once, and not at all where it is not clear', () => {
    const head = (size: number, count = 1) => variant({ output: [null, size, size, 9], params: 900, count, node: node({ weightsKey: 7 }) });
    assert.deepEqual(hints([site(60, [head(64), head(32), head(16), head(8)])]), [[60, '→ 64…8×64…8×9 ×4 · Σ 900']]);
    assert.deepEqual(hints([site(60, [head(64), head(32), head(16, 3), head(8)])]), [[60, '→ 64…8×64…8×9 ×6']]);
  });

  it('go from the first to the last expression where sizes are symbolic, while that fits', () => {
    const stage = (size: Dim, channels: number) => variant({ output: [null, size, size, channels], params: 0 });
    const stages = (name: string) => [2, 4, 8, 16].map((factor, i) => stage(floorDivideDims(symbol(name), factor), 64 * 2 ** i));
    assert.deepEqual(hints([site(60, stages('H'))]), [[60, '→ H/2…H/16×H/2…H/16×64…512 ×4']]);
    const weighed = stages('H').map(result => ({ ...result, params: addDims(multiplyDims(symbol('C'), 784), 80) }));
    assert.deepEqual(hints([site(60, weighed)]), [[60, '→ H/2…H/16×H/2…H/16×64…512 ×4']]);
    assert.deepEqual(hints([site(60, weighed)], { room: 0 }), [[60, '→ H/2…H/16×H/2…H/16×64…512 ×4 · Σ 3136·C+320']]);
    assert.deepEqual(hints([site(60, stages('imageSize'))]), [[60, '→ …×…×64…512 ×4']]);
    const size = symbol('sizeOfAllTheImages');
    const squares = [2, 4, 8, 16].map(factor => variant({ output: [null, floorDivideDims(size, factor), floorDivideDims(size, factor)], params: addDims(multiplyDims(multiplyDims(size, size), factor), size) }));
    assert.deepEqual(hints([site(60, squares)]), [[60, '→ 4 shapes ×4']]);
  });

  it('do not make a range of shapes that have none', () => {
    const dense = (rank: number) => variant({ output: Array<number>(rank).fill(rank), params: 0 });
    assert.deepEqual(hints([site(60, [2, 3, 4, 5].map(dense))]), [[60, '→ 4 shapes ×4']]);
  });

  it('say ? for what is not known, once where everything follows from it', () => {
    const lost = unknown('the file says no more');
    assert.deepEqual(hints([site(60, [variant({ output: lost, params: lost })])]), [[60, '→ ?']]);
    assert.deepEqual(hints([site(60, [variant({ output: lost, params: 80 })])]), [[60, '→ ? · 80']]);
    assert.deepEqual(hints([site(60, [variant({ output: [null, 10], params: lost })])]), [[60, '→ 10 · ?']]);
    assert.deepEqual(hints([site(60, [1, 2, 3, 4].map(size => variant({ output: [null, size], params: lost })))]), [[60, '→ 1…4 ×4 · Σ ?']]);
  });

  it('mark what rests on an assumption', () => {
    assert.deepEqual(hints([site(60, [variant({ assumed: ['filters = 8'] })])]), [[60, '→ 26×26×8 · 80*']]);
  });

  it('never put two hints at one offset', () => {
    assert.deepEqual(hints([site(60, [variant()]), site(60, [conv(13, 8, 80)])]), [[60, '→ 26×26×8 · 80 | 13×13×8 · 80']]);
  });

  it('come in the order of the source', () =>
    assert.deepEqual(hints([site(90, [variant()]), site(60, [variant()])]).map(([offset]) => offset), [60, 90]));
});
