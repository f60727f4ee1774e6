// A block as people who use tf.layers run it: `predict` of a model that is made of the same layers.
import * as tf from '@tensorflow/tfjs';
import { tensorsInto, tensorsOut } from '../../src/blocks/graph/tensors.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import type { BuiltBlock } from './built-block.ts';
import { messageOf } from './cannot-run.ts';
import { waitForTexture } from './webgl.ts';

export class Predicted {
  private constructor(private readonly model: tf.LayersModel, private readonly inputs: tf.Tensor | tf.Tensor[], private readonly backend: BackendName) {}

  /** `block` is built; its layers are the model's. A text says why there is no such model. */
  static of(block: BuiltBlock, backend: BackendName): Predicted | string {
    const { graph } = block;
    const own = graph.nodes.find(({ vocabulary, inputs }) => vocabulary === 'blocks' && inputs.length > 0);
    if (own) return `tf.layers has no ${block.nameOf(own)} as it is used here`;
    if (graph.outputs.some(id => graph.inputs.includes(id))) return 'what goes in comes out unchanged';
    try {
      const tensors = new Map<number, tf.SymbolicTensor[]>(graph.inputs.map(id => [id, [tf.input({ batchShape: block.inputs.get(id)!.shape, dtype: block.inputs.get(id)!.dtype })]]));
      const given = graph.inputs.map(id => tensors.get(id)![0]!);
      for (const node of graph.nodes) {
        if (node.inputs.length === 0) continue;
        const into = tensorsInto(node).map(({ node: id, port }) => tensors.get(id)![port]!);
        const layer = block.layerOf(node) as tf.layers.Layer;
        tensors.set(node.id, [layer.apply(into.length === 1 ? into[0]! : into) as tf.SymbolicTensor | tf.SymbolicTensor[]].flat());
      }
      const model = tf.model({ inputs: given, outputs: tensorsOut(graph).map(({ node, port }) => tensors.get(node)![port]!) });
      const inputs = graph.inputs.map(id => block.inputs.get(id)!);
      return new Predicted(model, inputs.length === 1 ? inputs[0]! : inputs, backend);
    } catch (error) {
      return messageOf(error);
    }
  }

  /** Runs the model the given number of times and returns when the last one is done. */
  run(times: number): void {
    for (let i = 0; i < times; i++) {
      const outputs = this.outputs();
      if (i === times - 1 && this.backend === 'webgl') waitForTexture(outputs[0]!);
      tf.dispose(outputs);
    }
  }

  /** The outputs of the block, in their order; whoever asks disposes them. */
  outputs(): tf.Tensor[] {
    return [this.model.predict(this.inputs)].flat();
  }
}
