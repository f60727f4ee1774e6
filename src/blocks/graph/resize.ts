// The same layers on smaller images: to check numbers where the block itself would take too long.
import { findLayerOf } from '../layers/registry.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';
import type { BlockGraph, GraphNode } from './block-graph.ts';
import { inferAgain } from './infer-again.ts';
import { shapesInto } from './tensors.ts';

/**
 * The graph with a batch of this size, and images of no more than `most` by `most`. Undefined where its layers do not take such images, or have
 * other weights then. `graph` has no free dims.
 */
export function resizeImages(graph: BlockGraph, most: number, batch = 1): BlockGraph | undefined {
  const channelsFirst = graph.nodes.some(({ attributes }) => attributes['dataFormat'] === 'channelsFirst');
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes) {
    if (node.inputs.length === 0) {
      nodes.push({ ...node, output: smaller(node.output, most, batch, channelsFirst) });
      continue;
    }
    if (!findLayerOf(node)) return undefined;
    const resized = inferAgain(node, shapesInto(node, nodes));
    if (![resized.output, ...resized.furtherOutputs].every(isPositive) || !sameWeights(node, resized)) return undefined;
    nodes.push(resized);
  }
  return { ...graph, nodes };
}

function smaller(shape: Shape, most: number, batch: number, channelsFirst: boolean): Shape {
  if (!isRanked(shape)) return shape;
  return shape.map((dim, i) => (i === 0 ? batch : shape.length === 4 && (channelsFirst ? i > 1 : i < 3) && typeof dim === 'number' ? Math.min(dim, most) : dim));
}

const isPositive = (shape: Shape): boolean => isRanked(shape) && shape.every(dim => typeof dim === 'number' && Number.isInteger(dim) && dim > 0);

const sameWeights = (a: GraphNode, b: GraphNode): boolean => JSON.stringify(a.weights.map(({ shape }) => shape)) === JSON.stringify(b.weights.map(({ shape }) => shape));
