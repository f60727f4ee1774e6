// How a shape is printed: short beside a line (`56×56×64`), whole in a hover (`[null, 56, 56, 64]`).
import { formatDim, isSymbolic, type Dim, type SymbolicDim } from '../shapes/dim.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';

const LONGEST_DIM = 20;

/**
 * The shape of one example: `56×56×64`, `H/2×W/2×64`, `(H-2)×(W-2)×8`, `?×?×64`; `?` where not even the rank is known,
 * `scalar` where nothing but the batch is left. A batch that the source fixes is part of the shape and puts all of it in
 * brackets, so that it cannot be taken for a height: `[8, 56, 56, 64]`. A dim inside the example that the model leaves
 * open prints as `null`, as the source writes it.
 */
export function shapeLabel(shape: Shape): string {
  if (!isRanked(shape)) return '?';
  if (showsBatch(shape)) return `[${shape.map(dim => shortDim(dim)).join(', ')}]`;
  if (shape.length === 2) return shortDim(shape[1]!);
  if (shape.length < 2) return 'scalar';
  let label = dimLabel(shape[1]!);
  for (let axis = 2; axis < shape.length; axis++) label += `×${dimLabel(shape[axis]!)}`;
  return label;
}

/** Whether the label has the batch in it, because the source fixes it. */
export const showsBatch = (shape: readonly Dim[]): boolean => shape.length > 0 && saysSomething(shape[0]!);

/** Batch included, `null` where the model leaves a dim open: `[null, 56, 56, 64]`, as TensorFlow.js prints shapes. */
export const wholeShape = (shape: Shape): string =>
  isRanked(shape) ? `[${shape.map(dim => (dim === null ? 'null' : formatDim(dim, { exact: true }))).join(', ')}]` : '?';

/** Several tensors: `28×28×16, 28×28×32`; more than three are counted: `1, 2, and 8 more`. */
export const shapesLabel = (shapes: readonly Shape[]): string => listed(shapes.map(shapeLabel), 3);

export const wholeShapes = (shapes: readonly Shape[]): string => listed(shapes.map(wholeShape), 6);

const listed = (labels: readonly string[], most: number): string =>
  labels.length <= most ? labels.join(', ') : `${labels.slice(0, most - 1).join(', ')}, and ${labels.length - most + 1} more`;

/** One dim within a label joined by `×`: a sum is put in parentheses. */
export function dimLabel(dim: Dim): string {
  if (typeof dim === 'number') return String(dim);
  const text = shortDim(dim);
  return isSymbolic(dim) && /[+-]/.test(text) ? `(${text})` : text;
}

/** An expression that would fill the line is left to the hover. */
function shortDim(dim: Dim): string {
  if (dim === null) return 'null';
  if (!isSymbolic(dim)) return formatDim(dim);
  let text = shortDims.get(dim);
  if (text === undefined) {
    const whole = formatDim(dim);
    shortDims.set(dim, (text = whole.length <= LONGEST_DIM ? whole : '…'));
  }
  return text;
}

/** All hints of a file are printed at every keystroke. */
const shortDims = new WeakMap<SymbolicDim, string>();

/** A batch says something when the source fixes it or computes with it; a bare name is no more than an open one. */
const saysSomething = (batch: Dim): boolean => typeof batch === 'number' || (isSymbolic(batch) && !isBareName(batch));

function isBareName({ constant, terms }: SymbolicDim): boolean {
  const only = terms[0];
  return constant === 0 && terms.length === 1 && only?.coefficient === 1 && only.atoms.length === 1 && only.atoms[0]?.kind === 'name';
}
