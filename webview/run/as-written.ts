// A block as it is written: each layer by itself, with the masks that it has in a model.
import type * as tf from './tensorflow.ts';
import type { GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { tensorsInto } from '../../src/blocks/graph/tensors.ts';
import type { BuiltBlock } from './built-block.ts';
import { masksOf, type MasksOfNode } from './masks.ts';
import type { Step } from './step.ts';

type Layers = Pick<BuiltBlock, 'graph' | 'layerOf'>;

/** `trains` says which layers behave as in training. */
export function asWritten(block: Layers, trains: (node: GraphNode) => boolean = () => false): Step[] {
  const masks = masksOf(block);
  return masks.order.map(node => stepOf(node, block, masks.of(node), trains(node)));
}

/** A node by itself. Without `masks` its layer is called as outside of a model, and makes none. */
export function stepOf(node: GraphNode, block: Layers, { given, madeOf }: MasksOfNode = {}, training = false): Step {
  const layer = block.layerOf(node);
  const own = tensorsInto(node);
  const masks = [given, ...madeOf ?? []];
  return {
    node, covers: [node.id], inputs: [...own, ...masks.filter(mask => mask !== undefined)], makesMask: madeOf !== undefined,
    compute(tensors) {
      const inputs = tensors.slice(0, own.length);
      let next = own.length;
      const [mask, ...into] = masks.map(one => (one ? tensors[next++]! : undefined));
      const outputs = layer.apply(inputs.length === 1 ? inputs[0]! : inputs, mask ? { training, mask } : { training }) as tf.Tensor | tf.Tensor[];
      // The types of TensorFlow.js do not say that there may be inputs without a mask.
      return madeOf ? [outputs, layer.computeMask!(inputs, into as tf.Tensor[])].flat() : outputs;
    },
  };
}
