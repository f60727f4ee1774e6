// A convolution over space and one over channels in place of one over both: 2,432 parameters instead of 18,496 (arXiv 1704.04861).
import { conv2d, input, sequential } from 'blockscope/blocks';

// → [1, 54, 54, 64] · 2,432 parameters · 6,811,776 MACs
export default sequential(
  input([1, 56, 56, 32]),
  conv2d({ filters: 32, kernelSize: 3, groups: 32 }),
  conv2d({ filters: 64, kernelSize: 1 }),
);
