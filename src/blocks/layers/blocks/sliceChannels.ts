// One of several equal shares of the channels.
import { invalidCombination } from '../../problems/invalid-combination.ts';
import { isKnown, isSymbolic, isUnknown } from '../../shapes/dim.ts';
import type { AttributeSchema, AttributeType, AttributeValue } from '../attribute.ts';
import { count } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { dataFormat, readImage, writeImage } from '../layout.ts';
import { channelsOfGroup, reportGroups } from './groups.ts';
import { none } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

/** Which share it is says nothing of the shape. */
const index: AttributeType<AttributeValue> = {
  type: 'integer', required: false, default: 0, inert: true,
  doc: 'Which of them comes out, counted from 0.',
  read: raw => (isUnknown(raw) || isSymbolic(raw) || (typeof raw === 'number' && Number.isInteger(raw) && raw >= 0) ? { value: raw } : { expected: 'an integer that is not negative' }),
};

const attributes = {
  shares: count({ default: 2, doc: 'How many shares there are, all of the same size.' }),
  index,
  dataFormat,
} satisfies AttributeSchema;

export const sliceChannels = defineLayer({
  name: 'sliceChannels', vocabulary: 'blocks', aliases: [], className: 'SliceChannels', needsConfig: false, inputs: 'one', rank: 4, attributes,
  doc: {
    summary: 'Takes one of several equal shares of the channels.',
    formula: 'out channels = in channels / shares',
    source: { title: 'Ma et al.: ShuffleNet V2 (2018), section 3.2', url: 'https://arxiv.org/abs/1807.11164' },
  },
  check({ attributes: { shares, index: taken }, report }) {
    if (typeof taken === 'number' && isKnown(shares) && taken >= shares) {
      report(invalidCombination, { layer: 'sliceChannels', rule: `has no share ${taken}, counted from 0, among ${shares}` }, 'index');
    }
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
