// The same without the last activation: where few channels come out, ReLU would destroy what they carry (arXiv 1801.04381, section 3.2).
import { input, linearBottleneck, sequential } from 'blockscope/blocks';

// → [1, 56, 56, 64] · 6,368 parameters · 18,464,768 MACs
export default sequential(input([1, 56, 56, 32]), linearBottleneck({ inFeatures: 32, outFeatures: 64 }));
