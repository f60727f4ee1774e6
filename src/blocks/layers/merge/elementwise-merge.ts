// Layers that join tensors value by value: add, multiply, average, maximum, minimum. Shapes broadcast as in NumPy, and
// the batch is left out of it.
import { shapeMismatch } from '../../problems/shape-mismatch.ts';
import { formatDim, isKnown, isUnknown, sameDim, unknown, type Dim } from '../../shapes/dim.ts';
import type { Shape } from '../../shapes/shape.ts';
import { defineLayer, type LayerDoc } from '../define-layer.ts';
import { valuesOf } from '../element-operations.ts';
import { along, eachAxis } from '../receptive-field.ts';

interface Merge {
  readonly name: string;
  readonly className: string;
  readonly summary: string;
  readonly formula: string;
  /** How many operations each value that comes out takes of so many inputs, and the same in symbols. */
  readonly cost?: { readonly formula: string; of(inputs: number): number };
  readonly source?: LayerDoc['source'];
}

/** Two inputs are joined by one operation, as ptflops counts `torch.add`, and each further one takes another. */
const onePerFurtherInput: Required<Merge>['cost'] = { formula: '(inputs − 1) · output values', of: inputs => inputs - 1 };

export const defineMerge = ({ name, className, summary, formula, source, cost = onePerFurtherInput }: Merge) => defineLayer({
  name, className, aliases: [], needsConfig: false, inputs: 'several', attributes: {},
  doc: {
    summary,
    formula: `${formula}; dims that differ must be 1 in one of the inputs`,
    source: source ?? { title: `TensorFlow.js: tf.layers.${name}`, url: `https://js.tensorflow.org/api/latest/#layers.${name}` },
    oddities: ['Of inputs with different ranks the shorter one is aligned at the end, behind the batch; an open dim makes the result open.'],
  },
  shape({ inputs, report }) {
    const batches = inputs.map(([batch]) => batch!).filter(batch => batch !== null);
    const batch = mergedBatch(batches);
    const merged = inputs.map(([, ...dims]) => dims).reduce<Dim[] | undefined>((a, b) => a && broadcast(a, b), inputs[0]!.slice(1));
    if (merged === undefined || batch === undefined) {
      const rule = merged ? 'the batches differ' : 'dims that differ must be 1';
      report(shapeMismatch, { layer: name, shapes: inputs, rule });
      return unknown(`the inputs of ${name} contradict each other`) satisfies Shape;
    }
    return [batch, ...merged];
  },
  // An axis of one value is repeated where others are longer.
  receptiveField: {
    steps: ({ inputs, output }, place) => {
      const before = output.length - inputs[place]!.length;
      return eachAxis(inputs[place]!, axis => (isRepeated(inputs[place]![axis]!, output[axis + before]!) ? unknown(`${name} repeats what it is given along an axis`) : along(axis + before)));
    },
  },
  elementOperations: {
    formula: cost.formula,
    count: ({ inputs, output }) => [{ what: name, product: valuesOf(output, cost.of(inputs.length)) }],
  },
  examples: [
    { config: {}, inputs: [[null, 56, 56, 64], [null, 56, 56, 64]], output: [null, 56, 56, 64], params: 0 },
    { config: {}, inputs: [[null, 8, 8, 3], [null, 1, 1, 3]], output: [null, 8, 8, 3], params: 0 },
    { config: {}, inputs: [[null, 8, 8, 3], [null, 3]], output: [null, 8, 8, 3], params: 0 },
  ],
});

const isRepeated = (dim: Dim, output: Dim): boolean => !sameDim(dim, output) && (dim === 1 || isUnknown(dim));

/** The one batch of all inputs that have one; undefined where two numbers contradict each other. */
export function mergedBatch(batches: readonly Dim[]): Dim | undefined {
  const numbers = new Set(batches.filter(isKnown));
  if (numbers.size > 1) return undefined;
  const [first = null, ...others] = batches;
  if (others.every(batch => sameDim(batch, first))) return first;
  return [...numbers][0] ?? batches.find(isUnknown) ?? unknown('the batches may differ');
}

/** Both shapes broadcast together, without the batch; undefined where they contradict each other. */
function broadcast(a: readonly Dim[], b: readonly Dim[]): Dim[] | undefined {
  if (a.length < b.length) return broadcast(b, a);
  const before = a.length - b.length;
  const dims = b.map((dim, i) => broadcastDim(a[before + i]!, dim));
  return dims.includes(undefined) ? undefined : [...a.slice(0, before), ...(dims as Dim[])];
}

function broadcastDim(a: Dim, b: Dim): Dim | undefined {
  if (a === null || b === null || isNegative(a) || isNegative(b)) return null;
  if (a === 1 || sameDim(a, b)) return b;
  if (b === 1) return a;
  if (isKnown(a) && isKnown(b)) return undefined;
  // One of them is a number other than 1, and so is the result wherever the layer works at all.
  if (isKnown(a)) return a;
  if (isKnown(b)) return b;
  return [a, b].find(isUnknown) ?? unknown(`${formatDim(a)} and ${formatDim(b)} may differ`);
}

/** TensorFlow.js takes the negative dims of a kernel that does not fit for open ones. */
const isNegative = (dim: Dim): boolean => isKnown(dim) && dim < 0;
