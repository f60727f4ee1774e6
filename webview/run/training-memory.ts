// What a training step takes of memory besides the weights. TensorFlow.js keeps what each of its operations gives for the way back, and each gradient
// until the last one is there.
import { bytesOf } from '../../src/blocks/graph/peak-memory.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { totalsOf } from '../../src/blocks/graph/totals.ts';
import { isRanked } from '../../src/blocks/shapes/shape.ts';
import { recurrent } from './work-space.ts';

/**
 * How many tensors of the size of what comes out a layer keeps, with their gradients: measured in plain JavaScript, layer by layer. A layer that is one
 * operation keeps three.
 */
const kept: Readonly<Record<string, number>> = {
  batchNormalization: 16, layerNormalization: 28, dense: 10, separableConv2d: 6, depthwiseConv2d: 4, conv2d: 4, conv1d: 4, conv3d: 4, conv2dTranspose: 5, conv3dTranspose: 5,
  dropout: 5, spatialDropout1d: 5, leakyReLU: 5,
};
const oneOperation = 3;

/** Of activations, whichever layer has them. */
const keptByActivation: Readonly<Record<string, number>> = {
  linear: 0, relu: 3, relu6: 4, elu: 3, selu: 3, sigmoid: 3, tanh: 3, softplus: 3, softsign: 7, softmax: 3, swish: 8, silu: 8, mish: 8, hardSigmoid: 7, hardSwish: 10, gelu: 16, gelu_new: 20,
};
const someActivation = 8;

/** The loss over what comes out: a mean of squares, with the target. */
const keptByLoss = 9;

/** In bytes; what is not known counts nothing. */
export function trainingBytes(graph: BlockGraph): number {
  const { trainableParams } = totalsOf(graph.nodes);
  const gradients = typeof trainableParams === 'number' ? trainableParams * 4 : 0;
  const inputs = graph.inputs.reduce((sum, id) => sum + bytesOf(graph.nodes[id]!), 0);
  const outputs = graph.outputs.reduce((sum, id) => sum + keptByLoss * bytesOf(graph.nodes[id]!), 0);
  return gradients + inputs + outputs + graph.nodes.reduce((sum, node) => sum + keptBy(node, graph), 0);
}

function keptBy(node: GraphNode, graph: BlockGraph): number {
  if (node.inputs.length === 0) return 0;
  if (recurrent.has(node.layer)) return keptByRecurrent(node, graph);
  const { activation } = node.attributes;
  const byActivation = typeof activation === 'string' ? keptByActivation[activation] ?? someActivation : 0;
  const itself = node.layer === 'activation' ? 0 : node.layer === 'reLU' && typeof node.attributes['maxValue'] === 'number' ? 6 : kept[node.layer] ?? oneOperation;
  return (itself + byActivation) * bytesOf(node);
}

/** Each step has gradients of all weights, which are added up. */
function keptByRecurrent(node: GraphNode, graph: BlockGraph): number {
  const { output } = graph.nodes[node.inputs[0]!]!;
  const steps = isRanked(output) && typeof output[1] === 'number' ? output[1] : 0;
  const weights = typeof node.params === 'number' ? node.params * 4 : 0;
  return 2 * steps * weights + 60 * bytesOf(node);
}
