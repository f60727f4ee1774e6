// Steps as something that runs: each tensor is freed after its last use, and what the backend has no kernel for runs on the CPU.
import * as tf from './tensorflow.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { tensorsOut, type TensorOfNode } from '../../src/blocks/graph/tensors.ts';
import { switchBackend } from './backends.ts';
import type { BuiltBlock } from './built-block.ts';
import { CannotRun, messageOf } from './cannot-run.ts';
import { valuesOf } from './compare-numbers.ts';
import type { Step } from './step.ts';
import { waitFor } from './wait.ts';
import { SynchronousRead } from './webgpu.ts';

/** What one application gives: almost always a single tensor. A mask comes last. */
type Outputs = readonly [tf.Tensor, ...tf.Tensor[]];

export class Executable {
  /** Nodes whose layer the main backend cannot run, each with the reason: `has no Softmax kernel`. */
  private readonly elsewhere = new Map<number, string>();
  /** For each step the tensors that have their last use there. */
  private readonly frees: readonly (readonly TensorOfNode[])[];

  /** `backend` is running. */
  constructor(private readonly block: BuiltBlock, private readonly steps: readonly Step[], private readonly backend: BackendName) {
    const lastUse = new Map<string, number>();
    steps.forEach(({ inputs }, i) => { for (const tensor of inputs) lastUse.set(keyOf(tensor), i); });
    const kept = new Set(tensorsOut(block.graph).map(keyOf));
    this.frees = steps.map(({ inputs }, i) => inputs.filter(tensor => lastUse.get(keyOf(tensor)) === i && !kept.has(keyOf(tensor)) && !block.inputs.has(tensor.node)));
  }

  get layersElsewhere(): ReadonlyMap<number, string> {
    return this.elsewhere;
  }

  /** Runs the block the given number of times and resolves when the last one is done. */
  async run(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      const { kept, last } = await this.runOnce();
      if (i === times - 1 && last) await this.wait(last);
      tf.dispose([...kept.values()].flat());
    }
  }

  /** The outputs of the block, in their order; whoever asks disposes them. */
  async outputs(): Promise<tf.Tensor[]> {
    const { kept } = await this.runOnce();
    const outputs = tensorsOut(this.block.graph).map(({ node, port }) => (this.block.inputs.get(node) ?? kept.get(node)![port]!).clone());
    tf.dispose([...kept.values()].flat());
    return outputs;
  }

  /**
   * Visits each step once, in order, with the tensors that really go into it. `visit` gets a function that runs this
   * step alone and gives its tensors; what it answers with goes on to the next steps.
   */
  async walk(visit: (step: Step, apply: () => Outputs | Promise<Outputs>) => Promise<Outputs>): Promise<void> {
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

  /** Returns, or resolves, when the device has computed the tensor. */
  wait(tensor: tf.Tensor): void | Promise<void> {
    return waitFor(tensor, this.backend);
  }

  private async runOnce(): Promise<{ kept: Map<number, Outputs>; last: tf.Tensor | undefined }> {
    const values = this.startingValues();
    let last: tf.Tensor | undefined;
    try {
      for (const [i, step] of this.steps.entries()) {
        const given = this.apply(step, values);
        // To await what is there already would take longer than a small layer.
        const outputs = given instanceof Promise ? await given : given;
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

  private free(step: number, values: ReadonlyMap<number, Outputs>): void {
    for (const { node, port } of this.frees[step]!) values.get(node)![port]!.dispose();
  }

  private apply(step: Step, values: ReadonlyMap<number, Outputs>): Outputs | Promise<Outputs> {
    const { node } = step;
    const inputs = step.inputs.map(({ node: id, port }) => values.get(id)![port]!);
    const compute = (): Outputs => tf.tidy(() => {
      const output = step.compute(inputs);
      return (Array.isArray(output) ? output : [output]) as unknown as [tf.Tensor, ...tf.Tensor[]];
    });
    const elsewhere = (): Outputs | Promise<Outputs> => (this.backend === 'webgpu' ? this.download(step, inputs).then(() => this.onCpu(compute)) : this.onCpu(compute));
    if (this.elsewhere.has(node.id)) return elsewhere();
    try {
      return compute();
    } catch (error) {
      const kernel = /Kernel '(\w+)' not registered for backend/.exec(messageOf(error))?.[1];
      const obstacle = error instanceof SynchronousRead ? 'cannot give back values in the middle of a layer' : kernel === undefined ? undefined : `has no ${kernel} kernel`;
      if (obstacle === undefined || this.backend === 'cpu') {
        throw new CannotRun(`TensorFlow.js cannot run ${this.block.nameOf(node)}: ${messageOf(error)}`, node.id);
      }
      this.elsewhere.set(node.id, obstacle);
      return elsewhere();
    }
  }

  /** WebGPU gives values back only when they are waited for; what was read once is there from then on. */
  private async download({ covers }: Step, inputs: readonly tf.Tensor[]): Promise<void> {
    await valuesOf([...inputs, ...covers.flatMap(id => this.block.weightsOf(this.block.graph.nodes[id]!))]);
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

const keyOf = ({ node, port }: TensorOfNode): string => `${node}:${port}`;
