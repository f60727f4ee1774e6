// An activation as a layer of its own.
import { activationAttribute } from './activation-names.ts';
import { defineElementwise } from './elementwise.ts';
import { activationOf } from '../core/bias-and-activation.ts';
import { activated, seesOnePosition } from '../receptive-field.ts';

export const activation = defineElementwise({
  name: 'activation',
  className: 'Activation',
  doc: {
    summary: 'Applies an activation to every value.',
    formula: 'output = activation(input)',
    source: { title: 'TensorFlow.js: tf.layers.activation', url: 'https://js.tensorflow.org/api/latest/#layers.activation' },
    oddities: ["Without an activation it is 'linear', which does nothing."],
  },
  needsConfig: true,
  attributes: { activation: activationAttribute('Which activation: the name of one.') },
  receptiveField: { steps: (call, place) => activated(seesOnePosition.steps(call, place), call) },
  elementOperations: {
    formula: 'values, one for each; none with linear',
    decidedBy: ['activation'],
    count: ({ attributes: { activation: name }, output }) => activationOf(name, output),
  },
  examples: [{ config: { activation: 'relu6' }, inputs: [[null, 112, 112, 32]], output: [null, 112, 112, 32], params: 0 }],
});
