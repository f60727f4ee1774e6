// What an export has to know of a node, whatever it is exported to.
import type { GraphNode } from '../graph/block-graph.ts';
import { formatDim, isUnknown } from '../shapes/dim.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';
import { CannotExport } from './cannot-export.ts';

/** A program may freeze a layer after it has made it, of which the layer's attributes say nothing. */
export function trainability({ id, params, trainableParams, attributes }: GraphNode): { readonly trainable?: boolean } {
  if (isUnknown(trainableParams) && !isUnknown(params)) throw new CannotExport(`${trainableParams.reason}.`.replace(/^./, first => first.toUpperCase()), id);
  return params === 0 || (trainableParams === 0) === (attributes['trainable'] === false) ? {} : { trainable: trainableParams !== 0 };
}

/** Numbers, and null where the model leaves a dim open. Throws `CannotExport` where a dim is anything else. */
export function knownShape(shape: Shape, { id, layer }: Pick<GraphNode, 'id' | 'layer'>): readonly (number | null)[] {
  if (!isRanked(shape)) throw new CannotExport(`The shape at ${layer} is not known: ${shape.reason}.`, id);
  return shape.map(dim => {
    if (dim === null || typeof dim === 'number') return dim;
    throw new CannotExport(`The shape at ${layer} has ${isUnknown(dim) ? `a dim that is not known: ${dim.reason}` : `the dim ${formatDim(dim)}, which has no number`}.`, id);
  });
}
