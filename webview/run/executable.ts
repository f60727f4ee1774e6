// A block graph as something that runs: real layers of TensorFlow.js with their own initial weights, applied to tensors
// in the order of the graph, each tensor freed after its last use.
import * as tf from '@tensorflow/tfjs';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { tensorsInto, tensorsOut } from '../../src/blocks/graph/tensors.ts';
import { switchBackend } from './backends.ts';
import { CannotRun, messageOf } from './cannot-run.ts';
import { makeInput } from './make-input.ts';
import { makeBlockLayer, type RunnableLayer } from './make-block-layer.ts';
import { makeLayer } from './make-layer.ts';
import { waitForTexture } from './webgl.ts';

/** What one application gives: almost always a single tensor. */
type Outputs = readonly [tf.Tensor, ...tf.Tensor[]];

export class Executable {
  /** What was put in the place of attributes that do not matter. */
  readonly replaced = new Set<string>();
  private readonly layers = new Map<number, RunnableLayer>();
  private readonly inputs = new Map<number, tf.Tensor>();
  /** Nodes whose layer has no kernel on the main backend. */
  private readonly elsewhere = new Map<number, string>();
  /** Ids of the nodes whose tensor has its last use at each node. */
  private readonly frees: readonly (readonly number[])[];
  private readonly kept: ReadonlySet<number>;

  /** `graph` has no free dims; `backend` is running. */
  constructor(readonly graph: BlockGraph, private readonly backend: BackendName, private readonly lineOf: (node: number) => number | undefined) {
    const lastUse = new Map<number, number>();
    for (const node of graph.nodes) for (const input of node.inputs) lastUse.set(input, node.id);
    this.kept = new Set(graph.nodes.map(node => node.id).filter(id => graph.outputs.includes(id) || !lastUse.has(id)));
    this.frees = graph.nodes.map(node => [...new Set(node.inputs)].filter(id => lastUse.get(id) === node.id && !this.kept.has(id)));
  }

  /** Makes the inputs and every layer with its weights. Call `dispose` also where it fails. */
  async build(breathe: (done: number, layer: string) => Promise<void>): Promise<void> {
    for (const node of this.graph.nodes) {
      await breathe(node.id, node.layer);
      if (node.inputs.length === 0) {
        this.inputs.set(node.id, makeInput(this.graph, node, this.nameOf(node)));
      } else if (!this.layers.has(node.weightsKey)) {
        this.layers.set(node.weightsKey, this.makeLayer(node));
      }
    }
  }

  private makeLayer(node: GraphNode): RunnableLayer {
    if (node.vocabulary === 'blocks') return makeBlockLayer(node, this.nameOf(node));
    const { layer, replaced } = makeLayer(this.graph, node, this.nameOf(node));
    for (const sentence of replaced) this.replaced.add(sentence);
    return layer;
  }

  /** The names of the layers that run on the CPU because the main backend has no kernel for them, each with that kernel. */
  get layersElsewhere(): ReadonlyMap<number, string> {
    return this.elsewhere;
  }

  /** Runs the block the given number of times and returns when the last one is done. */
  run(times: number): void {
    for (let i = 0; i < times; i++) {
      const { kept, last } = this.runOnce();
      if (i === times - 1 && last) this.wait(last);
      tf.dispose([...kept.values()].flat());
    }
  }

  /** The outputs of the block, in their order; whoever asks disposes them. */
  outputs(): tf.Tensor[] {
    const { kept } = this.runOnce();
    const outputs = tensorsOut(this.graph).map(({ node, port }) => (this.inputs.get(node) ?? kept.get(node)![port]!).clone());
    tf.dispose([...kept.values()].flat());
    return outputs;
  }

  /**
   * Visits each layer once, in order, with the tensors that really go into it. `visit` gets a function that runs this
   * layer alone and gives its tensors; what it answers with goes on to the next layers.
   */
  async walk(visit: (node: GraphNode, apply: () => Outputs) => Promise<Outputs>): Promise<void> {
    const values = this.startingValues();
    try {
      for (const node of this.graph.nodes) {
        if (node.inputs.length === 0) continue;
        values.set(node.id, await visit(node, () => this.apply(node, values)));
        this.free(node, values);
      }
    } finally {
      for (const [id, tensors] of values) if (!this.inputs.has(id)) tf.dispose([...tensors]);
    }
  }

  /** Returns when the device has computed the tensor. */
  wait(tensor: tf.Tensor): void {
    if (this.backend === 'webgl') waitForTexture(tensor);
  }

  /** The number of values in the weights that were really made, by the key of the layer. */
  measuredParams(): ReadonlyMap<number, number> {
    return new Map([...this.layers].map(([key, layer]) => [key, layer.weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0)]));
  }

  get inputShapes(): readonly (readonly number[])[] {
    return this.graph.inputs.map(id => this.inputs.get(id)?.shape ?? []);
  }

  dispose(): void {
    // `layer.dispose` refuses for a layer that was built and never applied to symbolic tensors, so its weights are freed.
    for (const layer of this.layers.values()) for (const weight of layer.weights) weight.dispose();
    tf.dispose([...this.inputs.values()]);
    this.layers.clear();
    this.inputs.clear();
  }

  private runOnce(): { kept: Map<number, Outputs>; last: tf.Tensor | undefined } {
    const values = this.startingValues();
    let last: tf.Tensor | undefined;
    try {
      for (const node of this.graph.nodes) {
        if (node.inputs.length === 0) continue;
        const outputs = this.apply(node, values);
        [last] = outputs;
        values.set(node.id, outputs);
        this.free(node, values);
      }
    } catch (error) {
      for (const [id, tensors] of values) if (!this.inputs.has(id)) tf.dispose([...tensors]);
      throw error;
    }
    for (const id of this.inputs.keys()) values.delete(id);
    return { kept: values, last };
  }

  private startingValues(): Map<number, Outputs> {
    return new Map([...this.inputs].map(([id, tensor]) => [id, [tensor]]));
  }

  private free(node: GraphNode, values: Map<number, Outputs>): void {
    for (const id of this.frees[node.id]!) {
      if (this.inputs.has(id)) continue;
      tf.dispose([...values.get(id) ?? []]);
      values.delete(id);
    }
  }

  private apply(node: GraphNode, values: ReadonlyMap<number, Outputs>): Outputs {
    const layer = this.layers.get(node.weightsKey)!;
    const inputs = tensorsInto(node).map(({ node: id, port }) => values.get(id)![port]!);
    const compute = (): Outputs =>
      tf.tidy(() => {
        const output = layer.apply(inputs.length === 1 ? inputs[0]! : inputs, { training: false });
        return (Array.isArray(output) ? output : [output]) as unknown as [tf.Tensor, ...tf.Tensor[]];
      });
    if (this.elsewhere.has(node.id)) return this.onCpu(compute);
    try {
      return compute();
    } catch (error) {
      const kernel = /Kernel '(\w+)' not registered for backend/.exec(messageOf(error))?.[1];
      if (kernel === undefined || this.backend === 'cpu') {
        throw new CannotRun(`TensorFlow.js cannot run ${this.nameOf(node)}: ${messageOf(error)}`, node.id);
      }
      this.elsewhere.set(node.id, kernel);
      return this.onCpu(compute);
    }
  }

  /** TensorFlow.js moves tensors between backends by itself, which is part of what such a layer costs. */
  private onCpu(compute: () => Outputs): Outputs {
    switchBackend('cpu');
    try {
      return compute();
    } finally {
      switchBackend(this.backend);
    }
  }

  private nameOf(node: GraphNode): string {
    const line = this.lineOf(node.id);
    return `${node.layer}${node.name ? ` “${node.name}”` : ''}${line === undefined ? '' : ` (line ${line})`}`;
  }
}

const sizeOf = (shape: readonly (number | null)[]): number => shape.reduce<number>((size, dim) => size * (dim ?? 0), 1);
