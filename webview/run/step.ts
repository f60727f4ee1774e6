// What a run is made of: steps in order, each of which computes the tensors of a node of the graph.
import type * as tf from './tensorflow.ts';
import type { GraphNode } from '../../src/blocks/graph/block-graph.ts';
import type { TensorOfNode } from '../../src/blocks/graph/tensors.ts';

export interface Step {
  /** The node whose tensors it gives. */
  readonly node: GraphNode;
  /** The ids of all nodes whose work it does, that one included, in the order of the graph. */
  readonly covers: readonly number[];
  /** The tensors of the layer, and after them masks. */
  readonly inputs: readonly TensorOfNode[];
  /** Whether the last tensor that it gives is a mask. */
  readonly makesMask?: boolean;
  /** Called within `tf.tidy`. The tensors that go in stay alive. */
  compute(inputs: readonly tf.Tensor[]): tf.Tensor | readonly tf.Tensor[];
}

/** The shapes of what a step gave, without that of a mask, which is no tensor of the graph. */
export const shapesOf = ({ makesMask }: Step, outputs: readonly tf.Tensor[]): readonly (readonly number[])[] =>
  (makesMask ? outputs.slice(0, -1) : outputs).map(({ shape }) => shape);
