// Window arithmetic: with numbers against places counted one by one, with names against numbers.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bindDim, formatDim, isSymbolic, symbol, unknown, type Dim } from '../../../src/blocks/shapes/dim.ts';
import { exceeds, transposedLength, windowLength, windowReach, windowWorking, transposedWorking, type SlidingWindow } from '../../../src/blocks/shapes/window.ts';
import { seed } from '../layers/random-seed.ts';

const anyWindow = fc.record({
  size: fc.integer({ min: 1, max: 7 }),
  stride: fc.integer({ min: 1, max: 4 }),
  padding: fc.constantFrom('valid' as const, 'same' as const),
  dilation: fc.integer({ min: 1, max: 3 }),
});

describe(`windows (BLOCKSCOPE_SEED=${seed})`, () => {
  it('without padding, as many outputs as places where the window fits', () => {
    fc.assert(fc.property(anyWindow, fc.integer({ min: 1, max: 60 }), (window, length) => {
      const valid: SlidingWindow = { ...window, padding: 'valid' };
      const reach = (window.size - 1) * window.dilation + 1;
      assert.equal(windowReach(valid), reach);
      let places = 0;
      for (let start = 0; start + reach <= length; start += window.stride) places++;
      if (places > 0) assert.equal(windowLength(length, valid), places);
      else assert.ok((windowLength(length, valid) as number) <= 0);
      assert.equal(exceeds(length, valid), places === 0);
    }), { seed });
  });

  it("with padding 'same', one output for each stride that starts within the axis", () => {
    fc.assert(fc.property(anyWindow, fc.integer({ min: 1, max: 60 }), (window, length) => {
      let starts = 0;
      for (let start = 0; start < length; start += window.stride) starts++;
      assert.equal(windowLength(length, { ...window, padding: 'same' }), starts);
      assert.equal(exceeds(length, { ...window, padding: 'same' }), false);
    }), { seed });
  });

  it('undone by the transposed window, up to what a stride skips', () => {
    fc.assert(fc.property(anyWindow, fc.integer({ min: 1, max: 60 }), ({ dilation: _, ...window }, length) => {
      const spread = transposedLength(length, window) as number;
      assert.equal(windowLength(spread, window), length);
    }), { seed });
  });

  it('in chains of up to eight, names give what numbers give, and stay one floor', () => {
    fc.assert(fc.property(fc.array(anyWindow, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 1000 }), (chain, length) => {
      const through = (start: Dim): Dim => chain.reduce<Dim>((dim, window) => windowLength(dim, window), start);
      const named = through(symbol('H'));
      assert.equal(bindDim(named, { H: length }), through(length));
      assert.ok(isSymbolic(named));
      assert.ok(named.terms.length <= 1 && named.terms.every(term => term.atoms.length === 1), formatDim(named, { exact: true }));
    }), { seed, numRuns: 20_000 });
  });

  it('an open axis stays open, an unknown one unknown, and only what matters counts', () => {
    const why = unknown('read from a file');
    assert.equal(windowLength(null, { size: why, stride: 2, padding: 'valid' }), null);
    assert.equal(transposedLength(null, { size: 3, stride: 2, padding: 'valid' }), null);
    assert.equal(windowLength(why, { size: 3, stride: 2, padding: 'valid' }), why);
    assert.equal(windowLength(56, { size: why, stride: 2, padding: 'same' }), 28);
    assert.equal(windowLength(56, { size: why, stride: 2, padding: 'valid' }), why);
    assert.equal(exceeds(symbol('H'), { size: 3, stride: 1, padding: 'valid' }), false);
  });

  it('are worked out with their numbers', () => {
    assert.equal(windowWorking('height', 56, { size: 3, stride: 1, padding: 'valid' }), 'height: ⌊(56 − 3) / 1⌋ + 1 = 54');
    assert.equal(windowWorking('height', 56, { size: 3, stride: 2, padding: 'valid', dilation: 2 }), 'height: ⌊(56 − ((3 − 1) · 2 + 1)) / 2⌋ + 1 = 26');
    assert.equal(windowWorking('width', 7, { size: 3, stride: 2, padding: 'same' }), 'width: ⌈7 / 2⌉ = 4');
    assert.equal(windowWorking('width', symbol('W'), { size: 3, stride: 2, padding: 'same' }), 'width: ⌈W / 2⌉ = ⌈W/2⌉');
    assert.equal(windowWorking('width', null, { size: 3, stride: 2, padding: 'same' }), 'width: ⌈null / 2⌉ = null');
    assert.equal(transposedWorking('height', 28, { size: 3, stride: 2, padding: 'valid' }), 'height: 28 · 2 + max(3 − 2, 0) = 57');
    assert.equal(transposedWorking('height', 28, { size: 3, stride: 2, padding: 'same' }), 'height: 28 · 2 = 56');
  });
});
