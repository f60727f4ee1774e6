// Multiplies tensors value by value, as squeeze-and-excitation does with its weights.
import { defineMerge } from './elementwise-merge.ts';

export const multiply = defineMerge({
  name: 'multiply',
  className: 'Multiply',
  summary: 'Multiplies tensors value by value, as squeeze-and-excitation does with its weights.',
  formula: 'output = a · b · …',
  source: { title: 'Hu, Shen, Sun: Squeeze-and-Excitation Networks (2018)', url: 'https://arxiv.org/abs/1709.01507' },
});
