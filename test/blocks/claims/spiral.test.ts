// The arithmetic around the spiral.
import assert from 'node:assert/strict';
import { bestScale, pseudoInverse, relativeError, spiralPoints, type Point } from '../../../src/blocks/claims/spiral.ts';
import { SeededNumbers } from '../../../webview/run/seeded-values.ts';

describe('the spiral', () => {
  const points = spiralPoints(50, 2);

  it('winds from the middle outwards', () => {
    const radii = points.map(([x, y]) => Math.hypot(x, y));
    assert.ok(radii.every((radius, i) => i === 0 || radius > radii[i - 1]!));
    assert.deepEqual([radii[0], radii.at(-1)!.toFixed(9)], [0, '1.000000000']);
  });

  it('comes back whole through a matrix and its pseudo-inverse, where nothing happens in between', () => {
    for (const n of [2, 3, 30]) {
      const numbers = new SeededNumbers(n);
      const matrix = Array.from({ length: n }, (): Point => [numbers.next() - 0.5, numbers.next() - 0.5]);
      const [first, second] = pseudoInverse(matrix);
      const back = points.map(([x, y]): Point => {
        const embedded = matrix.map(([a, b]) => a * x + b * y);
        return [first, second].map(row => row.reduce((sum, weight, i) => sum + weight * embedded[i]!, 0)) as unknown as Point;
      });
      assert.ok(relativeError(points, back) < 1e-9);
    }
  });

  it('is compared after the best scale', () => {
    const half = points.map(([x, y]): Point => [x / 2, y / 2]);
    assert.equal(bestScale(points, half), 2);
    assert.equal(relativeError(points, half), 0.5);
    assert.equal(bestScale(points, points.map(() => [0, 0] as const)), 0);
    assert.equal(relativeError(points, points.map(() => [0, 0] as const)), 1);
    assert.ok(bestScale(points, points.map(([x, y]) => [-x, -y] as const)) < 0);
  });
});
