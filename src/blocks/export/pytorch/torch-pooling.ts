// Pooling in PyTorch.
import { shortest } from '../python/literals.ts';
import type { NodeFacts } from '../python/node-facts.ts';
import { isEven, isNothing, sameMargin, type Margin, type Window } from '../python/same-padding.ts';
import { PythonCode } from '../python/statements.ts';
import { behindBatch, call, expression, imageLayout, keyword, positional, spatialOf, type TorchLayer, type TorchRule, type TorchRules, type TorchStep } from './torch-layer.ts';
import { marginsText, paddingOf } from './torch-padding.ts';

const windowsOf = (facts: NodeFacts): readonly Window[] => {
  const sizes = facts.numbers('poolSize');
  return sizes.map((size, i) => ({ size, stride: facts.has('strides') ? facts.numbers('strides')[i]! : size, dilation: 1 }));
};

/** Undefined where what 'same' means depends on a length that is left open. */
const sameMargins = (facts: NodeFacts, windows: readonly Window[]): readonly Margin[] | undefined => {
  const margins = windows.map((window, axis) => sameMargin(spatialOf(facts)[axis]!, window));
  return margins.includes(undefined) ? undefined : margins as readonly Margin[];
};

function pool(kind: 'Max' | 'Avg', windows: readonly Window[], margins: readonly Margin[], more: { readonly ceilMode?: boolean } = {}): TorchStep {
  const sizes = windows.map(({ size }) => size);
  const strides = windows.map(({ stride }) => stride);
  return {
    wanted: 'pool',
    call: call(
      `nn.${kind}Pool${windows.length}d`, positional('kernel_size', shortest(sizes)),
      // It moves as far as it is long by default.
      keyword('stride', shortest(strides), shortest(sizes)), keyword('padding', shortest(margins.map(([before]) => before)), 0), keyword('ceil_mode', more.ceilMode ?? false, false),
      ...(kind === 'Avg' && !isNothing(margins) ? [keyword('count_include_pad', false)] : []),
    ),
  };
}

const none = (windows: readonly Window[]): readonly Margin[] => windows.map(() => [0, 0] as const);

/** PyTorch takes no more padding than half of the window. */
const fits = (windows: readonly Window[], margins: readonly Margin[]): boolean => margins.every(([before], axis) => before * 2 <= windows[axis]!.size);

const lowest = new PythonCode('float("-inf")');

/** What lies outside of the image loses against every value. */
function maxSteps(facts: NodeFacts, windows: readonly Window[], padding: 'same' | readonly Margin[], ceilMode: boolean): readonly TorchStep[] {
  const margins = padding === 'same' ? sameMargins(facts, windows) : padding;
  if (!margins) {
    if (windows.length !== 2) facts.refuse("how much 'same' puts at each end depends on a length that is left open");
    const pad = call('SamePad2d', positional('kernel_size', shortest(windows.map(({ size }) => size))), positional('stride', shortest(windows.map(({ stride }) => stride))), keyword('value', lowest));
    return [{ call: pad, wanted: 'pad' }, pool('Max', windows, none(windows))];
  }
  if (isEven(margins) && fits(windows, margins)) return [pool('Max', windows, margins, { ceilMode })];
  if (ceilMode) facts.refuse('PyTorch takes no more padding than half of the window');
  const pad = call(`nn.ConstantPad${windows.length}d`, positional('padding', marginsText(margins)), positional('value', lowest));
  return [{ call: pad, wanted: 'pad' }, pool('Max', windows, none(windows))];
}

/** Only values of the image count, as many as there are in the window. */
function averageSteps(facts: NodeFacts, windows: readonly Window[], same: boolean): readonly TorchStep[] {
  if (!same) return [pool('Avg', windows, none(windows))];
  const margins = sameMargins(facts, windows) ?? facts.refuse("how much 'same' puts at each end depends on a length that is left open");
  if (isEven(margins) && fits(windows, margins)) return [pool('Avg', windows, margins)];
  // A last window that sticks out over the end counts what lies inside of it.
  const sticksOut = margins.every(([before], axis) => {
    const { size, stride } = windows[axis]!;
    const length = spatialOf(facts)[axis];
    return before === 0 && length != null && Math.ceil((length - size) / stride) + 1 === Math.ceil(length / stride);
  });
  return sticksOut ? [pool('Avg', windows, none(windows), { ceilMode: true })] : facts.refuse("PyTorch's average pooling pads both ends alike, and 'same' does not do so here");
}

/** Sequences have their features last, and are turned for the pool alone. */
const pooled = (facts: NodeFacts, steps: readonly TorchStep[]): TorchLayer => (facts.rank > 3 ? { layout: imageLayout(facts), steps } : { steps: behindBatch(steps) });

const maxPooling: TorchRule = facts => {
  const windows = windowsOf(facts);
  return pooled(facts, maxSteps(facts, windows, paddingOf(facts) === 'same' ? 'same' : none(windows), false));
};

const averagePooling: TorchRule = facts => pooled(facts, averageSteps(facts, windowsOf(facts), paddingOf(facts) === 'same'));

function blockMaxPooling(facts: NodeFacts): TorchLayer {
  const padding = facts.value('padding') === 'same' ? 'same' : facts.numbers('padding').map(zeros => [zeros, zeros] as const);
  return pooled(facts, maxSteps(facts, windowsOf(facts), padding, facts.flag('ceilMode')));
}

/** Over height and width of an image, or over the steps of a sequence. */
const overAll = (operation: 'mean' | 'amax'): TorchRule => facts =>
  (facts.rank === 4 ? { layout: imageLayout(facts), steps: [expression(`{0}.${operation}(dim=(2, 3))`)] } : { steps: [expression(`{0}.${operation}(dim=1)`)] });

export const poolingRules: TorchRules = {
  maxPooling1d: maxPooling,
  maxPooling2d: (facts, layout) => (facts.ofBlocks ? blockMaxPooling(facts) : maxPooling(facts, layout)),
  maxPooling3d: maxPooling,
  averagePooling1d: averagePooling,
  averagePooling2d: averagePooling,
  averagePooling3d: averagePooling,
  globalAveragePooling1d: overAll('mean'),
  globalAveragePooling2d: overAll('mean'),
  globalMaxPooling1d: overAll('amax'),
  globalMaxPooling2d: overAll('amax'),
  adaptiveAveragePooling2d: facts => ({
    layout: imageLayout(facts), steps: [{ call: call('nn.AdaptiveAvgPool2d', positional('output_size', shortest(facts.numbers('outputSize')))), wanted: 'pool' }],
  }),
};
