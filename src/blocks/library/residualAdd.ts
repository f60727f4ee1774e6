// The residual connection by itself.
import { residual, type Block, type NamedBlock } from 'blockscope/vocabulary';

/**
 * `body(x) + x`: the body learns what is to be changed of its input, and gradients pass by it unchanged. Where the body changes the
 * shape, a shortcut brings the input to the same: `body(x) + shortcut(x)`. He et al.: Deep Residual Learning for Image Recognition,
 * section 3.1 and equations 1 and 2 (arXiv 1512.03385).
 */
export const residualAdd = (body: Block, shortcut?: Block): NamedBlock => ({ block: 'residualAdd', parameters: {}, layers: [residual(body, shortcut)] });
