// What reaches the first layer of a deep stack, with and without the addition.
import { arxiv, article, defineClaim, stackId } from '../claim.ts';

export const claim = defineClaim({
  id: 'residual-gradient',
  claim: 'The residual operation improves gradient propagation, so that networks of more than a hundred layers can be trained.',
  sources: [article, arxiv('1512.03385', 'He et al.: Deep Residual Learning for Image Recognition')],
  compared: 'Stacks of 10, 30, 60 and 100 layers of 3×3 convolution, batch normalization over the batch and ReLU, with and without the layer’s input added to what it gives. One backward pass of a random linear loss for each seed; compared is how many times apart the norms of the gradients of the first and the last kernel are. Small means: from 10 to 100 layers it grows less than ten times.',
  authors: [],
  experiment: { kind: 'gradient', depths: [10, 30, 60, 100], batch: 4, size: 4, channels: 4 },
  predictions: [
    { quantity: 'gradient', smaller: stackId('plain', 10), larger: stackId('plain', 100), factor: 100 },
    ...[30, 60, 100].map(depth => ({ quantity: 'gradient', smaller: stackId('residual', depth), larger: stackId('plain', depth) }) as const),
    { quantity: 'gradient', smaller: stackId('residual', 100), larger: stackId('residual', 10), factor: 0.1 },
  ],
});
