// The residual connection: what goes in is added to what comes out, so that the layers learn the difference.
import { conv2d, input, residual, sequential } from 'blockscope/blocks';

// → [1, 56, 56, 32] · 1,056 parameters · 3,211,264 MACs
export default sequential(input([1, 56, 56, 32]), residual(conv2d({ filters: 32, kernelSize: 1 })));
