// A block as people who use tf.layers run it: `predict` of a model of its layers.
import * as tf from './tensorflow.ts';
import { toLayersModel } from '../../src/blocks/export/to-layers-model.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { attributesOfRun } from '../../src/blocks/graph/layer-config.ts';
import { tensorsInto, tensorsOut } from '../../src/blocks/graph/tensors.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import type { BuiltBlock } from './built-block.ts';
import { messageOf } from './cannot-run.ts';
import { runtime } from './runtime.ts';
import { withSeededWeights } from './seeded-values.ts';
import { waitFor } from './wait.ts';

export class Predicted {
  readonly inputs: tf.Tensor | tf.Tensor[];
  /** Why TensorFlow.js does not find a tensor while it runs the model; undefined where that has another reason. */
  private readonly freedTooEarly: string | undefined;

  /** `own` are layers that the model does not share with the block. */
  private constructor(block: BuiltBlock, readonly model: tf.LayersModel, private readonly own: ReadonlySet<tf.layers.Layer>, private readonly backend: BackendName) {
    const inputs = block.graph.inputs.map(id => block.inputs.get(id)!);
    this.inputs = inputs.length === 1 ? inputs[0]! : inputs;
    this.freedTooEarly = freedTooEarly(block);
  }

  /** `block` is built on the backend that is running. Throws where tf.layers has no such model. */
  static of(block: BuiltBlock, backend: BackendName): Predicted {
    const { graph } = block;
    if (graph.outputs.some(id => graph.inputs.includes(id))) throw new Error('what goes in comes out unchanged');
    if (!graph.nodes.some(({ vocabulary, inputs }) => vocabulary === 'blocks' && inputs.length > 0)) return new Predicted(block, modelOf(block), new Set(), backend);
    // Layers of block definitions are expressed as they are exported, with the weights of the block.
    const own = new Set<tf.layers.Layer>();
    try {
      const model = withSeededWeights(0, () => toLayersModel(runtime, asRun(graph), (layer, node) => {
        if (own.has(layer)) return;
        own.add(layer);
        takeWeights(layer, block.weightsOf(graph.nodes[node]!));
      }));
      return new Predicted(block, model, own, backend);
    } catch (error) {
      disposeWeights(own);
      throw error;
    }
  }

  /** Runs the model the given number of times and resolves when the last one is done. */
  async run(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      const outputs = this.predict();
      if (i === times - 1) await waitFor(outputs[0]!, this.backend);
      tf.dispose(outputs);
    }
  }

  /** The outputs of the block, in their order; whoever asks disposes them. */
  async outputs(): Promise<tf.Tensor[]> {
    return this.predict();
  }

  private predict(): tf.Tensor[] {
    try {
      return [this.model.predict(this.inputs)].flat();
    } catch (error) {
      throw this.freedTooEarly !== undefined && messageOf(error).includes("(reading 'backend')") ? new Error(this.freedTooEarly) : error;
    }
  }

  dispose(): void {
    disposeWeights(this.own);
  }
}

function disposeWeights(layers: Iterable<tf.layers.Layer>): void {
  for (const layer of layers) for (const weight of layer.weights) (weight as unknown as { dispose(): void }).dispose();
}

/**
 * TensorFlow.js counts the layers that still need a tensor, and subtracts each time that one takes it: where a layer takes it twice, the tensor is
 * freed while another still needs it.
 */
function freedTooEarly(block: BuiltBlock): string | undefined {
  const { graph } = block;
  for (const node of graph.nodes) {
    const into = tensorsInto(node);
    const twice = into.find(({ node: id, port }, i) => graph.nodes[id]!.inputs.length > 0 && into.slice(0, i).some(other => other.node === id && other.port === port));
    const another = twice && graph.nodes.find(other => other !== node && tensorsInto(other).some(({ node: id, port }) => id === twice.node && port === twice.port));
    if (another) return `TensorFlow.js frees a tensor too early, because ${block.nameOf(node)} takes it more than once and ${block.nameOf(another)} takes it, too`;
  }
  return undefined;
}

/** Of the very layers of the block. Shapes are copies, because some layers write theirs over that of what goes in. */
function modelOf(block: BuiltBlock): tf.LayersModel {
  const { graph } = block;
  const tensors = new Map<number, tf.SymbolicTensor[]>(graph.inputs.map(id => [id, [tf.input({ batchShape: [...block.inputs.get(id)!.shape], dtype: block.inputs.get(id)!.dtype })]]));
  const given = graph.inputs.map(id => tensors.get(id)![0]!);
  for (const node of graph.nodes) {
    if (node.inputs.length === 0) continue;
    const into = tensorsInto(node).map(({ node: id, port }) => tensors.get(id)![port]!);
    const layer = block.layerOf(node) as tf.layers.Layer;
    tensors.set(node.id, [layer.apply(into.length === 1 ? into[0]! : into) as tf.SymbolicTensor | tf.SymbolicTensor[]].flat());
  }
  return tf.model({ inputs: given, outputs: tensorsOut(graph).map(({ node, port }) => tensors.get(node)![port]!) });
}

/** Exports keep what matters in training, and states from one run for the next. */
const asRun = (graph: BlockGraph): BlockGraph => ({ ...graph, nodes: graph.nodes.map(node => ({ ...node, attributes: attributesOfRun(node.attributes) })) });

/** A depthwise kernel is the same values in another shape. */
function takeWeights(layer: tf.layers.Layer, weights: readonly tf.Tensor[]): void {
  tf.tidy(() => layer.setWeights(weights.map((weight, i) => tf.reshape(weight, layer.weights[i]!.shape as number[]))));
}
