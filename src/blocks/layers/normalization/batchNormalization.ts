// Batch normalization over one axis.
import { axisOutOfRange } from '../../problems/axis-out-of-range.ts';
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { openDim } from '../../problems/open-dim.ts';
import { isUnknown, unknown, type Dim } from '../../shapes/dim.ts';
import { axis, flag, number } from '../attribute-types.ts';
import { constraint, initializer, regularizer } from '../core/weight-settings.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { valuesOf } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

const layer = 'batchNormalization';

const attributes = {
  axis: axis({ default: -1, doc: 'The axis whose values are normalized together: the channels.' }),
  momentum: number({ default: 0.99, doc: 'How much the moving mean and variance keep at each step.' }),
  epsilon: number({ default: 0.001, doc: 'Added to the variance, so that nothing is divided by zero.' }),
  center: flag({ default: true, doc: 'Whether beta is added.' }),
  scale: flag({ default: true, doc: 'Whether the result is multiplied by gamma.' }),
  betaInitializer: initializer('beta', 'zeros'),
  gammaInitializer: initializer('gamma', 'ones'),
  movingMeanInitializer: initializer('moving_mean', 'zeros'),
  movingVarianceInitializer: initializer('moving_variance', 'ones'),
  betaConstraint: constraint('beta'),
  gammaConstraint: constraint('gamma'),
  betaRegularizer: regularizer('beta'),
  gammaRegularizer: regularizer('gamma'),
};

/** The dim of the normalized axis; undefined where the input has no such axis. */
function normalizedDim({ attributes: { axis: index }, inputs: [input] }: LayerCall<typeof attributes>): Dim | undefined {
  return isUnknown(index) ? index : input![index >= 0 ? index : index + input!.length];
}

export const batchNormalization = defineLayer({
  name: layer,
  aliases: [],
  className: 'BatchNormalization',
  doc: {
    summary: 'Brings each channel to mean 0 and variance 1, then scales and shifts it by learnt values.',
    formula: 'output = gamma · (input − mean) / √(variance + epsilon) + beta; weights = 4 · channels, of which the moving mean and variance are not trainable',
    source: { title: 'Ioffe, Szegedy: Batch Normalization (2015)', url: 'https://arxiv.org/abs/1502.03167' },
    oddities: [
      'Two of the four values per channel are trainable; PyTorch counts only those two as parameters.',
      'Without scale or center the layer can be run but not trained: TensorFlow.js reads the missing weight.',
    ],
  },
  needsConfig: false,
  inputs: 'one',
  attributes,
  shape(call) {
    const { attributes: { axis: index }, inputs: [input] } = call;
    const dim = normalizedDim(call);
    if (dim === undefined) call.report(axisOutOfRange, { layer, axis: index as number, input: input! }, 'axis');
    else if (dim === null) call.report(openDim, { layer, dim: `dim at axis ${String(index)}`, input: input! });
    else if (input!.length < 2 || input!.length > 4) {
      call.report(failsWhenRun, { layer, what: `batch normalization is not implemented for rank ${input!.length}` });
    }
    return input!;
  },
  weights(call) {
    const { scale, center } = call.attributes;
    const shape = [normalizedDim(call) ?? unknown('the dim of the normalized axis is not known')];
    return [
      ...(scale ? [{ name: 'gamma', shape, trainable: true }] : []),
      ...(center ? [{ name: 'beta', shape, trainable: true }] : []),
      { name: 'moving_mean', shape, trainable: false, buffer: true },
      { name: 'moving_variance', shape, trainable: false, buffer: true },
    ];
  },
  receptiveField: seesOnePosition,
  elementOperations: {
    formula: '2 · values with gamma or beta, otherwise values, as fvcore and ptflops count it outside of training',
    count: ({ attributes: { scale, center }, output }) => [{ what: 'normalization', product: valuesOf(output, scale || center ? 2 : 1), fvcore: true }],
  },
  examples: [
    { config: {}, inputs: [[null, 56, 56, 64]], output: [null, 56, 56, 64], params: 256 },
    { config: { axis: 1, scale: false }, inputs: [[null, 32, 7, 9]], output: [null, 32, 7, 9], params: 96 },
  ],
});
