// Normally distributed numbers that are the same in every run.
import { SeededNumbers } from '../../run/seeded-values.ts';

/** With mean 0 and deviation 1, by the method of Box and Muller. */
export function gaussianNumbers(seed: number): () => number {
  const numbers = new SeededNumbers(seed);
  return () => Math.sqrt(-2 * Math.log(1 - numbers.next())) * Math.cos(2 * Math.PI * numbers.next());
}
