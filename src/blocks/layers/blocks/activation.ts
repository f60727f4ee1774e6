// An activation as a layer of its own, as block definitions have it.
import { defineElementwise } from '../activation/elementwise.ts';
import { blockActivation } from './block-activations.ts';
import { applyActivation } from './run-activation.ts';
import { activationOf } from '../core/bias-and-activation.ts';
import { seesOnePosition } from '../receptive-field.ts';

export const activation = defineElementwise({
  name: 'activation', vocabulary: 'blocks', className: 'Activation', needsConfig: true,
  doc: {
    summary: 'Applies an activation to every value.',
    formula: 'output = activation(input)',
    source: { title: 'Howard et al.: Searching for MobileNetV3 (2019), section 5.2, for hardSwish', url: 'https://arxiv.org/abs/1905.02244' },
  },
  attributes: { activation: blockActivation('Which activation: the name of one.') },
  run: (tf, { attributes: { activation: name }, inputs: [x] }) => applyActivation(tf, String(name), x!),
  receptiveField: seesOnePosition,
  elementOperations: {
    formula: 'values, one for each; none with linear',
    decidedBy: ['activation'],
    count: ({ attributes: { activation: name }, output }) => activationOf(name, output),
  },
  examples: [{ config: { activation: 'hardSwish' }, inputs: [[1, 112, 112, 16]], output: [1, 112, 112, 16], params: 0 }],
});
