// All dims of an example in one.
import { openDim } from '../../problems/open-dim.ts';
import { productOfDims, spellDim, unknown } from '../../shapes/dim.ts';
import { inert } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { none } from '../element-operations.ts';
import { regrouped } from '../receptive-field.ts';

export const flatten = defineLayer({
  name: 'flatten',
  aliases: [],
  className: 'Flatten',
  doc: {
    summary: 'Lays the values of each example out in one row.',
    formula: '[batch, a, b, c] → [batch, a · b · c]',
    source: { title: 'TensorFlow.js: tf.layers.flatten', url: 'https://js.tensorflow.org/api/latest/#layers.flatten' },
    oddities: ['It refuses an input of two dims, which is flat already.'],
  },
  needsConfig: false,
  inputs: 'one',
  rank: { atLeast: 3 },
  attributes: {
    dataFormat: inert({ type: "'channelsLast' | 'channelsFirst'", default: 'channelsLast', doc: 'With channelsFirst the channels are moved to the end first; the shape is the same.' }),
  },
  shape({ inputs: [input], report }) {
    const [batch, ...dims] = input!;
    if (dims.includes(null)) report(openDim, { layer: 'flatten', dim: 'dims', input: input! });
    return [batch!, productOfDims(dims)];
  },
  outputOfAnyRank: (_, dim) => [dim, dim],
  workings: ({ inputs: [input], output }) => [`${input!.slice(1).map(spellDim).join(' · ')} = ${spellDim(output[1]!)}`],
  receptiveField: { steps: ({ inputs: [input], output }) => regrouped(input!.slice(1), output.slice(1), unknown('how long the axes are that are flattened is not known')) },
  elementOperations: none('values are only moved'),
  examples: [
    { config: {}, inputs: [[null, 7, 7, 64]], output: [null, 3136], params: 0 },
    { config: {}, inputs: [[null, 20, 5]], output: [null, 100], params: 0 },
  ],
});
