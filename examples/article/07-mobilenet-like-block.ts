// As MobileNet does it: where the shape changes there is no residual connection at all, and nothing in its place.
import { mobileNetLikeBlock } from 'blockscope/blocks';

// [1, 56, 56, 32] → [1, 56, 56, 64] · 160,704 parameters · 500,957,184 MACs
export default mobileNetLikeBlock({ inFeatures: 32, outFeatures: 64 });
