// The layers of a block with their weights, and the tensors that go in: what every way to run it shares.
import * as tf from './tensorflow.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { freeDropoutMasks } from './dropout-masks.ts';
import { makeBlockLayer, type RunnableLayer } from './make-block-layer.ts';
import { makeInput } from './make-input.ts';
import { makeLayer } from './make-layer.ts';

export class BuiltBlock {
  /** What was put in the place of attributes that do not matter. */
  readonly replaced = new Set<string>();
  readonly inputs = new Map<number, tf.Tensor>();
  private readonly layers = new Map<number, RunnableLayer>();

  /** `graph` has no free dims. */
  constructor(readonly graph: BlockGraph, private readonly lineOf: (node: number) => number | undefined) {}

  /** Makes the inputs and every layer with its weights on the backend that is running. Call `dispose` also where it fails. */
  async build(breathe: (done: number, layer: string) => Promise<void>): Promise<void> {
    const { graph, inputs, layers } = this;
    for (const node of graph.nodes) {
      await breathe(node.id, node.layer);
      if (node.inputs.length === 0) inputs.set(node.id, makeInput(graph, node, this.nameOf(node)));
      else if (!layers.has(node.weightsKey)) layers.set(node.weightsKey, this.makeLayer(node, layers.size));
    }
  }

  private makeLayer(node: GraphNode, seed: number): RunnableLayer {
    if (node.vocabulary === 'blocks') return makeBlockLayer(node, this.nameOf(node), seed);
    const { layer, replaced } = makeLayer(this.graph, node, this.nameOf(node), seed);
    for (const sentence of replaced) this.replaced.add(sentence);
    return layer;
  }

  layerOf(node: GraphNode): RunnableLayer {
    return this.layers.get(node.weightsKey)!;
  }

  /** All inputs and weights; they stay the block's. */
  tensors(): readonly tf.Tensor[] {
    return [...this.inputs.values(), ...new Set(this.graph.nodes.flatMap(node => this.weightsOf(node)))];
  }

  /** Those of the layer, as tensors that stay the block's. */
  weightsOf(node: GraphNode): readonly tf.Tensor[] {
    return (this.layers.get(node.weightsKey)?.weights ?? []).map(weight => (weight instanceof tf.Tensor ? weight : (weight as unknown as { read(): tf.Tensor }).read()));
  }

  /** The number of values in the weights that were really made, by the key of the layer. */
  measuredParams(): ReadonlyMap<number, number> {
    return new Map([...this.layers].map(([key, layer]) => [key, layer.weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0)]));
  }

  get inputShapes(): readonly (readonly number[])[] {
    return this.graph.inputs.map(id => this.inputs.get(id)?.shape ?? []);
  }

  /** What a message calls a node. */
  nameOf(node: GraphNode): string {
    const line = this.lineOf(node.id);
    return `${node.layer}${node.name ? ` “${node.name}”` : ''}${line === undefined ? '' : ` (line ${line})`}`;
  }

  dispose(): void {
    // `layer.dispose` refuses for a layer that was built and never applied to symbolic tensors, so its weights are freed.
    for (const layer of this.layers.values()) {
      freeDropoutMasks(layer);
      for (const weight of layer.weights) weight.dispose();
    }
    tf.dispose([...this.inputs.values()]);
    this.layers.clear();
    this.inputs.clear();
  }
}

const sizeOf = (shape: readonly (number | null)[]): number => shape.reduce<number>((size, dim) => size * (dim ?? 0), 1);
