// Products of vectors: the dot product of two tensors along an axis of each.
import { axisOutOfRange } from '../../problems/axis-out-of-range.ts';
import { doubtfulAttribute } from '../../problems/doubtful-attribute.ts';
import { differsWhenRun } from '../../problems/differs-when-run.ts';
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { notImplemented } from '../../problems/not-implemented.ts';
import { shapeMismatch } from '../../problems/shape-mismatch.ts';
import { wrongNumberOfInputs } from '../../problems/wrong-number-of-inputs.ts';
import { wrongRank } from '../../problems/wrong-rank.ts';
import { isKnown, isSymbolic, isUnknown, unknown, type Dim } from '../../shapes/dim.ts';
import { formatValue, isList, type AttributeType, type Reading } from '../attribute.ts';
import { flag } from '../attribute-types.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { valuesOf } from '../element-operations.ts';
import { notInWindows } from '../receptive-field.ts';

const layer = 'dot';

interface Axes {
  readonly both: readonly [number, number];
  /** TensorFlow.js resolves a single negative axis, but not those of a list, when it compares the dims. */
  readonly listed: boolean;
}

const twoAxes = 'an integer or two of them';

/** TensorFlow.js does not notice where they are missing or no numbers, and takes the batch out of the shape. */
const axes: AttributeType<Axes | 'no axes' | undefined> = {
  type: 'integer or [integer, integer]', required: false, inert: false,
  doc: 'The axis of both inputs along which they are multiplied, or one for each; the batch is 0.',
  read(raw): Reading<Axes | 'no axes'> {
    if (isUnknown(raw)) return { unknown: raw };
    const both = isList(raw) ? raw : [raw, raw];
    const hidden = both.find(axis => isUnknown(axis) || isSymbolic(axis));
    if (hidden !== undefined) return { unknown: isUnknown(hidden) ? hidden : unknown(`the axis ${formatValue(hidden)} is not known`) };
    const areAxes = both.length === 2 && both.every(axis => typeof axis === 'number' && Number.isInteger(axis));
    return areAxes ? { value: { both: both as unknown as Axes['both'], listed: isList(raw) } } : { value: 'no axes', doubt: twoAxes };
  },
};

const attributes = {
  axes,
  normalize: flag({ default: false, inert: true, doc: 'Whether the vectors are scaled to length 1 first, which gives the cosine similarity.' }),
};

type Call = LayerCall<typeof attributes>;

/** The axes counted from 0. */
function axesOf({ both }: Axes, { inputs }: Call): readonly number[] {
  return both.map((axis, i) => (axis < 0 ? axis + inputs[i]!.length : axis));
}

export const dot = defineLayer({
  name: layer,
  aliases: [],
  className: 'Dot',
  doc: {
    summary: 'Multiplies the vectors of two tensors and sums the products up.',
    formula: '[batch, a, k] · [batch, b, k] → [batch, a, b] with axes [2, 2]',
    source: { title: 'TensorFlow.js: tf.layers.dot', url: 'https://js.tensorflow.org/api/latest/#layers.dot' },
  },
  needsConfig: true,
  inputs: 'several',
  attributes,
  check({ attributes: { axes: given }, report }) {
    if (given === undefined) report(doubtfulAttribute, { attribute: 'axes', expected: twoAxes, received: 'not given' });
  },
  shape(call) {
    const { inputs, report, attributes: { axes: given } } = call;
    if (inputs.length !== 2) {
      report(wrongNumberOfInputs, { layer, expected: 'a list of exactly two tensors', received: inputs.length });
      return unknown('dot takes exactly two inputs');
    }
    const large = inputs.find(input => input.length > 3);
    if (large) {
      report(wrongRank, { layer, expected: 'up to 3', input: large });
      return unknown('dot takes inputs of up to three dims');
    }
    if (given === undefined || given === 'no axes') return unknown('axes are not given, or are none');
    const { both, listed } = given;
    const at = axesOf(given, call);
    const outside = at.findIndex((axis, i) => axis < 0 || axis >= inputs[i]!.length);
    if (outside >= 0) {
      report(axisOutOfRange, { layer, axis: both[outside]!, input: inputs[outside]! }, 'axes');
      return unknown('an input of dot does not have the axis');
    }
    const [batch, other] = inputs.map(input => input[0] as Dim) as [Dim, Dim];
    if (isKnown(batch) && isKnown(other) && batch !== other) report(differsWhenRun, { layer, what: `the batches ${batch} and ${other} are not the same` });
    if (at.includes(0)) report(failsWhenRun, { layer, what: 'axis 0 is the batch' }, 'axes');
    const [a, b] = inputs.map((input, i) => input[at[i]!] as Dim) as [Dim, Dim];
    const rule = `axes ${both.join(' and ')} are not of the same length`;
    if (listed && both.some(axis => axis < 0)) {
      if (both.some(axis => axis >= 0)) report(notImplemented, { layer, what: `a negative axis beside another one in [${both.join(', ')}]` }, 'axes');
      else if (contradict(a, b)) report(failsWhenRun, { layer, what: rule }, 'axes');
    } else if (contradict(a, b)) {
      report(shapeMismatch, { layer, shapes: inputs, rule }, 'axes');
    }
    const [first, second] = inputs.map((input, i) => input.filter((_, axis) => axis !== at[i])) as [Dim[], Dim[]];
    const output = [...first, ...second.slice(1)];
    return output.length === 1 ? [...output, 1] : output;
  },
  macs(call) {
    const { axes: given } = call.attributes;
    if (given === undefined || given === 'no axes') return [];
    const [first, second] = call.inputs as readonly [readonly Dim[], readonly Dim[]];
    const [a, b] = axesOf(given, call) as [number, number];
    const others = (input: readonly Dim[], axis: number): readonly Dim[] => input.filter((_, i) => i > 0 && i !== axis);
    return [[...others(first, a), first[a] as Dim, ...others(second, b)]];
  },
  receptiveField: notInWindows('dot multiplies each position of one tensor with each of the other'),
  elementOperations: {
    formula: 'none; with normalize 3 · values that go in: a square, a sum and a division',
    decidedBy: ['normalize'],
    count: ({ attributes: { normalize }, inputs }) => (normalize ? inputs.map(input => ({ what: 'normalization', product: valuesOf(input, 3) })) : []),
  },
  examples: [
    { config: { axes: 1 }, inputs: [[null, 8], [null, 8]], output: [null, 1], params: 0 },
    { config: { axes: [2, 2] }, inputs: [[null, 10, 64], [null, 12, 64]], output: [null, 10, 12], params: 0 },
  ],
});

/** TensorFlow.js takes an open dim for different from any number. */
function contradict(a: Dim, b: Dim): boolean {
  const certain = (dim: Dim): boolean => dim === null || isKnown(dim);
  return certain(a) && certain(b) && a !== b;
}
