// Where the layers change the shape, a convolution in the shortcut makes the same of what goes in.
import { conv2d, input, residual, sequential } from 'blockscope/blocks';

// → [1, 56, 56, 64] · 4,224 parameters · 12,845,056 MACs
export default sequential(input([1, 56, 56, 32]), residual(conv2d({ filters: 64, kernelSize: 1 }), conv2d({ filters: 64, kernelSize: 1 })));
