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

/** The tensors that are there, by the id of their node. */
type Values = Map<number, Outputs>;

interface Ran {
  /** What comes out of the block, and out of layers that nobody asks. */
  readonly kept: Values;
  readonly last: tf.Tensor | undefined;
}

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
      const ran = this.runOnce();
      // To await what is there already would take longer than a small layer.
      const { kept, last } = ran instanceof Promise ? await ran : ran;
      if (i === times - 1 && last) await this.wait(last);
      dispose(kept);
    }
  }

  /** The outputs of the block, in their order; whoever asks disposes them. */
  async outputs(): Promise<tf.Tensor[]> {
    const { kept } = await this.runOnce();
    const outputs = tensorsOut(this.block.graph).map(({ node, port }) => (this.block.inputs.get(node) ?? kept.get(node)![port]!).clone());
    dispose(kept);
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
        this.keep(i, await visit(step, () => this.apply(step, values)), values);
      }
    } finally {
      this.abandon(values);
    }
  }

  /** Returns, or resolves, when the device has computed the tensor. */
  wait(tensor: tf.Tensor): void | Promise<void> {
    return waitFor(tensor, this.backend);
  }

  private runOnce(): Ran | Promise<Ran> {
    return this.runFrom(0, this.startingValues(), undefined);
  }

  /** The steps from one on, with what those before it gave. */
  private runFrom(first: number, values: Values, before: tf.Tensor | undefined): Ran | Promise<Ran> {
    let last = before;
    try {
      for (let i = first; i < this.steps.length; i++) {
        const given = this.apply(this.steps[i]!, values);
        if (given instanceof Promise) return this.runBehind(i, given, values);
        last = this.keep(i, given, values);
      }
    } catch (error) {
      this.abandon(values);
      throw error;
    }
    for (const id of this.block.inputs.keys()) values.delete(id);
    return { kept: values, last };
  }

  private async runBehind(step: number, given: Promise<Outputs>, values: Values): Promise<Ran> {
    let last: tf.Tensor;
    try {
      last = this.keep(step, await given, values);
    } catch (error) {
      this.abandon(values);
      throw error;
    }
    return this.runFrom(step + 1, values, last);
  }

  private startingValues(): Values {
    const values: Values = new Map();
    for (const [id, tensor] of this.block.inputs) values.set(id, [tensor]);
    return values;
  }

  /** What a step gave; what nobody needs any more behind it is freed. */
  private keep(step: number, outputs: Outputs, values: Values): tf.Tensor {
    values.set(this.steps[step]!.node.id, outputs);
    for (const { node, port } of this.frees[step]!) values.get(node)![port]!.dispose();
    return outputs[0];
  }

  private abandon(values: Values): void {
    for (const id of this.block.inputs.keys()) values.delete(id);
    dispose(values);
  }

  private apply(step: Step, values: Values): Outputs | Promise<Outputs> {
    const { node } = step;
    const inputs = step.inputs.map(({ node: id, port }) => values.get(id)![port]!);
    if (this.elsewhere.has(node.id)) return this.applyElsewhere(step, inputs);
    try {
      return compute(step, inputs);
    } catch (error) {
      const kernel = /Kernel '(\w+)' not registered for backend/.exec(messageOf(error))?.[1];
      const obstacle = error instanceof SynchronousRead ? 'cannot give back values in the middle of a layer' : kernel === undefined ? undefined : `has no ${kernel} kernel`;
      if (obstacle === undefined || this.backend === 'cpu') {
        throw new CannotRun(`TensorFlow.js cannot run ${this.block.nameOf(node)}: ${messageOf(error)}`, node.id);
      }
      this.elsewhere.set(node.id, obstacle);
      return this.applyElsewhere(step, inputs);
    }
  }

  /** TensorFlow.js moves tensors between backends by itself, which is part of what such a layer costs. */
  private applyElsewhere(step: Step, inputs: readonly tf.Tensor[]): Outputs | Promise<Outputs> {
    const onCpu = (): Outputs => {
      switchBackend('cpu');
      try {
        return compute(step, inputs);
      } finally {
        switchBackend(this.backend);
      }
    };
    return this.backend === 'webgpu' ? this.download(step, inputs).then(onCpu) : onCpu();
  }

  /** WebGPU gives values back only when they are waited for; what was read once is there from then on. */
  private async download({ covers }: Step, inputs: readonly tf.Tensor[]): Promise<void> {
    await valuesOf([...inputs, ...covers.flatMap(id => this.block.weightsOf(this.block.graph.nodes[id]!))]);
  }
}

const compute = (step: Step, inputs: readonly tf.Tensor[]): Outputs => tf.tidy(() => {
  const output = step.compute(inputs);
  return (Array.isArray(output) ? output : [output]) as unknown as [tf.Tensor, ...tf.Tensor[]];
});

function dispose(values: Values): void {
  for (const tensors of values.values()) for (const tensor of tensors) tensor.dispose();
}

const keyOf = ({ node, port }: TensorOfNode): string => `${node}:${port}`;
