// What do operations cost that have no MACs?
import { activation, conv2d, residual, sequential } from '../../vocabulary/vocabulary.ts';
import type { Block } from '../../vocabulary/block.ts';
import { arxiv, defineClaim } from '../claim.ts';

function bottleneck(relu: boolean, shortcut: boolean): Block {
  const act = relu && activation('relu');
  const body = sequential(conv2d({ filters: 8, kernelSize: 1 }), act, conv2d({ filters: 8, kernelSize: 3, padding: 1 }), act, conv2d({ filters: 32, kernelSize: 1 }));
  return sequential(shortcut ? residual(body) : body, act);
}

const variants = [
  ['both', 'ReLU and shortcut', bottleneck(true, true), 2427],
  ['no-shortcut', 'no shortcut', bottleneck(true, false), 2647],
  ['no-relu', 'no ReLU', bottleneck(false, true), 2672],
  ['neither', 'neither', bottleneck(false, false), 2842],
] as const;

export const claim = defineClaim({
  id: 'shufflenet-g4',
  claim: 'Element-wise operations are not free.',
  sources: [arxiv('1807.11164', 'Ma et al.: ShuffleNet V2, section 2, guideline 4')],
  compared: 'Ten bottleneck blocks of 32 channels, 8 inside, at 56×56, with and without ReLU and the shortcut’s addition. Their parameters and MACs are the same.',
  authors: [{
    caption: 'Batches per second with and without element-wise operations, 32 channels', unit: 'batches per second', isRate: true, quantity: 'time', hardware: 'GTX 1080 Ti', source: 'table 4',
    figures: variants.map(([contender, name, , value]) => ({ name, value, contender })),
  }],
  experiment: {
    kind: 'time',
    groups: [variants.map(([id, name, block]) => ({ id, name, input: [1, 56, 56, 32], block: sequential(...Array.from({ length: 10 }, () => block)) }))],
  },
  predictions: ['both', 'no-shortcut', 'no-relu'].map(larger => ({ quantity: 'time', smaller: 'neither', larger })),
});
