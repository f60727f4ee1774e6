// As MobileNet does it: where the shape changes there is no residual connection at all, and nothing in its place.
import { input, mobileNetLikeBlock, sequential } from 'blockscope/blocks';

// → [1, 56, 56, 64] · 160,704 parameters · 500,957,184 MACs
export default sequential(input([1, 56, 56, 32]), mobileNetLikeBlock({ inFeatures: 32, outFeatures: 64 }));
