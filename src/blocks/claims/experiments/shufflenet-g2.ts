// What do groups cost where they save no MACs?
import { conv2d, sequential } from '../../vocabulary/vocabulary.ts';
import { arxiv, defineClaim } from '../claim.ts';

const widths = [[1, 128, 2451], [2, 180, 1725], [4, 256, 1026], [8, 360, 634]] as const;
const idOf = (groups: number): string => `groups-${groups}`;

export const claim = defineClaim({
  id: 'shufflenet-g2',
  claim: 'At equal MACs, more groups are slower.',
  sources: [arxiv('1807.11164', 'Ma et al.: ShuffleNet V2, section 2, guideline 2')],
  compared: 'Ten 1×1 convolutions at 56×56 in 1, 2, 4 and 8 groups, with more channels the more groups there are, so that the MACs are equal to within 2 %. TensorFlow.js has no groups: here the channels are split, convolved and concatenated, which is part of the time.',
  authors: [{
    caption: 'Batches per second by groups', unit: 'batches per second', isRate: true, quantity: 'time', hardware: 'GTX 1080 Ti', source: 'table 2',
    figures: widths.map(([groups, channels, value]) => ({ name: `${groups} (${channels} channels)`, value, contender: idOf(groups) })),
  }],
  experiment: {
    kind: 'time',
    groups: [widths.map(([groups, channels]) => ({
      id: idOf(groups), name: groups === 1 ? '1 group' : `${groups} groups`, input: [1, 56, 56, channels],
      block: sequential(...Array.from({ length: 10 }, () => conv2d({ filters: channels, kernelSize: 1, groups }))),
    }))],
  },
  predictions: [
    ...[2, 4, 8].map(groups => ({ quantity: 'time', smaller: idOf(1), larger: idOf(groups) }) as const),
    ...[2, 4].map(groups => ({ quantity: 'time', smaller: idOf(groups), larger: idOf(8) }) as const),
  ],
});
