// A tensor's shape: a list of dims, the batch first, or a rank that is not known.
import { bindDim, formatDim, isKnown, isUnknown, productOfDims, sameDim, unknown, type Dim, type Unknown } from './dim.ts';

/** The batch is the first dim (`null` where a model leaves it open). Unknown means that not even the rank is known. */
export type Shape = readonly Dim[] | Unknown;

export const isRanked = (shape: Shape): shape is readonly Dim[] => Array.isArray(shape);

export const sameShape = (a: Shape, b: Shape): boolean => a === b || (isRanked(a) && isRanked(b) && sameDims(a, b));

/** A loop, because `every` would need a function of its own for each of the many comparisons. */
function sameDims(a: readonly Dim[], b: readonly Dim[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!sameDim(a[i]!, b[i]!)) return false;
  return true;
}

/** Whether no tensor has both shapes: only dims that are numbers can tell. */
export const contradicts = (a: Shape, b: Shape): boolean =>
  isRanked(a) && isRanked(b) && (a.length !== b.length || a.some((dim, i) => isKnown(dim) && isKnown(b[i]!) && dim !== b[i]));

/** What holds of both shapes: dims that agree stay, others become unknown for the given reason. */
export function joinShapes(a: Shape, b: Shape, reason: Unknown): Shape {
  if (!isRanked(a)) return a;
  if (!isRanked(b)) return b;
  if (a.length !== b.length) return reason;
  return a.map((dim, i) => (sameDim(dim, b[i]!) ? dim : isUnknown(dim) ? dim : reason));
}

export const bindShape = (shape: Shape, numbers: Readonly<Record<string, number>>): Shape =>
  isRanked(shape) ? shape.map(dim => bindDim(dim, numbers)) : shape;

/** The number of values in one example, that is without the batch. */
export const elementsPerExample = (shape: Shape): Dim => (isRanked(shape) ? productOfDims(shape.slice(1)) : shape);

/** `[?, 56, 56, 64]`, as an error message or a table names it; an unknown rank is `[…]`. */
export const formatShape = (shape: Shape, options: { exact?: boolean } = {}): string =>
  isRanked(shape) ? `[${shape.map(dim => formatDim(dim, options)).join(', ')}]` : '[…]';

/** The first reason why a shape is not fully known; undefined where it is. */
export const unknownIn = (shape: Shape): Unknown | undefined => (isRanked(shape) ? shape.find(isUnknown) : shape);

export const unknownShape = (reason: string): Shape => unknown(reason);
