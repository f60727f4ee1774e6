// One dense 3×3 convolution in place of the first two: more work, of a kind that accelerators do faster (EfficientNetV2, arXiv 2104.00298).
import { fusedMbConv, input, sequential } from 'blockscope/blocks';

// → [1, 56, 56, 64] · 45,632 parameters · 141,295,616 MACs
export default sequential(input([1, 56, 56, 32]), fusedMbConv({ inFeatures: 32, outFeatures: 64 }));
