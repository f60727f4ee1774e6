// Softmax as a layer.
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { isList, type AttributeValue, type Reading } from '../attribute.ts';
import { number } from '../attribute-types.ts';
import { isSymbolic, isUnknown } from '../../shapes/dim.ts';
import { defineLayer } from '../define-layer.ts';
import { oneForEachValue } from './one-for-each-value.ts';
import { mixesLastAxis } from '../receptive-field.ts';

export const softmax = defineLayer({
  name: 'softmax',
  aliases: [],
  className: 'Softmax',
  doc: {
    summary: 'Turns the values along an axis into probabilities that sum to 1.',
    formula: 'output = exp(input) / Σ exp(input)',
    source: { title: 'TensorFlow.js: tf.layers.softmax', url: 'https://js.tensorflow.org/api/latest/#layers.softmax' },
    oddities: ['The default axis is 1 and only the last axis is implemented, so that on more than two dims it needs `axis: -1` to run.'],
  },
  needsConfig: false,
  inputs: 'one',
  attributes: { axis: { ...number({ default: 1, doc: 'The axis that sums to 1; only the last one works.' }), type: 'integer or a list of integers', read: readAxes } },
  shape({ attributes: { axis }, inputs: [input], report }) {
    const rank = input!.length;
    const axes = (isList(axis) ? axis : [axis]).filter(one => typeof one === 'number');
    const impossible = axes.length === 1
      ? axes.find(one => one !== -1 && one !== rank - 1)
      : axes.find((one, i) => one < -rank || one >= rank || axes.indexOf(one < 0 ? one + rank : one - rank) > i);
    if (impossible !== undefined) {
      const why = axes.length === 1 ? `is not the last of ${rank}, and others are not implemented` : `is none of ${rank}, or one of them twice`;
      report(failsWhenRun, { layer: 'softmax', what: `axis ${impossible} ${why}` }, 'axis');
    }
    return input!;
  },
  receptiveField: mixesLastAxis,
  elementOperations: oneForEachValue,
  examples: [
    { config: {}, inputs: [[null, 10]], output: [null, 10], params: 0 },
    { config: { axis: -1 }, inputs: [[null, 7, 7, 21]], output: [null, 7, 7, 21], params: 0 },
  ],
});

function readAxes(raw: AttributeValue): Reading<AttributeValue> {
  const axes = isList(raw) ? raw : [raw];
  const areAxes = axes.every(axis => (typeof axis === 'number' ? Number.isInteger(axis) : isSymbolic(axis) || isUnknown(axis)));
  return areAxes && new Set(axes).size === axes.length ? { value: raw } : { value: raw, doubt: 'an integer, or a list of different ones' };
}
