// Adds tensors value by value, as a residual block does with its shortcut.
import { defineMerge } from './elementwise-merge.ts';

export const add = defineMerge({
  name: 'add',
  className: 'Add',
  summary: 'Adds tensors value by value, as a residual block does with its shortcut.',
  formula: 'output = a + b + …',
  source: { title: 'He et al.: Deep Residual Learning (2015)', url: 'https://arxiv.org/abs/1512.03385' },
});
