// A contender as a block that is built, was run once, and computes what it should.
import * as tf from '../../run/tensorflow.ts';
import type { Contender } from '../../../src/blocks/claims/claim.ts';
import { figuresOf } from '../../../src/blocks/claims/figures.ts';
import { asWritten } from '../../run/as-written.ts';
import { BuiltBlock } from '../../run/built-block.ts';
import { CannotRun } from '../../run/cannot-run.ts';
import { checkLayers } from '../../run/check-layers.ts';
import { numbersTolerance } from '../../run/check-numbers.ts';
import { compareParams, compareShapes } from '../../run/compare.ts';
import { estimate } from '../../run/estimate.ts';
import { Executable } from '../../run/executable.ts';
import { shapesOf } from '../../run/step.ts';
import { refuseVoidAfter } from '../../run/whether-void.ts';
import type { Bench } from './measured.ts';

export class ContenderBlock {
  private constructor(readonly contender: Contender, private readonly block: BuiltBlock, readonly executable: Executable, readonly notes: readonly string[]) {}

  /** Throws where it cannot be run, or where what it computes is not what was inferred: its figures would mean nothing. Leaves nothing behind then. */
  static async of(contender: Contender, { backend, clock }: Bench): Promise<ContenderBlock> {
    const { graph } = figuresOf(contender);
    const size = estimate(graph, { backend: backend.name, software: backend.software, ...(backend.maxTextureSize ? { maxTextureSize: backend.maxTextureSize } : {}) });
    if (size.verdict === 'refuse') throw new CannotRun(`${contender.name} is too large for this backend. ${size.sentence}`);
    const block = new BuiltBlock(graph, () => undefined);
    try {
      await block.build(() => clock.breatheNowAndThen());
      const executable = new Executable(block, asWritten(block), backend.name);
      const shapes = new Map<number, readonly (readonly number[])[]>();
      await executable.walk(async (step, apply) => {
        await clock.breatheNowAndThen();
        const outputs = await apply();
        await executable.wait(outputs[0]);
        shapes.set(step.node.id, shapesOf(step, outputs));
        return outputs;
      });
      refuseVoidAfter(backend);
      const [mismatch] = [...compareShapes(graph, shapes), ...compareParams(graph, block.measuredParams())];
      if (mismatch) throw new CannotRun(`${contender.name}: TensorFlow.js disagrees with Blockscope, inferred ${mismatch.inferred}, measured ${mismatch.measured}. This is an error of Blockscope’s; please report it.`);
      const checked = await checkLayers(graph, backend.name, numbersTolerance(backend), clock);
      if (typeof checked !== 'string' && checked.some(({ agrees }) => !agrees)) {
        throw new CannotRun(`${contender.name} gives other numbers on ${backend.name} than in plain JavaScript, so that its time would mean nothing.`);
      }
      const elsewhere = [...new Set(executable.layersElsewhere.values())].map(kernel => `${contender.name}: ${backend.name} has no ${kernel}, which ran on the CPU.`);
      return new ContenderBlock(contender, block, executable, [...elsewhere, ...(typeof checked === 'string' ? [`The numbers of ${contender.name} were not checked: ${checked}.`] : [])]);
    } catch (error) {
      block.dispose();
      throw error;
    }
  }

  /** The most bytes that were alive at once during a run, without weights: TensorFlow.js counts the bytes of its tensors, also of those within a layer. */
  async peakBytes(): Promise<number> {
    const { inputShapes } = this.block;
    const inputs = inputShapes.reduce((sum, shape) => sum + 4 * shape.reduce((a, b) => a * b, 1), 0);
    const before = tf.memory().numBytes;
    return await mostBytes(() => this.executable.run(1)) - before + inputs;
  }

  dispose(): void {
    this.block.dispose();
  }
}

/**
 * The largest number of bytes that the engine's tensors had while something ran. `tf.profile` would tell it too, but waits for timers of the GPU, which on some
 * machines never answer.
 */
async function mostBytes(run: () => Promise<void>): Promise<number> {
  const state = tf.engine().state as unknown as { numBytes: number };
  let [current, most] = [state.numBytes, state.numBytes];
  Object.defineProperty(state, 'numBytes', {
    configurable: true, enumerable: true,
    get: () => current,
    set: (bytes: number) => { most = Math.max(most, current = bytes); },
  });
  try {
    await run();
  } finally {
    Object.defineProperty(state, 'numBytes', { configurable: true, enumerable: true, writable: true, value: current });
  }
  return most;
}
