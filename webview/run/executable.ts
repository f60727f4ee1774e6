// Steps as something that runs: each tensor is freed after its last use, and what the backend has no kernel for runs on the CPU.
import * as tf from './tensorflow.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { tensorsOut } from '../../src/blocks/graph/tensors.ts';
import { switchBackend } from './backends.ts';
import type { BuiltBlock } from './built-block.ts';
import { CannotRun, messageOf } from './cannot-run.ts';
import type { Step } from './step.ts';
import { waitForTexture } from './webgl.ts';

/** What one application gives: almost always a single tensor. */
type Outputs = readonly [tf.Tensor, ...tf.Tensor[]];

export class Executable {
  /** Nodes whose layer has no kernel on the main backend, each with that kernel. */
  private readonly elsewhere = new Map<number, string>();
  /** For each step the ids of the nodes whose tensors have their last use there. */
  private readonly frees: readonly (readonly number[])[];

  /** `backend` is running. */
  constructor(private readonly block: BuiltBlock, private readonly steps: readonly Step[], private readonly backend: BackendName) {
    const lastUse = new Map<number, number>();
    steps.forEach((step, i) => { for (const { node } of step.inputs) lastUse.set(node, i); });
    const { outputs } = block.graph;
    this.frees = steps.map((step, i) => [...new Set(step.inputs.map(({ node }) => node))].filter(node => lastUse.get(node) === i && !outputs.includes(node) && !block.inputs.has(node)));
  }

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
    const outputs = tensorsOut(this.block.graph).map(({ node, port }) => (this.block.inputs.get(node) ?? kept.get(node)![port]!).clone());
    tf.dispose([...kept.values()].flat());
    return outputs;
  }

  /**
   * Visits each step once, in order, with the tensors that really go into it. `visit` gets a function that runs this
   * step alone and gives its tensors; what it answers with goes on to the next steps.
   */
  async walk(visit: (step: Step, apply: () => Outputs) => Promise<Outputs>): Promise<void> {
    const values = this.startingValues();
    try {
      for (const [i, step] of this.steps.entries()) {
        values.set(step.node.id, await visit(step, () => this.apply(step, values)));
        this.free(i, values);
      }
    } finally {
      for (const [id, tensors] of values) if (!this.block.inputs.has(id)) tf.dispose([...tensors]);
    }
  }

  /** Returns when the device has computed the tensor. */
  wait(tensor: tf.Tensor): void {
    if (this.backend === 'webgl') waitForTexture(tensor);
  }

  private runOnce(): { kept: Map<number, Outputs>; last: tf.Tensor | undefined } {
    const values = this.startingValues();
    let last: tf.Tensor | undefined;
    try {
      for (const [i, step] of this.steps.entries()) {
        const outputs = this.apply(step, values);
        [last] = outputs;
        values.set(step.node.id, outputs);
        this.free(i, values);
      }
    } catch (error) {
      for (const [id, tensors] of values) if (!this.block.inputs.has(id)) tf.dispose([...tensors]);
      throw error;
    }
    for (const id of this.block.inputs.keys()) values.delete(id);
    return { kept: values, last };
  }

  private startingValues(): Map<number, Outputs> {
    return new Map([...this.block.inputs].map(([id, tensor]) => [id, [tensor]]));
  }

  private free(step: number, values: Map<number, Outputs>): void {
    for (const id of this.frees[step]!) {
      tf.dispose([...values.get(id) ?? []]);
      values.delete(id);
    }
  }

  private apply(step: Step, values: ReadonlyMap<number, Outputs>): Outputs {
    const { node } = step;
    const inputs = step.inputs.map(({ node: id, port }) => values.get(id)![port]!);
    const compute = (): Outputs => tf.tidy(() => {
      const output = step.compute(inputs);
      return (Array.isArray(output) ? output : [output]) as unknown as [tf.Tensor, ...tf.Tensor[]];
    });
    if (this.elsewhere.has(node.id)) return this.onCpu(compute);
    try {
      return compute();
    } catch (error) {
      const kernel = /Kernel '(\w+)' not registered for backend/.exec(messageOf(error))?.[1];
      if (kernel === undefined || this.backend === 'cpu') {
        throw new CannotRun(`TensorFlow.js cannot run ${this.block.nameOf(node)}: ${messageOf(error)}`, node.id);
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
}
