// A rectified linear unit whose slope for negative values is learnt.
import { axisOutOfRange } from '../../problems/axis-out-of-range.ts';
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { openDim } from '../../problems/open-dim.ts';
import { isSymbolic, isUnknown, unknown, type Dim, type Unknown } from '../../shapes/dim.ts';
import { formatShape } from '../../shapes/shape.ts';
import { formatValue, isList, type AttributeType, type AttributeValue, type Reading } from '../attribute.ts';
import { constraint, initializer, regularizer } from '../core/weight-settings.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { oneForEachValue } from './one-for-each-value.ts';
import { seesOnePosition } from '../receptive-field.ts';

type Axes = readonly number[] | Unknown;

const sharedAxes: AttributeType<Axes> = {
  type: 'integer or a list of integers', required: false, inert: false, default: [],
  doc: 'Axes along which the slope is shared, the batch being 0: [1, 2] for one slope per channel of an image.',
  read(raw): Reading<Axes> {
    if (isUnknown(raw)) return { value: raw };
    const axes = isList(raw) ? raw : [raw];
    if (axes.some(axis => isSymbolic(axis) || isUnknown(axis))) return { value: unknown('an axis is not known') };
    const expected = 'a positive integer or a list of them';
    const isAxis = (axis: AttributeValue): axis is number => typeof axis === 'number' && Number.isInteger(axis) && axis > 0;
    if (axes.every(isAxis)) return { value: axes };
    return isList(raw) || typeof raw === 'number' ? { value: unknown(`${formatValue(raw)} are no axes`), doubt: expected } : { expected };
  },
};

const attributes = {
  alphaInitializer: initializer('alpha', 'zeros'),
  alphaRegularizer: regularizer('alpha'),
  alphaConstraint: constraint('alpha'),
  sharedAxes,
};

/** One slope for each value of an example, with 1 along the shared axes. */
function slopes({ attributes: { sharedAxes: shared }, inputs: [input] }: LayerCall<typeof attributes>): readonly Dim[] {
  const dims = input!.slice(1);
  if (isUnknown(shared)) return dims.map(() => shared);
  // An axis right behind the last one adds a dim to the weight.
  const behind = shared.includes(input!.length) ? [1] : [];
  return [...dims.map((dim, i) => (shared.includes(i + 1) ? 1 : dim)), ...behind];
}

export const prelu = defineLayer({
  name: 'prelu',
  aliases: [],
  className: 'PReLU',
  doc: {
    summary: 'Scales negative values by learnt slopes.',
    formula: 'output = input where input ≥ 0, otherwise alpha · input; weights = the dims of an example that are not shared',
    source: { title: 'He et al.: Delving Deep into Rectifiers (2015)', url: 'https://arxiv.org/abs/1502.01852' },
    oddities: [
      'Without sharedAxes it has a slope for every single value, not for every channel.',
      'On WebAssembly slopes that are shared along axes are not, so that other values come out.',
    ],
  },
  needsConfig: false,
  inputs: 'one',
  attributes,
  shape(call) {
    const input = call.inputs[0]!;
    const { sharedAxes: shared } = call.attributes;
    const last = isUnknown(shared) ? 0 : Math.max(...shared);
    if (last > input.length) call.report(axisOutOfRange, { layer: 'prelu', axis: last, input }, 'sharedAxes');
    else if (last === input.length) call.report(failsWhenRun, { layer: 'prelu', what: `axis ${last} is none of ${formatShape(input)}, so that the slopes do not fit` }, 'sharedAxes');
    if (slopes(call).includes(null)) call.report(openDim, { layer: 'prelu', dim: 'dims that are not shared', input });
    return input;
  },
  weights: call => [{ name: 'alpha', shape: slopes(call), trainable: true }],
  receptiveField: seesOnePosition,
  elementOperations: oneForEachValue,
  examples: [
    { config: { sharedAxes: [1, 2] }, inputs: [[null, 28, 28, 32]], output: [null, 28, 28, 32], params: 32 },
    { config: {}, inputs: [[null, 8, 8, 3]], output: [null, 8, 8, 3], params: 192 },
  ],
});
