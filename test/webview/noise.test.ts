// Whether other work is told from the block's own time, on times that are made up.
import assert from 'node:assert/strict';
import { noiseOf } from '../../webview/run/noise/noise-of.ts';

const times = (count: number, of: (i: number) => number): number[] => Array.from({ length: count }, (_, i) => of(i));

describe('noise', () => {
  it('is none where the fixed operation takes what it always took', () => {
    const noise = noiseOf(times(15, i => 10 + (i % 3) * 0.1), times(16, () => 2), 2)!;
    assert.ok(Math.abs(noise.contention - 1) < 1e-9 && Math.abs(noise.trend! - 1) < 0.02, JSON.stringify(noise));
  });

  it('is how much slower everything was than at the fastest moment', () => {
    const noise = noiseOf(times(15, () => 14), times(16, () => 2.8), 2)!;
    assert.ok(Math.abs(noise.contention - 1.4) < 1e-9);
  });

  it('cancels work that comes and goes', () => {
    const slow = (i: number): number => (i >= 5 ? 2 : 1);
    const noise = noiseOf(times(15, i => 10 * slow(i)), times(16, i => 2 * slow(i)), 2)!;
    assert.ok(Math.abs(noise.contention - 2) < 1e-9, 'the median is one of a slow time');
    assert.ok(Math.abs(noise.trend! - 2) < 1e-9);
  });

  it('is no noise where only the block becomes slower', () => {
    const noise = noiseOf(times(15, i => 10 + i), times(16, () => 2), 2)!;
    assert.ok(Math.abs(noise.contention - 1) < 1e-9 && noise.trend! > 1.5);
  });

  it('is not told of few samples', () => {
    assert.equal(noiseOf([1, 1, 1, 1], [1, 1, 1, 1, 1], 1), undefined);
    assert.equal(noiseOf(times(8, () => 1), times(9, () => 1), 1)!.trend, undefined);
    assert.equal(noiseOf(times(15, () => 1), times(3, () => 1), 1), undefined, 'without the operation around the samples');
  });
});
