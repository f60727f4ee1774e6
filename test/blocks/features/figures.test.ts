import assert from 'node:assert/strict';
import { exactCount, product, shortCount, sumOfProducts } from '../../../src/blocks/features/figures.ts';
import { addDims, multiplyDims, symbol, unknown } from '../../../src/blocks/shapes/dim.ts';

describe('figures', () => {
  const short: readonly [number, string][] = [
    [0, '0'], [1, '1'], [320, '320'], [999, '999'], [1000, '1k'], [1049, '1k'], [1050, '1.1k'], [18_496, '18.5k'], [73_856, '73.9k'],
    [99_949, '99.9k'], [99_950, '100k'], [589_824, '590k'], [999_499, '999k'], [999_500, '1M'], [1_180_160, '1.2M'],
    [23_534_592, '23.5M'], [1_234_567_890, '1.2G'], [4.1e12, '4.1T'],
  ];
  for (const [count, text] of short) {
    it(`prints ${count} as ${text} beside a line`, () => assert.equal(shortCount(count), text));
  }

  it('prints a short symbolic count, and … for one that would fill the line', () => {
    const c = symbol('C');
    assert.equal(shortCount(multiplyDims(9, c)), '9·C');
    const long = addDims(multiplyDims(multiplyDims(9, symbol('filters')), symbol('channels')), symbol('filters'));
    assert.equal(shortCount(long), '…');
  });

  it('prints what is not known as ?', () => {
    assert.equal(shortCount(unknown('no idea')), '?');
    assert.equal(exactCount(unknown('no idea')), '?');
    assert.equal(shortCount(null), '?');
    assert.equal(shortCount(Number.NaN), '?');
    assert.equal(exactCount(Number.POSITIVE_INFINITY), '?');
  });

  it('prints exact counts with thousands separators', () => {
    assert.equal(exactCount(999), '999');
    assert.equal(exactCount(73_856), '73,856');
    assert.equal(exactCount(11_186_889), '11,186,889');
  });

  it('writes products and their sums out', () => {
    assert.equal(sumOfProducts([[3, 3, 64, 128], [128]]), '3·3·64·128 + 128');
    assert.equal(product([symbol('C'), addDims(symbol('H'), 1)]), 'C·(H+1)');
    assert.equal(product([]), '1');
  });
});
