// A block as it is written: each layer by itself, in the order of the graph.
import type * as tf from './tensorflow.ts';
import type { GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { tensorsInto } from '../../src/blocks/graph/tensors.ts';
import type { BuiltBlock } from './built-block.ts';
import type { Step } from './step.ts';

export const asWritten = (block: BuiltBlock): Step[] =>
  block.graph.nodes.filter(({ inputs }) => inputs.length > 0).map(node => stepOf(node, block));

/** A node by itself. */
export function stepOf(node: GraphNode, block: BuiltBlock): Step {
  const layer = block.layerOf(node);
  return {
    node, covers: [node.id], inputs: tensorsInto(node),
    compute: inputs => layer.apply(inputs.length === 1 ? inputs[0]! : [...inputs], { training: false }) as tf.Tensor | tf.Tensor[],
  };
}
