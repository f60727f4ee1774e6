// Dense layers, normalizations, dropout, merging and other shapes in Keras.
import { shortest } from '../python/literals.ts';
import type { NodeFacts } from '../python/node-facts.ts';
import { isEven, isNothing, type Margin } from '../python/same-padding.ts';
import type { PythonArgument } from '../python/statements.ts';
import { activationOf } from './keras-activations.ts';
import { channels, channelsOf, dataFormat, keyword, mainStep, positional, step, type KerasRule, type KerasRules } from './keras-layer.ts';

const rate = (facts: NodeFacts): PythonArgument => positional('rate', Math.min(Math.max(facts.number('rate'), 0), 1));

/** Keras allows tensors whose dims it may repeat, with the batch left out of it, as TensorFlow.js does. */
const merge = (name: string): KerasRule => () => [{ ...step(name), template: '{layer}([{all}])' }];

const affine = (facts: NodeFacts): readonly PythonArgument[] => [keyword('center', facts.flag('center'), true), keyword('scale', facts.flag('scale'), true)];

function margins(facts: NodeFacts, name: string): PythonArgument {
  const sides = facts.value(name) as readonly Margin[];
  if (!sides.flat().every(side => typeof side === 'number')) facts.refuse(`${name} has no numbers`);
  return positional(name, isEven(sides) || isNothing(sides) ? shortest(sides.map(([before]) => before)) : sides);
}

export const coreRules: KerasRules = {
  dense(facts) {
    const { inside, behind } = activationOf(facts);
    return [mainStep('Dense', channels('units', facts.number('units')), keyword('activation', inside, null), keyword('use_bias', facts.flag('useBias'), true)), ...behind];
  },
  batchNormalization: facts => [step(
    'BatchNormalization', keyword('axis', facts.number('axis'), -1), keyword('momentum', facts.number('momentum'), 0.99), keyword('epsilon', facts.number('epsilon'), 0.001), ...affine(facts),
  )],
  layerNormalization(facts) {
    const axes = facts.numbers('axis');
    return [step('LayerNormalization', keyword('axis', axes.length === 1 ? axes[0]! : axes, -1), keyword('epsilon', facts.number('epsilon'), 0.001), ...affine(facts))];
  },
  dropout(facts) {
    const shape = facts.has('noiseShape') ? facts.value('noiseShape') as readonly (number | null)[] : undefined;
    return [step('Dropout', rate(facts), ...(shape ? [keyword('noise_shape', shape)] : []))];
  },
  alphaDropout(facts) {
    if (facts.has('noiseShape')) facts.refuse('a noise shape of an alpha dropout is not exported');
    return [step('AlphaDropout', rate(facts))];
  },
  gaussianDropout: facts => [step('GaussianDropout', rate(facts))],
  gaussianNoise: facts => [step('GaussianNoise', positional('stddev', facts.number('stddev')))],
  spatialDropout1d: facts => [step('SpatialDropout1D', rate(facts))],
  // Dropping a whole example is dropping values that share one decision over all axes but the first.
  stochasticDepth: facts => [step('Dropout', rate(facts), keyword('noise_shape', facts.input.map((_, axis) => (axis === 0 ? null : 1))))],
  layerScale: facts => [{ call: { callee: 'LayerScale', arguments: [positional('initial_value', facts.number('initialValue')), keyword('axis', facts.dataFormat === 'channelsFirst' ? 1 : -1, -1)] }, main: true }],
  embedding: facts => [step('Embedding', positional('input_dim', facts.number('inputDim')), channels('output_dim', facts.number('outputDim')), keyword('mask_zero', facts.flag('maskZero'), false))],
  masking: facts => [step('Masking', keyword('mask_value', facts.number('maskValue'), 0))],
  rescaling: facts => [step('Rescaling', positional('scale', facts.number('scale')), keyword('offset', facts.number('offset'), 0))],
  channelShuffle(facts) {
    const groups = facts.number('groups');
    if (facts.input.slice(1).includes(null)) facts.refuse('Keras reshapes to sizes that are known, and height or width are left open');
    const [height, width] = facts.dataFormat === 'channelsFirst' ? facts.input.slice(2) : facts.input.slice(1);
    const [own, inEach] = [channelsOf(facts), channelsOf(facts) / groups];
    const shape = (name: readonly (number | null | undefined)[]) => positional('target_shape', name as readonly number[]);
    return facts.dataFormat === 'channelsFirst'
      ? [step('Reshape', shape([groups, inEach, height, width])), step('Permute', positional('dims', [2, 1, 3, 4])), step('Reshape', shape([own, height, width]))]
      : [step('Reshape', shape([height, width, groups, inEach])), step('Permute', positional('dims', [1, 2, 4, 3])), step('Reshape', shape([height, width, own]))];
  },
  sliceChannels(facts) {
    const size = channelsOf(facts) / facts.number('shares');
    const range = `${facts.number('index') * size}:${(facts.number('index') + 1) * size}`;
    return [{ template: facts.dataFormat === 'channelsFirst' ? `{0}[:, ${range}]` : `{0}[..., ${range}]` }];
  },
  add: merge('Add'),
  multiply: merge('Multiply'),
  average: merge('Average'),
  maximum: merge('Maximum'),
  minimum: merge('Minimum'),
  concatenate(facts) {
    const axis = facts.number('axis');
    if (axis < -1) facts.refuse(`axis ${axis} is built by TensorFlow.js in another way than it runs`);
    return [{ ...step('Concatenate', keyword('axis', axis, -1)), template: '{layer}([{all}])' }];
  },
  dot(facts) {
    const axes = facts.value('axes') as { readonly both?: readonly [number, number] } | undefined;
    const [a, b] = axes?.both ?? facts.refuse('its axes are not given');
    return [{ ...step('Dot', keyword('axes', a === b ? a : [a, b]), keyword('normalize', facts.flag('normalize'), false)), template: '{layer}([{all}])' }];
  },
  flatten: facts => [step('Flatten', ...dataFormat(facts))],
  reshape(facts) {
    const dims = (facts.value('targetShape') as readonly unknown[]).map(dim => (dim === null ? -1 : typeof dim === 'number' ? dim : facts.refuse('the shape has no numbers')));
    if (dims.filter(dim => dim === -1).length > 1) facts.refuse('it leaves more than one dim open');
    return [step('Reshape', positional('target_shape', dims))];
  },
  permute: facts => [step('Permute', positional('dims', facts.numbers('dims')))],
  repeatVector: facts => [step('RepeatVector', positional('n', facts.number('n')))],
  zeroPadding2d: facts => [step('ZeroPadding2D', margins(facts, 'padding'), ...dataFormat(facts))],
  cropping2D: facts => [step('Cropping2D', margins(facts, 'cropping'), ...dataFormat(facts))],
  upSampling2d(facts) {
    if (facts.text('interpolation') !== 'nearest') facts.refuse('Keras 3 has the centres of pixels elsewhere than TensorFlow.js when it interpolates');
    return [step('UpSampling2D', positional('size', shortest(facts.numbers('size'))), ...dataFormat(facts))];
  },
};
