// How much of a spiral is left behind a ReLU, by how many dimensions it went through.
import { arxiv, article, defineClaim, spiralId } from '../claim.ts';

export const claim = defineClaim({
  id: 'relu-destroys-information',
  claim: 'A ReLU before a narrow output destroys information, which is why a linear bottleneck has none.',
  sources: [article, arxiv('1801.04381', 'Sandler et al.: MobileNetV2, section 3.2 and figure 1: collapsed for n = 2 and 3, kept for n = 15 and 30')],
  compared: 'A spiral in two dimensions is embedded into n by a random matrix, goes through ReLU, and comes back by the matrix’s pseudo-inverse. The error is what remains different, relative to the spiral, after the best scale: ReLU halves what it lets through, which is no loss. Steeply means: from n = 2 to n = 30 the error is at least halved.',
  authors: [],
  experiment: { kind: 'spiral', dimensions: [2, 3, 5, 15, 30], points: 200, turns: 1.75 },
  predictions: [
    ...[2, 3].flatMap(n => [15, 30].map(more => ({ quantity: 'error', smaller: spiralId(more), larger: spiralId(n) }) as const)),
    { quantity: 'error', smaller: spiralId(30), larger: spiralId(2), factor: 2 },
  ],
});
