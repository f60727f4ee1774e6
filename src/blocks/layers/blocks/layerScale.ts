// One learnt factor for each channel.
import { unknown } from '../../shapes/dim.ts';
import type { AttributeSchema } from '../attribute.ts';
import { number } from '../attribute-types.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { dataFormat, readImage } from '../layout.ts';
import { valuesOf } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

const attributes = {
  initialValue: number({ default: 1e-6, doc: 'What each factor starts with.' }),
  dataFormat,
} satisfies AttributeSchema;

const channelsOf = ({ attributes: { dataFormat: format }, inputs: [input] }: LayerCall<typeof attributes>) =>
  readImage(input!, format).channels ?? unknown('the channels of the input of layerScale are left open');

export const layerScale = defineLayer({
  name: 'layerScale', vocabulary: 'blocks', aliases: [], className: 'LayerScale', needsConfig: false, inputs: 'one', rank: 4, attributes,
  doc: {
    summary: 'Multiplies each channel by a learnt factor, which begins close to zero.',
    formula: 'output = gamma · input; weights = channels',
    source: { title: 'Touvron et al.: Going deeper with Image Transformers (2021), section 2', url: 'https://arxiv.org/abs/2103.17239' },
  },
  shape: ({ inputs: [input] }) => input!,
  weights: call => [{ name: 'gamma', shape: [channelsOf(call)], trainable: true }],
  run: (tf, { attributes: { dataFormat: format }, inputs: [x], weights: { gamma } }) =>
    tf.mul(x!, format === 'channelsFirst' ? tf.reshape(gamma!, [-1, 1, 1]) : gamma!),
  receptiveField: seesOnePosition,
  elementOperations: { formula: 'values, a product for each', count: ({ output }) => [{ what: 'scale', product: valuesOf(output) }] },
  examples: [{ config: {}, inputs: [[1, 56, 56, 96]], output: [1, 56, 56, 96], params: 96 }],
});
