// One training step of a block: a loss over what comes out, and its gradient for every weight that is trained.
import * as tf from './tensorflow.ts';
import type { GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { tensorsOut } from '../../src/blocks/graph/tensors.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { asWritten } from './as-written.ts';
import type { BuiltBlock } from './built-block.ts';
import { freeDropoutMasks } from './dropout-masks.ts';
import { BlockLayer } from './make-block-layer.ts';
import { numbersOf } from './make-input.ts';
import { seededInput, seedOf } from './seeded-values.ts';
import type { Step } from './step.ts';
import { waitFor } from './wait.ts';

/** What a step needs of a block. */
export type TrainableBlock = Pick<BuiltBlock, 'graph' | 'inputs' | 'layerOf'>;

/** A weight that is trained. */
export interface TrainedWeight {
  readonly node: GraphNode;
  readonly name: string;
  readonly tensor: tf.Tensor;
}

export interface Gradients {
  readonly loss: tf.Tensor;
  /** In the order of the weights; undefined where the loss does not depend on one. */
  readonly gradients: readonly (tf.Tensor | undefined)[];
}

/** What a layer keeps of its training, as the moving mean of batch normalization, with its value before. */
interface Kept {
  readonly variable: { write(value: tf.Tensor): unknown };
  readonly before: tf.Tensor;
}

/** Targets are other numbers than inputs. */
const targetSeed = 1000;

export class TrainingStep {
  readonly weights: readonly TrainedWeight[];
  private readonly steps: readonly Step[];
  private readonly targets: readonly tf.Tensor[];
  private readonly kept: readonly Kept[];

  /**
   * `block` is built on the backend that is running. `trains` says which layers behave as in training; the others are applied as in use.
   * Call `dispose` before that of the block.
   */
  constructor(private readonly block: TrainableBlock, private readonly backend: BackendName, trains: (node: GraphNode) => boolean = () => true) {
    this.steps = asWritten(block, trains);
    const owners = [...new Map(block.graph.nodes.filter(({ inputs }) => inputs.length > 0).map(node => [node.weightsKey, node])).values()];
    this.weights = owners.flatMap(node => trainedWeights(node, block));
    this.kept = owners.flatMap(node => keptBy(node, block));
    this.targets = tensorsOut(block.graph).map(({ node, port }, i) => seededInput(numbersOf(block.graph.nodes[node]!, 'the output', port), seedOf(targetSeed, i)));
  }

  /** Takes the given number of steps, none of which changes a weight, and resolves when the first and the last gradient are there. */
  async run(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      const { loss, gradients } = this.step();
      if (i === times - 1) {
        const made = gradients.filter(gradient => gradient !== undefined);
        for (const gradient of [made[0], made.at(-1)]) if (gradient) await waitFor(gradient, this.backend);
      }
      tf.dispose([loss, ...gradients.filter(gradient => gradient !== undefined)]);
    }
    this.restore();
  }

  /** Whoever asks disposes them. */
  gradients(): Gradients {
    try {
      return this.step();
    } finally {
      this.restore();
    }
  }

  /** What it has beside the block's; they stay its own. */
  tensors(): readonly tf.Tensor[] {
    return [...this.targets, ...this.kept.map(({ before }) => before)];
  }

  dispose(): void {
    tf.dispose([...this.tensors()]);
  }

  private step(): Gradients {
    const engine = tf.engine();
    try {
      const { value, grads } = tf.tidy(() => engine.gradients(() => this.loss(), this.weights.map(({ tensor }) => tensor), undefined, true));
      return { loss: value, gradients: (grads as (tf.Tensor | undefined)[]) };
    } catch (error) {
      dropTape();
      this.restore();
      throw error;
    }
  }

  /** The mean of the squares between what comes out and the targets, summed over all tensors that come out. */
  private loss(): tf.Tensor {
    const values = new Map<number, readonly tf.Tensor[]>([...this.block.inputs].map(([id, tensor]) => [id, [tensor]]));
    for (const { node, inputs, compute } of this.steps) values.set(node.id, [compute(inputs.map(({ node: id, port }) => values.get(id)![port]!))].flat());
    return tf.addN(tensorsOut(this.block.graph).map(({ node, port }, i) => tf.mean(tf.squaredDifference(tf.cast(values.get(node)![port]!, 'float32'), this.targets[i]!))));
  }

  /** Every step begins with the same weights. */
  private restore(): void {
    for (const { variable, before } of this.kept) variable.write(before);
    for (const node of this.block.graph.nodes) if (node.inputs.length > 0) freeDropoutMasks(this.block.layerOf(node));
  }
}

function trainedWeights(node: GraphNode, block: TrainableBlock): TrainedWeight[] {
  const layer = block.layerOf(node);
  if (layer instanceof BlockLayer) return node.weights.filter(({ trainable }) => trainable).map(({ name }) => ({ node, name, tensor: layer.named.get(name)! }));
  return (layer as tf.layers.Layer).trainableWeights.map(weight => ({ node, name: weight.originalName, tensor: weight.read() }));
}

function keptBy(node: GraphNode, block: TrainableBlock): Kept[] {
  const layer = block.layerOf(node);
  return layer instanceof BlockLayer ? [] : (layer as tf.layers.Layer).nonTrainableWeights.map(variable => ({ variable, before: tf.clone(variable.read()) }));
}

/** After an error TensorFlow.js leaves its tape lying, with all that the forward pass had saved for the gradients. */
function dropTape(): void {
  const { state } = tf.engine();
  for (const { saved } of state.activeTape ?? []) tf.dispose(saved ?? []);
  state.activeTape = null as never;
}
