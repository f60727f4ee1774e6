// What goes into a model, as a layer.
import { invalidCombination } from '../../problems/invalid-combination.ts';
import { missingAttribute } from '../../problems/missing-attribute.ts';
import { isUnknown } from '../../shapes/dim.ts';
import { unknownShape } from '../../shapes/shape.ts';
import { isList, type AttributeValue, type Reading } from '../attribute.ts';
import { inert } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { describedInput, everyLayer } from '../every-layer.ts';
import { none } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

const layer = 'inputLayer';

const readBatch = (raw: AttributeValue): Reading<AttributeValue> =>
  (typeof raw === 'string' || typeof raw === 'boolean' || isList(raw) || (typeof raw === 'number' && !(Number.isInteger(raw) && raw > 0))
    ? { expected: 'a positive integer' }
    : { value: raw });

export const inputLayer = defineLayer({
  name: layer,
  aliases: [],
  className: 'InputLayer',
  doc: {
    summary: 'Stands for what goes into a model.',
    formula: '[batchSize, …inputShape], or batchInputShape as it is',
    source: { title: 'TensorFlow.js: tf.layers.inputLayer', url: 'https://js.tensorflow.org/api/latest/#layers.inputLayer' },
  },
  needsConfig: true,
  inputs: 'none',
  attributes: {
    inputShape: everyLayer.inputShape,
    batchInputShape: everyLayer.batchInputShape,
    batchSize: { ...everyLayer.batchSize, inert: false, read: readBatch },
    sparse: inert({ type: 'boolean', default: false, doc: 'Not used by TensorFlow.js.' }),
  },
  check({ attributes: { inputShape, batchInputShape, batchSize }, report }) {
    if (batchInputShape === undefined) {
      if (inputShape === undefined) report(missingAttribute, { layer, attribute: 'inputShape or batchInputShape', expected: everyLayer.inputShape.type });
      return;
    }
    // Which of them a configuration has that is not known is not known either.
    if (isUnknown(batchInputShape)) return;
    const rule = (other: string): string => `takes batchInputShape or ${other}, but not both`;
    if (inputShape !== undefined) report(invalidCombination, { layer, rule: rule('inputShape') }, 'batchInputShape');
    else if (batchSize !== undefined) report(invalidCombination, { layer, rule: rule('batchSize') }, 'batchSize');
  },
  shape: ({ attributes: { inputShape, batchInputShape, batchSize } }) =>
    describedInput({ shape: inputShape, batchShape: batchInputShape, batchSize }) ?? unknownShape('the shape of the input is not given'),
  receptiveField: seesOnePosition,
  elementOperations: none('it stands for what goes in'),
  examples: [
    { config: { inputShape: [224, 224, 3] }, inputs: [], output: [null, 224, 224, 3], params: 0 },
    { config: { batchInputShape: [8, null, 64] }, inputs: [], output: [8, null, 64], params: 0 },
  ],
});
