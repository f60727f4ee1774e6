// A layer applied to every step of a sequence by itself.
import { doubtfulAttribute } from '../../problems/doubtful-attribute.ts';
import { invalidCombination } from '../../problems/invalid-combination.ts';
import { isUnknown, unknown, type Dim } from '../../shapes/dim.ts';
import { formatShape, isRanked, type Shape } from '../../shapes/shape.ts';
import { formatValue } from '../attribute.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { fitsRank, rankText } from '../input-rank.ts';
import { innerLayerOrModel, trainableOfInner } from './inner-layer.ts';
import { repeated } from '../element-operations.ts';
import { along, eachAxis, type AxisStep } from '../receptive-field.ts';

const attributes = {
  layer: innerLayerOrModel('What is applied to every step.'),
  trainable: trainableOfInner,
};

const withoutSteps = ([batch, , ...dims]: readonly Dim[]): readonly Dim[] => [batch!, ...dims];

/** The steps stand before all other axes. */
const oneAxisLater = (step: AxisStep): AxisStep => ('to' in step ? { ...step, to: step.to + 1 } : step);

/** What the inner layer makes of one step. */
function stepOf(call: LayerCall<typeof attributes>) {
  const { layer } = call.attributes;
  const step = withoutSteps(call.inputs[0]!);
  return call.infer(layer, layer.kind === 'model' ? layer.inputs.map(() => step) : [step]);
}

export const timeDistributed = defineLayer({
  name: 'timeDistributed',
  aliases: [],
  className: 'TimeDistributed',
  doc: {
    summary: 'Applies a layer to every step of a sequence, with the same weights.',
    formula: '[batch, steps, …] → [batch, steps, …inner([batch, …])]; weights = those of the inner layer; MACs = steps · those of the inner layer',
    source: { title: 'TensorFlow.js: tf.layers.timeDistributed', url: 'https://js.tensorflow.org/api/latest/#layers.timeDistributed' },
    oddities: [
      'A model works as well. Whether it fits the steps is not checked when the wrapper is built, but only when it runs.',
      'trainable of the wrapper is ignored: what counts is that of the inner layer.',
    ],
  },
  needsConfig: true,
  inputs: 'one',
  rank: { atLeast: 3 },
  attributes,
  shape(call): Shape {
    const { attributes: { layer }, inputs: [input], report } = call;
    const rank = call.definitionOf(layer)?.rank;
    // TensorFlow.js does not check it here, and some layers work all the same.
    if (rank !== undefined && !fitsRank(rank, input!.length - 1)) {
      report(doubtfulAttribute, { attribute: 'layer', expected: `a layer for steps of rank ${input!.length - 1}, the batch counted`, received: formatValue(layer) }, 'layer');
      return unknown(`${formatValue(layer)} expects steps of rank ${rankText(rank)}, the batch counted`);
    }
    if (layer.kind === 'model' && layer.inputs.length !== 1) {
      report(invalidCombination, { layer: 'timeDistributed', rule: `takes a model with one input, and this one has ${layer.inputs.length}` }, 'layer');
    }
    const step = stepOf(call);
    if (layer.kind === 'layer') call.passOn(step.problems);
    else if (step.problems.length > 0) {
      // TensorFlow.js only asks the layers of the model for their shapes, and some of them check nothing then.
      report(doubtfulAttribute, { attribute: 'layer', expected: `a model for ${formatShape(withoutSteps(input!))}`, received: `one for ${formatShape(layer.inputs[0]!)}` }, 'layer');
      return unknown(step.problems[0]!.message);
    }
    if (step.furtherOutputs.length > 0) {
      const rule = 'takes no layer that gives several tensors';
      report(invalidCombination, { layer: 'timeDistributed', rule }, 'layer');
      return unknown(`timeDistributed ${rule}`);
    }
    if (!isRanked(step.output)) return step.output;
    const [batch, ...dims] = step.output as [Dim, ...Dim[]];
    return [batch, input![1]!, ...dims];
  },
  weights: call => stepOf(call).weights,
  macs: call => stepOf(call).macProducts.map(product => [call.inputs[0]![1]!, ...product]),
  workings: call => stepOf(call).workings.map(line => `each step: ${line}`),
  receptiveField: {
    steps(call) {
      const input = call.inputs[0]!;
      const inner = call.receptiveSteps(call.attributes.layer, [withoutSteps(input)], 0);
      return isUnknown(inner) ? eachAxis(input, axis => (axis === 1 ? along(1) : inner)) : [along(1), ...(inner as readonly AxisStep[]).map(oneAxisLater)];
    },
  },
  elementOperations: {
    formula: 'those of the inner layer, in each step',
    count(call) {
      const { layer } = call.attributes;
      const step = withoutSteps(call.inputs[0]!);
      return repeated(call.elementOperations(layer, layer.kind === 'model' ? layer.inputs.map(() => step) : [step]), call.inputs[0]![1]!);
    },
  },
  examples: [
    { config: { layer: { kind: 'layer', layer: 'dense', attributes: { units: 8 } } }, inputs: [[null, 10, 16]], output: [null, 10, 8], params: 136 },
    {
      config: { layer: { kind: 'layer', layer: 'conv2d', attributes: { filters: 4, kernelSize: 3 } } },
      inputs: [[null, null, 9, 9, 3]], output: [null, null, 7, 7, 4], params: 112,
    },
  ],
});
