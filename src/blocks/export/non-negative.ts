// Which tensors of a graph have no value below zero.
import type { BlockGraph } from '../graph/block-graph.ts';
import { findLayerOfBlocks } from '../layers/registry.ts';

/** Activations that give nothing below zero. */
const activations = new Set(['relu', 'relu6', 'sigmoid', 'hardSigmoid', 'softmax', 'softplus']);

/** Layers that give nothing below zero where nothing that goes in is. */
const passing = new Set([
  'maxPooling2d', 'averagePooling2d', 'adaptiveAveragePooling2d', 'globalAveragePooling2d', 'add', 'multiply', 'average', 'maximum', 'minimum', 'concatenate',
  'dropout', 'stochasticDepth', 'channelShuffle', 'sliceChannels', 'zeroPadding2d', 'flatten', 'reshape', 'permute',
]);

/** For each node of the graph. */
export function nonNegativeNodes({ nodes }: Pick<BlockGraph, 'nodes'>): readonly boolean[] {
  const known: boolean[] = [];
  for (const { layer, attributes, inputs } of nodes) {
    // A layer that has no such attribute ignores it.
    const after = findLayerOfBlocks(layer)?.attributes['activation'] && attributes['activation'];
    known.push(layer === 'reLU' || (typeof after === 'string' && activations.has(after)) || (passing.has(layer) && inputs.every(id => known[id])));
  }
  return known;
}
