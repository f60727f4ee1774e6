// What does it cost to cut one convolution into several?
import { branches, conv2d, sequential } from '../../vocabulary/vocabulary.ts';
import type { Block, LayerUse } from '../../vocabulary/block.ts';
import { arxiv, defineClaim } from '../claim.ts';

const convolution = (filters: number): LayerUse => conv2d({ filters, kernelSize: 1 });
const inSeries = (...widths: readonly number[]): Block => sequential(...widths.map(convolution));
const inParallel = (count: number): Block => branches(Array.from({ length: count }, () => [convolution(128 / count)]), 'concatenate');

/** With 128 channels at both ends; those in between are as narrow as it takes for the MACs to stay the same. */
const fragments = [
  ['one', 'one', inSeries(128), 2446],
  ['series-2', 'two in series', inSeries(64, 128), 1790],
  ['series-4', 'four in series', inSeries(47, 47, 47, 128), 752],
  ['parallel-2', 'two in parallel', inParallel(2), 1537],
  ['parallel-4', 'four in parallel', inParallel(4), 691],
] as const;

export const claim = defineClaim({
  id: 'shufflenet-g3',
  claim: 'At equal MACs, fragmentation is slower.',
  sources: [arxiv('1807.11164', 'Ma et al.: ShuffleNet V2, section 2, guideline 3')],
  compared: 'Ten blocks at 56×56 with 128 channels at both ends, each of one 1×1 convolution, of several narrower ones in series, or of several in parallel whose channels are concatenated. The MACs are equal to within 1 %.',
  authors: [{
    caption: 'Batches per second by fragments, 128 channels', unit: 'batches per second', isRate: true, quantity: 'time', hardware: 'GTX 1080 Ti', source: 'table 3',
    figures: fragments.map(([contender, name, , value]) => ({ name, value, contender })),
  }],
  experiment: {
    kind: 'time',
    groups: [fragments.map(([id, name, block]) => ({ id, name, input: [1, 56, 56, 128], block: sequential(...Array.from({ length: 10 }, () => block)) }))],
  },
  predictions: [
    ...['series-2', 'series-4', 'parallel-2', 'parallel-4'].map(larger => ({ quantity: 'time', smaller: 'one', larger }) as const),
    ...['series-2', 'series-4', 'parallel-2'].map(smaller => ({ quantity: 'time', smaller, larger: 'parallel-4' }) as const),
  ],
});
