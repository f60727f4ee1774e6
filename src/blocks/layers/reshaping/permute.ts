// The dims of an example in another order.
import { wrongRank } from '../../problems/wrong-rank.ts';
import { isUnknown, unknown } from '../../shapes/dim.ts';
import { isList, type AttributeType, type Reading } from '../attribute.ts';
import { defineLayer } from '../define-layer.ts';
import { none } from '../element-operations.ts';
import { along, eachAxis } from '../receptive-field.ts';

const dims: AttributeType<readonly number[]> = {
  type: '[integer, …]', required: true, inert: false,
  doc: 'Which dim of the input comes at each place; the first behind the batch is 1.',
  read(raw): Reading<readonly number[]> {
    if (isUnknown(raw)) return { unknown: raw };
    const expected = 'a list with each of the numbers from 1 up to its length';
    if (!isList(raw)) return { expected };
    const hidden = raw.find(isUnknown);
    if (hidden) return { unknown: hidden };
    return raw.every((_, i) => raw.includes(i + 1)) ? { value: raw as readonly number[] } : { expected };
  },
};

export const permute = defineLayer({
  name: 'permute',
  aliases: [],
  className: 'Permute',
  doc: {
    summary: 'Puts the dims of each example in another order.',
    formula: 'out dim i = in dim dims[i]; the batch stays first',
    source: { title: 'TensorFlow.js: tf.layers.permute', url: 'https://js.tensorflow.org/api/latest/#layers.permute' },
  },
  needsConfig: true,
  inputs: 'one',
  attributes: { dims },
  shape({ attributes: { dims: order }, inputs: [input], report }) {
    if (input!.length !== order.length + 1) {
      report(wrongRank, { layer: 'permute', expected: String(order.length + 1), input: input! }, 'dims');
      return unknown('permute does not have as many dims as its input');
    }
    return [input![0]!, ...order.map(dim => input![dim]!)];
  },
  receptiveField: { steps: ({ attributes: { dims: order }, inputs: [input] }) => eachAxis(input!, axis => along(order.indexOf(axis) + 1)) },
  elementOperations: none('values are only moved'),
  examples: [
    { config: { dims: [2, 1] }, inputs: [[null, 10, 64]], output: [null, 64, 10], params: 0 },
    { config: { dims: [3, 1, 2] }, inputs: [[null, 4, 5, 6]], output: [null, 6, 4, 5], params: 0 },
  ],
});
