import assert from 'node:assert/strict';
import { shapeLabel, shapesLabel, wholeShape } from '../../../src/blocks/features/shape-label.ts';
import { floorDivideDims, multiplyDims, subtractDims, symbol, unknown } from '../../../src/blocks/shapes/dim.ts';
import type { Shape } from '../../../src/blocks/shapes/shape.ts';

const H = symbol('H');
const labels: readonly (readonly [Shape, string, string])[] = [
  [[null, 56, 56, 64], '56×56×64', '[null, 56, 56, 64]'],
  [[null, 10], '10', '[null, 10]'],
  [[null], 'scalar', '[null]'],
  [[8, 56, 56, 64], '[8, 56, 56, 64]', '[8, 56, 56, 64]'],
  [[1, 10], '[1, 10]', '[1, 10]'],
  [[symbol('B'), 10], '10', '[B, 10]'],
  [[multiplyDims(symbol('B'), 4), 10], '[4·B, 10]', '[4·B, 10]'],
  [[null, floorDivideDims(H, 2), subtractDims(H, 2), 64], 'H/2×(H-2)×64', '[null, ⌊H/2⌋, H-2, 64]'],
  [[null, null, null, 3], 'null×null×3', '[null, null, null, 3]'],
  [[null, unknown('data'), 3], '?×3', '[null, ?, 3]'],
  [unknown('no rank'), '?', '?'],
];

describe('shape labels', () => {
  for (const [shape, short, whole] of labels) {
    it(`prints ${whole} as ${short} beside a line`, () => {
      assert.equal(shapeLabel(shape), short);
      assert.equal(wholeShape(shape), whole);
    });
  }

  it('counts what would not fit', () => {
    const outputs = (count: number): Shape[] => Array.from({ length: count }, (_, i) => [null, i + 1]);
    assert.equal(shapesLabel(outputs(3)), '1, 2, 3');
    assert.equal(shapesLabel(outputs(10)), '1, 2, and 8 more');
  });

  it('leaves an expression that would fill the line to the hover', () => {
    const long = multiplyDims(subtractDims(floorDivideDims(H, 4), 2), subtractDims(floorDivideDims(symbol('W'), 4), 2));
    assert.equal(shapeLabel([null, long]), '…');
    assert.match(wholeShape([null, long]), /⌊H\/4⌋·⌊W\/4⌋/);
  });
});
