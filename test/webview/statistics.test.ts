// The statistics of repeated measurements.
import assert from 'node:assert/strict';
import { median, medianUncertainty, qualityOf, quantile, relativeDeviation } from '../../webview/run/statistics.ts';

describe('statistics', () => {
  it('interpolates quantiles and leaves the samples in their order', () => {
    const samples = [4, 1, 3, 2];
    assert.equal(median(samples), 2.5);
    assert.equal(quantile(samples, 0.25), 1.75);
    assert.equal(quantile(samples, 0), 1);
    assert.equal(quantile(samples, 1), 4);
    assert.deepEqual(samples, [4, 1, 3, 2]);
    assert.equal(median([7]), 7);
  });

  it('does not follow an outlier', () => {
    const quiet = [10, 10.1, 9.9, 10, 10.05, 9.95, 10];
    const disturbed = [...quiet, 500];
    assert.ok(Math.abs(median(disturbed) - median(quiet)) < 0.05);
    assert.ok(relativeDeviation(disturbed) < 0.02);
  });

  it('gives the deviation of a normal distribution', () => {
    // The quantiles of a normal distribution with mean 100 and deviation 7, by the inverse of its distribution function.
    const samples = [-1.645, -1.036, -0.674, -0.385, -0.126, 0.126, 0.385, 0.674, 1.036, 1.645].map(z => 100 + 7 * z);
    assert.ok(Math.abs(relativeDeviation(samples) - 0.07) < 0.012, String(relativeDeviation(samples)));
  });

  it('is uncertain of few samples and more certain of many', () => {
    const spread = (n: number): number[] => Array.from({ length: n }, (_, i) => 100 + (((i * 7919) % 41) - 20));
    assert.equal(medianUncertainty(spread(5)), Infinity);
    assert.ok(medianUncertainty(spread(15)) > medianUncertainty(spread(60)));
    assert.equal(medianUncertainty(Array.from({ length: 10 }, () => 3)), 0);
  });

  it('names the quality by the spread', () => {
    const around = (share: number): number[] => Array.from({ length: 20 }, (_, i) => 100 + (i % 2 === 0 ? 1 : -1) * 100 * share);
    assert.equal(qualityOf(around(0.02)), 'good');
    assert.equal(qualityOf(around(0.1)), 'noisy');
    assert.equal(qualityOf(around(0.3)), 'unreliable');
  });
});
