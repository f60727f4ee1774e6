// Takes the mean of tensors value by value.
import { defineMerge } from './elementwise-merge.ts';

export const average = defineMerge({
  name: 'average',
  className: 'Average',
  summary: 'Takes the mean of tensors value by value.',
  formula: 'output = (a + b + …) / number of inputs',
  cost: { formula: 'inputs · output values, sums and a division', of: inputs => inputs },
});
