// Does it matter how channels are distributed between what goes in and what comes out?
import { conv2d, sequential } from '../../vocabulary/vocabulary.ts';
import { arxiv, defineClaim } from '../claim.ts';

const pairs = [[128, 128, 1480], [90, 180, 1296], [52, 312, 876], [36, 432, 748]] as const;
const convolution = (filters: number) => conv2d({ filters, kernelSize: 1 });

export const claim = defineClaim({
  id: 'shufflenet-g1',
  claim: 'At equal MACs, equal channel widths are fastest.',
  sources: [arxiv('1807.11164', 'Ma et al.: ShuffleNet V2, section 2, guideline 1')],
  compared: 'Ten blocks of two 1×1 convolutions at 56×56, from the first number of channels to the second and back. The MACs are equal to within 6 %.',
  authors: [{
    caption: 'Batches per second by channels', unit: 'batches per second', isRate: true, quantity: 'time', hardware: 'GTX 1080 Ti', source: 'table 1',
    figures: pairs.map(([narrow, wide, value]) => ({ name: `${narrow} : ${wide}`, value, contender: `${narrow}:${wide}` })),
  }],
  experiment: {
    kind: 'time',
    groups: [pairs.map(([narrow, wide]) => ({
      id: `${narrow}:${wide}`, name: `${narrow} : ${wide}`, input: [1, 56, 56, narrow],
      block: sequential(...Array.from({ length: 10 }, () => sequential(convolution(wide), convolution(narrow)))),
    }))],
  },
  predictions: [
    ...['90:180', '52:312', '36:432'].map(larger => ({ quantity: 'time', smaller: '128:128', larger }) as const),
    ...['90:180', '52:312'].map(smaller => ({ quantity: 'time', smaller, larger: '36:432' }) as const),
  ],
});
