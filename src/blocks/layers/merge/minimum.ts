// Keeps the smallest of the values at each place.
import { defineMerge } from './elementwise-merge.ts';

export const minimum = defineMerge({
  name: 'minimum',
  className: 'Minimum',
  summary: 'Keeps the smallest of the values at each place.',
  formula: 'output = min(a, b, …)',
});
