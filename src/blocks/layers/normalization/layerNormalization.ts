// Layer normalization: each example by itself.
import { axisOutOfRange } from '../../problems/axis-out-of-range.ts';
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { invalidCombination } from '../../problems/invalid-combination.ts';
import { openDim } from '../../problems/open-dim.ts';
import { isSymbolic, isUnknown, unknown, type Dim } from '../../shapes/dim.ts';
import { isList, type AttributeType, type Reading } from '../attribute.ts';
import { flag, number } from '../attribute-types.ts';
import { initializer, regularizer } from '../core/weight-settings.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { valuesOf } from '../element-operations.ts';
import { along, eachAxis, whole } from '../receptive-field.ts';

const layer = 'layerNormalization';

const axis: AttributeType<readonly number[]> = {
  type: 'integer or a list of integers', required: false, inert: false, default: [-1],
  doc: 'The axes whose values are normalized together; the last one by default.',
  read(raw): Reading<readonly number[]> {
    if (isUnknown(raw)) return { unknown: raw };
    const axes = isList(raw) ? raw : [raw];
    const hidden = axes.find(one => isUnknown(one) || isSymbolic(one));
    if (hidden !== undefined) return { unknown: isUnknown(hidden) ? hidden : unknown('an axis is not known') };
    return axes.every(one => typeof one === 'number' && Number.isInteger(one)) ? { value: axes as readonly number[] } : { expected: 'an integer or a list of them' };
  },
};

const attributes = {
  axis,
  epsilon: number({ default: 0.001, doc: 'Added to the variance, so that nothing is divided by zero.' }),
  center: flag({ default: true, doc: 'Whether beta is added.' }),
  scale: flag({ default: true, doc: 'Whether the result is multiplied by gamma.' }),
  betaInitializer: initializer('beta', 'zeros'),
  gammaInitializer: initializer('gamma', 'ones'),
  betaRegularizer: regularizer('beta'),
  gammaRegularizer: regularizer('gamma'),
};

const axesOf = ({ attributes: { axis: axes }, inputs: [input] }: LayerCall<typeof attributes>): readonly number[] =>
  axes.map(one => (one < 0 ? one + input!.length : one));

const normalizedDims = (call: LayerCall<typeof attributes>): readonly Dim[] => axesOf(call).map(one => call.inputs[0]![one] as Dim);

export const layerNormalization = defineLayer({
  name: layer,
  aliases: [],
  className: 'LayerNormalization',
  doc: {
    summary: 'Brings the values of each example to mean 0 and variance 1, then scales and shifts them by learnt values.',
    formula: 'output = gamma · (input − mean) / √(variance + epsilon) + beta; weights = 2 · dims at the axes, all of them trainable',
    source: { title: 'Ba, Kiros, Hinton: Layer Normalization (2016)', url: 'https://arxiv.org/abs/1607.06450' },
  },
  needsConfig: false,
  inputs: 'one',
  attributes,
  shape(call) {
    const { report, inputs: [input] } = call;
    const axes = axesOf(call);
    const outside = axes.findIndex(one => one < 0 || one >= input!.length);
    if (outside >= 0) report(axisOutOfRange, { layer, axis: call.attributes.axis[outside]!, input: input! }, 'axis');
    else if (new Set(axes).size < axes.length) report(invalidCombination, { layer, rule: `has the same axis twice in [${call.attributes.axis.join(', ')}]` }, 'axis');
    else if (normalizedDims(call).includes(null)) report(openDim, { layer, dim: 'dims at its axes', input: input! });
    else if (input!.length < 2 || input!.length > 4) call.report(failsWhenRun, { layer, what: `normalization is not implemented for rank ${input!.length}` });
    return input!;
  },
  weights(call) {
    const { scale, center } = call.attributes;
    const shape = normalizedDims(call).map(dim => dim ?? unknown('a dim that is normalized is not known'));
    return [
      ...(scale ? [{ name: 'gamma', shape, trainable: true }] : []),
      ...(center ? [{ name: 'beta', shape, trainable: true }] : []),
    ];
  },
  // Mean and variance are taken along its axes.
  receptiveField: { steps: call => eachAxis(call.inputs[0]!, axis => (axesOf(call).includes(axis) ? whole : along(axis))) },
  elementOperations: {
    formula: '5 · values with gamma or beta, otherwise 4 · values, which is the estimate of fvcore',
    count: ({ attributes: { scale, center }, output }) => [{ what: 'normalization', product: valuesOf(output, scale || center ? 5 : 4), fvcore: true }],
  },
  examples: [
    { config: {}, inputs: [[null, 49, 256]], output: [null, 49, 256], params: 512 },
    { config: { axis: [1, 2], center: false }, inputs: [[null, 4, 5]], output: [null, 4, 5], params: 20 },
  ],
});
