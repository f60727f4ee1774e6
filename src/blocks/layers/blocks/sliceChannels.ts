// One of several equal shares of the channels.
import { isKnown } from '../../shapes/dim.ts';
import type { AttributeSchema } from '../attribute.ts';
import { count, number } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { dataFormat, readImage, writeImage } from '../layout.ts';
import { channelsOfGroup, reportGroups } from './groups.ts';
import { none } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

const attributes = {
  shares: count({ default: 2, doc: 'How many shares there are, all of the same size.' }),
  index: number({ default: 0, doc: 'Which of them comes out, counted from 0.' }),
  dataFormat,
} satisfies AttributeSchema;

export const sliceChannels = defineLayer({
  name: 'sliceChannels', vocabulary: 'blocks', aliases: [], className: 'SliceChannels', needsConfig: false, inputs: 'one', rank: 4, attributes,
  doc: {
    summary: 'Takes one of several equal shares of the channels.',
    formula: 'out channels = in channels / shares',
    source: { title: 'Ma et al.: ShuffleNet V2 (2018), section 3.2', url: 'https://arxiv.org/abs/1807.11164' },
  },
  shape(call) {
    const { attributes: { shares, dataFormat: format }, inputs: [input] } = call;
    const image = readImage(input!, format);
    if (isKnown(shares)) reportGroups('sliceChannels', call, 'shares', shares, { channels: image.channels });
    return writeImage({ ...image, channels: channelsOfGroup(image.channels, shares) }, format);
  },
  run(tf, { attributes: { shares, index, dataFormat: format }, inputs: [x] }) {
    const axis = format === 'channelsFirst' ? 1 : 3;
    const size = x!.shape[axis]! / Number(shares);
    const begin = x!.shape.map((_, i) => (i === axis ? Number(index) * size : 0));
    return tf.slice(x!, begin, x!.shape.map((dim, i) => (i === axis ? size : dim)));
  },
  receptiveField: seesOnePosition,
  elementOperations: none('values are only moved'),
  examples: [{ config: { shares: 2, index: 1 }, inputs: [[1, 28, 28, 116]], output: [1, 28, 28, 58], params: 0 }],
});
