// `tf.input`: a tensor that stands for what goes into a model.
import { invalidCombination } from '../../problems/invalid-combination.ts';
import { missingAttribute } from '../../problems/missing-attribute.ts';
import { isUnknown } from '../../shapes/dim.ts';
import { unknownShape } from '../../shapes/shape.ts';
import { inert, shape as shapeAttribute } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { describedInput } from '../every-layer.ts';
import { none } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const input = defineLayer({
  name: 'input',
  aliases: [],
  className: 'InputLayer',
  doc: {
    summary: 'Makes the tensor that stands for what goes into a model.',
    formula: '[null, …shape], or batchShape as it is',
    source: { title: 'TensorFlow.js: tf.input', url: 'https://js.tensorflow.org/api/latest/#input' },
  },
  needsConfig: true,
  inputs: 'none',
  attributes: {
    shape: shapeAttribute({ single: true, doc: 'The shape of one example, without the batch, which is left open.' }),
    batchShape: shapeAttribute({ single: false, doc: 'The shape with the batch first.' }),
    sparse: inert({ type: 'boolean', default: false, doc: 'Not used by TensorFlow.js.' }),
  },
  check({ attributes: { shape, batchShape }, report }) {
    if (shape === undefined && batchShape === undefined) {
      report(missingAttribute, { layer: 'tf.input', attribute: 'shape or batchShape', expected: '[number | null, …]' });
    } else if (shape !== undefined && batchShape !== undefined && !isUnknown(shape) && !isUnknown(batchShape)) {
      report(invalidCombination, { layer: 'tf.input', rule: 'takes shape or batchShape, but not both' }, 'batchShape');
    }
  },
  shape: ({ attributes: { shape, batchShape } }) =>
    describedInput({ shape, batchShape, batchSize: undefined }) ?? unknownShape('the shape of the input is not given'),
  receptiveField: seesOnePosition,
  elementOperations: none('it stands for what goes in'),
  examples: [
    { config: { shape: [28, 28, 1] }, inputs: [], output: [null, 28, 28, 1], params: 0 },
    { config: { batchShape: [2, 5] }, inputs: [], output: [2, 5], params: 0 },
  ],
});
