// Convolutions in Keras.
import { shortest } from '../python/literals.ts';
import type { NodeFacts } from '../python/node-facts.ts';
import type { PythonArgument } from '../python/statements.ts';
import { activationOf } from './keras-activations.ts';
import { channels, channelsOf, dataFormat, keyword, mainStep, paddingOf, positional, step, type KerasRule, type KerasRules, type KerasStep } from './keras-layer.ts';

interface Windows {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
}

function windowsOf(facts: NodeFacts, dilated = true): Windows {
  const [kernel, strides] = [facts.numbers('kernelSize'), facts.numbers('strides')];
  const dilation = dilated ? facts.numbers('dilationRate') : kernel.map(() => 1);
  if (strides.some(stride => stride > 1) && dilation.some(rate => rate > 1)) facts.refuse('Keras has no convolution whose strides and dilation are both larger than 1');
  return { kernel, strides, dilation };
}

const isOne = (sizes: readonly number[]): boolean => sizes.every(size => size === 1);

/** What all convolutions are given, behind the number of filters. */
function common(facts: NodeFacts, { kernel, strides, dilation }: Windows, padding: 'same' | 'valid'): readonly PythonArgument[] {
  return [
    positional('kernel_size', shortest(kernel)), keyword('strides', shortest(strides), 1), keyword('padding', padding, 'valid'), keyword('dilation_rate', shortest(dilation), 1),
    keyword('use_bias', facts.flag('useBias'), true), keyword('activation', activationOf(facts).inside, null), ...dataFormat(facts),
  ];
}

/** Zeros at each end by their number: Keras has 'same' for those that keep the size, and a layer of its own for others. */
function numericPadding(facts: NodeFacts, { kernel, strides, dilation }: Windows): { readonly before: readonly KerasStep[]; readonly padding: 'same' | 'valid' } {
  const value = facts.value('padding');
  if (value === 'same') return { before: [], padding: 'same' };
  const margins = facts.numbers('padding');
  if (isOne(margins.map(margin => margin + 1))) return { before: [], padding: 'valid' };
  if (isOne(strides) && margins.every((margin, axis) => margin * 2 === (kernel[axis]! - 1) * dilation[axis]!)) return { before: [], padding: 'same' };
  return { before: [step('ZeroPadding2D', positional('padding', shortest(margins)), ...dataFormat(facts))], padding: 'valid' };
}

/** With as many groups as channels it is a depthwise convolution, if Keras has one of such strides. */
function blockConvolution(facts: NodeFacts): readonly KerasStep[] {
  const windows = windowsOf(facts);
  const { before, padding } = numericPadding(facts, windows);
  const [filters, groups, inChannels] = [facts.number('filters'), facts.number('groups'), channelsOf(facts)];
  if (inChannels % groups !== 0 || filters % groups !== 0) facts.refuse(`${groups} groups do not divide its channels`);
  const { behind } = activationOf(facts);
  const [kernelSize, ...others] = common(facts, windows, padding);
  const depthwise = groups === inChannels && groups > 1 && windows.strides[0] === windows.strides[1];
  const main = depthwise
    ? mainStep('DepthwiseConv2D', kernelSize!, keyword('depth_multiplier', filters / inChannels, 1), ...others)
    : mainStep('Conv2D', channels('filters', filters), kernelSize!, ...others, keyword('groups', groups, 1));
  return [...before, main, ...behind];
}

const plainConvolution = (name: string) => (facts: NodeFacts): readonly KerasStep[] =>
  [mainStep(name, channels('filters', facts.number('filters')), ...common(facts, windowsOf(facts), paddingOf(facts))), ...activationOf(facts).behind];

/** Those of TensorFlow.js ignore their dilation. */
const transposed = (name: string): KerasRule => facts =>
  [mainStep(name, channels('filters', facts.number('filters')), ...common(facts, windowsOf(facts, false), paddingOf(facts))), ...activationOf(facts).behind];

function depthwise(facts: NodeFacts): readonly KerasStep[] {
  const windows = windowsOf(facts, false);
  const [kernelSize, ...others] = common(facts, windows, paddingOf(facts));
  const [inChannels, multiplier] = [channelsOf(facts), facts.number('depthMultiplier')];
  const main = windows.strides[0] === windows.strides[1]
    ? mainStep('DepthwiseConv2D', kernelSize!, keyword('depth_multiplier', multiplier, 1), ...others)
    : mainStep('Conv2D', channels('filters', inChannels * multiplier), kernelSize!, ...others, keyword('groups', inChannels));
  return [main, ...activationOf(facts).behind];
}

export const convolutionRules: KerasRules = {
  conv1d: plainConvolution('Conv1D'),
  conv2d: facts => (facts.ofBlocks ? blockConvolution(facts) : plainConvolution('Conv2D')(facts)),
  conv3d: plainConvolution('Conv3D'),
  conv2dTranspose: transposed('Conv2DTranspose'),
  conv3dTranspose: transposed('Conv3DTranspose'),
  depthwiseConv2d: depthwise,
  separableConv2d(facts) {
    const windows = windowsOf(facts);
    if (windows.strides[0] !== windows.strides[1]) facts.refuse('Keras has no depthwise convolution with two strides');
    const [kernelSize, ...others] = common(facts, windows, paddingOf(facts));
    return [mainStep('SeparableConv2D', channels('filters', facts.number('filters')), kernelSize!, keyword('depth_multiplier', facts.number('depthMultiplier'), 1), ...others), ...activationOf(facts).behind];
  },
};
