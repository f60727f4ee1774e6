// Keeps the largest of the values at each place.
import { defineMerge } from './elementwise-merge.ts';

export const maximum = defineMerge({
  name: 'maximum',
  className: 'Maximum',
  summary: 'Keeps the largest of the values at each place.',
  formula: 'output = max(a, b, …)',
});
