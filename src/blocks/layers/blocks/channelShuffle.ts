// Mixes the channels of groups.
import type { AttributeSchema } from '../attribute.ts';
import { count } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { dataFormat, readImage } from '../layout.ts';
import { withChannelsLast } from './channels-last.ts';
import { reportGroups } from './groups.ts';
import { none } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

const attributes = {
  groups: count({ default: 2, doc: 'Into how many groups the channels are divided.' }),
  dataFormat,
} satisfies AttributeSchema;

export const channelShuffle = defineLayer({
  name: 'channelShuffle', vocabulary: 'blocks', aliases: [], className: 'ChannelShuffle', needsConfig: false, inputs: 'one', rank: 4, attributes,
  doc: {
    summary: 'Deals the channels of groups out anew, so that what one group has found reaches the others.',
    formula: 'channel i of group g becomes channel i · groups + g',
    source: { title: 'Zhang et al.: ShuffleNet (2017), section 3.1', url: 'https://arxiv.org/abs/1707.01083' },
  },
  shape(call) {
    const { attributes: { groups, dataFormat: format }, inputs: [input] } = call;
    reportGroups('channelShuffle', call, 'groups', groups, { channels: readImage(input!, format).channels });
    return input!;
  },
  run: (tf, { attributes: { groups, dataFormat: format }, inputs: [x] }) => withChannelsLast(tf, x!, format, image => {
    const [batch, height, width, channels] = image.shape;
    const parts = tf.reshape(image, [batch, height, width, Number(groups), channels / Number(groups)]);
    return tf.reshape(tf.transpose(parts, [0, 1, 2, 4, 3]), image.shape);
  }),
  receptiveField: seesOnePosition,
  elementOperations: none('values are only moved'),
  examples: [{ config: { groups: 2 }, inputs: [[1, 28, 28, 116]], output: [1, 28, 28, 116], params: 0 }],
});
