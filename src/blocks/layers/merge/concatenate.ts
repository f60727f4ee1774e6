// Tensors side by side along one axis.
import { axisOutOfRange } from '../../problems/axis-out-of-range.ts';
import { differsWhenRun } from '../../problems/differs-when-run.ts';
import { shapeMismatch } from '../../problems/shape-mismatch.ts';
import { addDims, isKnown, isUnknown, sameDim, spellDim, unknown, type Dim } from '../../shapes/dim.ts';
import { uncheckedAxis } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { none } from '../element-operations.ts';
import { along, eachAxis } from '../receptive-field.ts';

const layer = 'concatenate';

export const concatenate = defineLayer({
  name: layer,
  aliases: [],
  className: 'Concatenate',
  doc: {
    summary: 'Puts tensors side by side along an axis; all other dims must be the same.',
    formula: 'dim at axis = a + b + …; the other dims stay',
    source: { title: 'Szegedy et al.: Going Deeper with Convolutions (2014)', url: 'https://arxiv.org/abs/1409.4842' },
    oddities: [
      'An open dim only goes together with an open dim: [null, 4] and [8, 4] are refused.',
      'When it runs, every negative axis counts as the last one, whatever the shape says.',
    ],
  },
  needsConfig: false,
  inputs: 'several',
  attributes: { axis: uncheckedAxis({ default: -1, doc: 'The axis along which the inputs are put together; the channels by default.' }) },
  shape({ attributes: { axis: index }, inputs, report }) {
    const [first, ...others] = inputs as readonly [readonly Dim[], ...(readonly Dim[])[]];
    if (isUnknown(index)) return sameRank(inputs) ? first.map(() => index) : index;
    const at = index < 0 ? index + first.length : index;
    if (at < 0 || at >= first.length) {
      report(axisOutOfRange, { layer, axis: index, input: first }, 'axis');
      return unknown(`the inputs have no axis ${index}`);
    }
    if (index < -1) report(differsWhenRun, { layer, what: `axis ${index} counts here, but the operation takes every negative axis for the last one` }, 'axis');
    if (!sameRank(inputs) || others.some(other => contradict(first, other, at))) {
      report(shapeMismatch, { layer, shapes: inputs, rule: `all dims but that at axis ${index} must be the same` });
      return unknown(`the inputs of ${layer} contradict each other`);
    }
    return first.map((_, i) => {
      const dims = inputs.map(input => input[i] as Dim);
      if (i !== at) return agreed(dims);
      return dims.includes(null) ? null : dims.reduce<Dim>((sum, dim) => addDims(sum, dim), 0);
    });
  },
  workings({ attributes: { axis: index }, inputs, output }) {
    if (isUnknown(index)) return [];
    const at = index < 0 ? index + output.length : index;
    return [`axis ${index}: ${inputs.map(input => spellDim(input[at]!)).join(' + ')} = ${spellDim(output[at]!)}`];
  },
  receptiveField: {
    steps({ attributes: { axis: index }, inputs }, place) {
      const input = inputs[place]!;
      if (isUnknown(index)) return eachAxis(input, () => index);
      const at = index < 0 ? index + input.length : index;
      return eachAxis(input, axis => (axis === at ? unknown('along the axis along which tensors are put together its positions are those of several') : along(axis)));
    },
  },
  elementOperations: none('values are only moved'),
  examples: [
    { config: {}, inputs: [[null, 28, 28, 64], [null, 28, 28, 128], [null, 28, 28, 32]], output: [null, 28, 28, 224], params: 0 },
    { config: { axis: 1 }, inputs: [[null, 10, 8], [null, 12, 8]], output: [null, 22, 8], params: 0 },
  ],
});

const sameRank = (inputs: readonly (readonly Dim[])[]): boolean => inputs.every(input => input.length === inputs[0]!.length);

/** Only what is certain contradicts: two numbers, or a number and an open dim. */
function contradict(a: readonly Dim[], b: readonly Dim[], except: number): boolean {
  const certain = (dim: Dim): boolean => dim === null || isKnown(dim);
  return a.some((dim, i) => i !== except && certain(dim) && certain(b[i]!) && dim !== b[i]);
}

/** The dim that all inputs have in common; a number is certain whatever the names of the others stand for. */
function agreed(dims: readonly Dim[]): Dim {
  const [first = null, ...others] = dims;
  if (others.every(dim => sameDim(dim, first))) return first;
  return dims.find(isKnown) ?? dims.find(dim => dim !== null && !isUnknown(dim)) ?? first;
}
