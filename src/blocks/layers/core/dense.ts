// A fully connected layer over the last axis.
import { openDim } from '../../problems/open-dim.ts';
import { unknown } from '../../shapes/dim.ts';
import { activationAttribute } from '../activation/activation-names.ts';
import { flag, requiredCount, inert } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { readDim } from '../every-layer.ts';
import { activityRegularizer, constraint, initializer, refuseActivityRegularizer, regularizer } from './weight-settings.ts';
import { biasAndActivation } from './bias-and-activation.ts';
import { mixesLastAxis } from '../receptive-field.ts';

export const dense = defineLayer({
  name: 'dense',
  aliases: [],
  className: 'Dense',
  doc: {
    summary: 'Multiplies the last axis with a matrix and adds a bias; all other axes stay.',
    formula: 'output = activation(input · kernel + bias); weights = in features · units + units',
    source: { title: 'TensorFlow.js: tf.layers.dense', url: 'https://js.tensorflow.org/api/latest/#layers.dense' },
    oddities: ['An input of more than two dims is not flattened: the matrix is applied at every position.'],
  },
  needsConfig: true,
  inputs: 'one',
  rank: { atLeast: 2 },
  attributes: {
    units: requiredCount({ doc: 'The number of features that come out.' }),
    activation: activationAttribute('Applied to the output.'),
    useBias: flag({ default: true, doc: 'Whether one value per unit is added.' }),
    kernelInitializer: initializer('kernel', 'glorotNormal'),
    biasInitializer: initializer('bias', 'zeros'),
    inputDim: inert({ type: 'integer', doc: 'Short for `inputShape: [inputDim]`.' }),
    kernelConstraint: constraint('kernel'),
    biasConstraint: constraint('bias'),
    kernelRegularizer: regularizer('kernel'),
    biasRegularizer: regularizer('bias'),
    activityRegularizer,
  },
  impliedInput: ({ inputDim }, batch) => (inputDim === undefined ? undefined : [batch, readDim(inputDim)]),
  shape(call) {
    const input = call.inputs[0]!;
    if (input.at(-1) === null) call.report(openDim, { layer: 'dense', dim: 'last dim', input });
    refuseActivityRegularizer('dense', call);
    return [...input.slice(0, -1), call.attributes.units];
  },
  weights: ({ attributes: { units, useBias }, inputs: [input] }) => [
    { name: 'kernel', shape: [input!.at(-1) ?? unknown('the last dim of the input is left open'), units], trainable: true },
    ...(useBias ? [{ name: 'bias', shape: [units], trainable: true }] : []),
  ],
  macs: ({ inputs: [input], attributes: { units } }) => [[...input!.slice(1), units]],
  receptiveField: mixesLastAxis,
  elementOperations: biasAndActivation,
  examples: [
    { config: { units: 10, activation: 'softmax' }, inputs: [[null, 1280]], output: [null, 10], params: 12810 },
    { config: { units: 64, useBias: false }, inputs: [[null, 49, 256]], output: [null, 49, 64], params: 16384 },
  ],
});
