// Convolutions in PyTorch.
import type { NodeFacts } from '../python/node-facts.ts';
import { shortest } from '../python/literals.ts';
import { isEven, isNothing, sameMargin, type Margin, type Window } from '../python/same-padding.ts';
import type { PythonValue } from '../python/statements.ts';
import { activationBehind } from './torch-activations.ts';
import { behindBatch, call, channels, channelsOf, imageLayout, keyword, positional, spatialOf, type TorchLayer, type TorchRules, type TorchStep } from './torch-layer.ts';
import { marginsText, paddingOf } from './torch-padding.ts';

interface Convolution {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
  readonly useBias: boolean;
  readonly windows: readonly Window[];
  readonly padding: 'same' | 'valid' | readonly number[];
  readonly wanted: string;
}

const windowsOf = (facts: NodeFacts, dilated = true): readonly Window[] =>
  facts.numbers('kernelSize').map((size, i) => ({ size, stride: facts.numbers('strides')[i]!, dilation: dilated ? facts.numbers('dilationRate')[i]! : 1 }));

function convolutionSteps(facts: NodeFacts, { inChannels, outChannels, groups, useBias, windows, padding, wanted }: Convolution): readonly TorchStep[] {
  const rank = windows.length;
  if (inChannels % groups !== 0 || outChannels % groups !== 0) facts.refuse(`${groups} groups do not divide its channels`);
  const { before, inside } = paddingSteps(facts, windows, padding);
  return [...before, {
    wanted,
    call: call(
      `nn.Conv${rank}d`, channels('in_channels', inChannels), channels('out_channels', outChannels), positional('kernel_size', shortest(windows.map(({ size }) => size))),
      keyword('stride', shortest(windows.map(({ stride }) => stride)), 1), keyword('padding', inside, 0), keyword('dilation', shortest(windows.map(({ dilation }) => dilation)), 1),
      { ...keyword('groups', groups, 1), ...(groups === inChannels ? { family: 'channels' } : {}) }, keyword('bias', useBias, true),
    ),
  }];
}

/** PyTorch pads both ends alike; where TensorFlow does not, a layer of its own goes before. */
function paddingSteps(facts: NodeFacts, windows: readonly Window[], padding: Convolution['padding']): { readonly before: readonly TorchStep[]; readonly inside: PythonValue } {
  if (padding === 'valid') return { before: [], inside: 0 };
  if (padding !== 'same') return { before: [], inside: shortest(padding) };
  const margins = windows.map((window, axis) => sameMargin(spatialOf(facts)[axis]!, window));
  if (margins.includes(undefined)) return { before: [samePadStep(facts, windows)], inside: 0 };
  const known = margins as readonly Margin[];
  if (isNothing(known)) return { before: [], inside: 0 };
  if (isEven(known)) return { before: [], inside: shortest(known.map(([margin]) => margin)) };
  // With a stride of 1 PyTorch has the same rule.
  if (windows.every(({ stride }) => stride === 1)) return { before: [], inside: 'same' };
  return { before: [{ call: call(zeroPads[windows.length]!, positional('padding', marginsText(known))), wanted: 'pad' }], inside: 0 };
}

const zeroPads: Readonly<Record<number, string>> = { 1: 'nn.ZeroPad1d', 2: 'nn.ZeroPad2d', 3: 'nn.ZeroPad3d' };

/** How many zeros 'same' means is known when the image is. */
function samePadStep(facts: NodeFacts, windows: readonly Window[]): TorchStep {
  if (windows.length !== 2) facts.refuse("how many zeros 'same' puts at each end depends on a length that is left open");
  const reach = windows.map(({ size, dilation }) => (size - 1) * dilation + 1);
  return { call: call('SamePad2d', positional('kernel_size', shortest(reach)), positional('stride', shortest(windows.map(({ stride }) => stride)))), wanted: 'pad' };
}

/** Sequences have their features last, and are turned for the convolution alone. */
function convolved(facts: NodeFacts, steps: readonly TorchStep[]): TorchLayer {
  const all = [...steps, ...activationBehind(facts, 1)];
  if (facts.rank > 3) return { layout: imageLayout(facts), steps: all };
  if (facts.dataFormat === 'channelsFirst') facts.refuse('TensorFlow.js moves the channels to the end and does not move them back');
  return { steps: behindBatch(all) };
}

const plainConvolution = (facts: NodeFacts): TorchLayer => convolved(facts, convolutionSteps(facts, {
  inChannels: channelsOf(facts), outChannels: facts.number('filters'), groups: 1, useBias: facts.flag('useBias'), windows: windowsOf(facts), padding: paddingOf(facts), wanted: 'conv',
}));

function blockConvolution(facts: NodeFacts): TorchLayer {
  const padding = facts.value('padding');
  return convolved(facts, convolutionSteps(facts, {
    inChannels: channelsOf(facts), outChannels: facts.number('filters'), groups: facts.number('groups'), useBias: facts.flag('useBias'), windows: windowsOf(facts),
    padding: padding === 'same' ? padding : facts.numbers('padding'), wanted: 'conv',
  }));
}

/** TensorFlow crops what sticks out, one more behind than before; PyTorch crops both ends alike, and can add behind. */
function transposed(facts: NodeFacts): TorchLayer {
  const windows = windowsOf(facts, false);
  const same = paddingOf(facts) === 'same';
  const axes = windows.map(({ size, stride }) => {
    const over = Math.max(size - stride, 0);
    return { crop: same ? Math.floor(over / 2) : 0, more: same && over % 2 === 1, add: Math.max(stride - size, 0) };
  });
  const cut = axes.some(({ more }) => more) ? `[..., ${axes.map(({ more }) => (more ? ':-1' : ':')).join(', ')}]` : '';
  return convolved(facts, [{
    wanted: 'deconv', template: `{layer}({0})${cut}`,
    call: call(
      `nn.ConvTranspose${windows.length}d`, channels('in_channels', channelsOf(facts)), channels('out_channels', facts.number('filters')), positional('kernel_size', shortest(windows.map(({ size }) => size))),
      keyword('stride', shortest(windows.map(({ stride }) => stride)), 1), keyword('padding', shortest(axes.map(({ crop }) => crop)), 0),
      keyword('output_padding', shortest(axes.map(({ add }) => add)), 0), keyword('bias', facts.flag('useBias'), true),
    ),
  }]);
}

export const convolutionRules: TorchRules = {
  conv1d: plainConvolution,
  conv2d: facts => (facts.ofBlocks ? blockConvolution(facts) : plainConvolution(facts)),
  conv3d: plainConvolution,
  conv2dTranspose: transposed,
  conv3dTranspose: transposed,
  /** The one of TensorFlow.js ignores its dilation. */
  depthwiseConv2d(facts) {
    const inChannels = channelsOf(facts);
    return convolved(facts, convolutionSteps(facts, {
      inChannels, outChannels: inChannels * facts.number('depthMultiplier'), groups: inChannels, useBias: facts.flag('useBias'), windows: windowsOf(facts, false), padding: paddingOf(facts),
      wanted: 'depthwise',
    }));
  },
  separableConv2d(facts) {
    const inChannels = channelsOf(facts);
    const between = inChannels * facts.number('depthMultiplier');
    const pointwise = [1, 1].map(size => ({ size, stride: 1, dilation: 1 }));
    return convolved(facts, [
      ...convolutionSteps(facts, { inChannels, outChannels: between, groups: inChannels, useBias: false, windows: windowsOf(facts), padding: paddingOf(facts), wanted: 'depthwise' }),
      ...convolutionSteps(facts, {
        inChannels: between, outChannels: facts.number('filters'), groups: 1, useBias: facts.flag('useBias'), windows: pointwise, padding: 'valid', wanted: 'pointwise',
      }),
    ]);
  },
};
