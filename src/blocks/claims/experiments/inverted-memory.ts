// What do blocks hold in memory that are equally wide inside?
import { bottleneck } from '../../library/bottleneck.ts';
import { invertedResidual } from '../../library/invertedResidual.ts';
import { arxiv, defineClaim } from '../claim.ts';

export const claim = defineClaim({
  id: 'inverted-memory',
  claim: 'An inverted residual keeps less in memory between blocks than a bottleneck of the same inner width.',
  sources: [arxiv('1801.04381', 'Sandler et al.: MobileNetV2, section 5.1 and table 3')],
  compared: 'An inverted residual of 24 channels (expansion 6, depthwise) and a bottleneck of 576 (reduction 4), both with 144 channels inside, at 56×56: what a block hands on to the next, and what is alive at once at the worst moment, without weights, as it follows from the graph and as TensorFlow.js counts the bytes of its tensors.',
  authors: [],
  experiment: {
    kind: 'memory',
    contenders: [
      { id: 'inverted', name: 'inverted residual', input: [1, 56, 56, 24], block: invertedResidual({ inFeatures: 24, outFeatures: 24, expansion: 6, depthwise: true, activation: 'relu6', useBias: false }) },
      { id: 'bottleneck', name: 'bottleneck', input: [1, 56, 56, 576], block: bottleneck({ inFeatures: 576, outFeatures: 576, useBias: false }) },
    ],
  },
  predictions: (['heldMemory', 'inferredMemory', 'measuredMemory'] as const).map(quantity => ({ quantity, smaller: 'inverted', larger: 'bottleneck' })),
});
