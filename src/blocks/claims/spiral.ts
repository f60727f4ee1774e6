// The arithmetic around the spiral of MobileNetV2's figure 1: the points, the way back, and what is lost (arXiv 1801.04381, section 3.2).

export type Point = readonly [number, number];

/** From the middle outwards, evenly in angle; the last point is 1 away from the middle. */
export const spiralPoints = (count: number, turns: number): Point[] =>
  Array.from({ length: count }, (_, i) => {
    const [radius, angle] = [i / (count - 1), (i / (count - 1)) * turns * 2 * Math.PI];
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });

/** Of a matrix `[n, 2]` with independent columns: `(TᵀT)⁻¹Tᵀ`, as the two rows of `[2, n]`. */
export function pseudoInverse(matrix: readonly Point[]): readonly [number[], number[]] {
  let [a, b, d] = [0, 0, 0];
  for (const [x, y] of matrix) [a, b, d] = [a + x * x, b + x * y, d + y * y];
  const determinant = a * d - b * b;
  return [matrix.map(([x, y]) => (d * x - b * y) / determinant), matrix.map(([x, y]) => (a * y - b * x) / determinant)];
}

/** The number that `points` are best multiplied with to be like `original`, in the sense of least squares; 0 where nothing is left of them. */
export function bestScale(original: readonly Point[], points: readonly Point[]): number {
  let [together, own] = [0, 0];
  points.forEach(([x, y], i) => {
    together += x * original[i]![0] + y * original[i]![1];
    own += x * x + y * y;
  });
  return own === 0 ? 0 : together / own;
}

/** How far `points` are from `original`, relative to how large that is: 0 where they are the same. */
export function relativeError(original: readonly Point[], points: readonly Point[]): number {
  let [apart, whole] = [0, 0];
  points.forEach(([x, y], i) => {
    const [u, v] = original[i]!;
    apart += (x - u) ** 2 + (y - v) ** 2;
    whole += u * u + v * v;
  });
  return Math.sqrt(apart / whole);
}
