// Normalizations in PyTorch.
import { shortest } from '../python/literals.ts';
import type { NodeFacts } from '../python/node-facts.ts';
import { call, channels, keyword, onLastAxis, positional, torchAxis, type Layout, type TorchLayer, type TorchRules } from './torch-layer.ts';

/** Of what `BatchNorm` is for a tensor of so many dims. */
const batchNorms: Readonly<Record<number, string>> = { 2: 'nn.BatchNorm1d', 3: 'nn.BatchNorm1d', 4: 'nn.BatchNorm2d', 5: 'nn.BatchNorm3d' };

/** Both frameworks keep `momentum` of the old value in one, and of the new value in the other; both to as many digits as were written. */
const otherMomentum = (momentum: number): number => Number((1 - momentum).toPrecision(12));

/** Whether there are learnt factors and offsets: PyTorch has both or none. */
function affine(facts: NodeFacts): boolean {
  const [scale, center] = [facts.flag('scale'), facts.flag('center')];
  return scale === center ? scale : facts.refuse(`${scale ? 'scale without center' : 'center without scale'} has no counterpart in PyTorch`);
}

function batchNormalization(facts: NodeFacts): TorchLayer {
  const { rank } = facts;
  const given = facts.number('axis');
  const axis = given < 0 ? given + rank : given;
  const step = {
    wanted: 'norm',
    call: call(
      batchNorms[rank] ?? facts.refuse(`PyTorch has no batch normalization for ${rank} dims`), channels('num_features', facts.inputDim(axis)),
      keyword('eps', facts.number('epsilon'), 1e-5), keyword('momentum', otherMomentum(facts.number('momentum')), 0.1), keyword('affine', affine(facts), true),
    ),
  };
  if (axis === rank - 1 && rank > 3) return { layout: 'channelsFirst', steps: [step] };
  if (axis === 1) return { layout: 'asGraph', steps: [step] };
  if (axis === rank - 1) return { steps: [{ ...step, template: '{layer}({0}.movedim(-1, 1)).movedim(1, -1)' }] };
  return facts.refuse(`PyTorch normalizes the axis behind the batch, and not axis ${axis}`);
}

function layerNormalization(facts: NodeFacts, layout: Layout): TorchLayer {
  const { rank } = facts;
  const axes = facts.numbers('axis').map(axis => (axis < 0 ? axis + rank : axis));
  const sizes = axes.map(axis => facts.inputDim(axis));
  const [scale, center] = [facts.flag('scale'), facts.flag('center')];
  if (center && !scale) facts.refuse('center without scale has no counterpart in PyTorch');
  const step = {
    wanted: 'norm',
    call: call('nn.LayerNorm', channels('normalized_shape', shortest(sizes)), keyword('eps', facts.number('epsilon'), 1e-5), keyword('elementwise_affine', scale, true), ...(scale && !center ? [keyword('bias', false)] : [])),
  };
  if (axes.length === 1) {
    const axis = torchAxis(axes[0]!, rank, layout);
    return { steps: [axis === rank - 1 ? step : { ...step, template: onLastAxis(axis) }] };
  }
  if (axes.some((axis, i) => axis !== rank - axes.length + i)) facts.refuse('PyTorch normalizes the last axes together, in their order');
  // Several sizes are written out, because one number would be one axis.
  return { layout: 'asGraph', steps: [{ ...step, call: { ...step.call, arguments: step.call.arguments.map((argument, i) => (i === 0 ? positional('normalized_shape', sizes) : argument)) } }] };
}

export const normalizationRules: TorchRules = { batchNormalization, layerNormalization };
