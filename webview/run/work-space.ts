// What a layer takes of memory besides the tensors that go in and come out, while it runs.
import { bytesOf } from '../../src/blocks/graph/peak-memory.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { productOfDims } from '../../src/blocks/shapes/dim.ts';
import { isRanked } from '../../src/blocks/shapes/shape.ts';

/** In bytes; what is not known counts nothing. */
export const workSpace = (node: GraphNode, graph: BlockGraph, backend: BackendName): number =>
  withinLayer(node, graph) + (backend === 'webgl' ? unfoldedBytes(node, graph) : 0);

/**
 * How many tensors of the size of what comes out are alive beside it at the worst moment, because TensorFlow.js computes the layer in several steps;
 * measured on WebAssembly. Layers that are one step, as a convolution of images with bias and activation, have none.
 */
const alsoAlive: Readonly<Record<string, number>> = {
  batchNormalization: 2, layerNormalization: 2, activation: 2, conv1d: 1, separableConv2d: 1, depthwiseConv2d: 1, conv2dTranspose: 1, conv3d: 1, conv3dTranspose: 1,
};

/** They go through a sequence step by step. */
export const recurrent: ReadonlySet<string> = new Set(['simpleRNN', 'gru', 'lstm', 'rnn', 'bidirectional', 'convLstm2d']);

/** A recurrent layer turns its sequence round and takes it apart, and does the reverse with what comes out. */
function withinLayer(node: GraphNode, graph: BlockGraph): number {
  if (recurrent.has(node.layer)) return 2 * bytesOf(graph.nodes[node.inputs[0]!]!) + 3 * bytesOf(node);
  // Convolutions of block definitions add their bias in a step of its own.
  const others = node.layer === 'conv2d' && node.vocabulary === 'blocks' ? node.weights.length : alsoAlive[node.layer] ?? 0;
  return others * bytesOf(node);
}

/** WebGL unfolds the input of a convolution into a matrix with a row for each place of the kernel. */
export function unfoldedBytes(node: GraphNode, graph: BlockGraph): number {
  const kernel = node.weights[0]?.shape ?? [];
  if ((node.layer !== 'conv2d' && node.layer !== 'conv1d') || !isRanked(kernel)) return 0;
  const places = asNumber(productOfDims(kernel.slice(0, -2)));
  if (places <= 1) return 0;
  const outputs = bytesOf(node) / (asNumber(kernel.at(-1)) || 1);
  return Math.min(places * (asNumber(kernel.at(-2)) || 1) * outputs, places * bytesOf(graph.nodes[node.inputs[0]!]!));
}

const asNumber = (dim: unknown): number => (typeof dim === 'number' && Number.isFinite(dim) ? dim : 0);
