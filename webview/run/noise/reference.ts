// A fixed operation whose time tells what else the machine does: it always computes the same.
import * as tf from '../tensorflow.ts';
import type { BackendName } from '../../../src/blocks/protocol/messages.ts';
import type { Backend } from '../backends.ts';
import type { World } from '../sampling.ts';
import { timedOnBothStacks, timedOnce } from '../stack-placement.ts';
import { waitFor } from '../wait.ts';

/** Height of the square matrices that are multiplied. */
const SIZE = 192;
/** Of one measurement: long for the clock, short for whoever waits. */
const LEAST_MS = 4;

/** The fastest since the page was opened, by backend and renderer. */
const fastest = new Map<string, number>();

export class Reference {
  private times = 1;
  /** Milliseconds of the operation, in the order in which it was measured. */
  readonly measured: number[] = [];

  private constructor(private readonly key: string, private readonly backend: BackendName, private readonly matrix: tf.Tensor2D, private readonly world: World) {}

  /** On the backend that is running. Whoever makes one disposes it. */
  static async on({ name, renderer }: Backend, world: World): Promise<Reference> {
    const reference = new Reference(`${name} ${renderer}`, name, tf.fill([SIZE, SIZE], 0.5), world);
    // The first run compiles.
    await reference.time();
    while (reference.times < 256 && await reference.time() * reference.times < LEAST_MS) reference.times *= 2;
    return reference;
  }

  async measure(): Promise<number> {
    const ms = await this.time();
    this.measured.push(ms);
    fastest.set(this.key, Math.min(this.best, ms));
    return ms;
  }

  get best(): number {
    return fastest.get(this.key) ?? Infinity;
  }

  dispose(): void {
    this.matrix.dispose();
  }

  private async time(): Promise<number> {
    const { times, world } = this;
    const now = (): number => world.now();
    const ms = this.backend === 'wasm' && times > 1 ? await timedOnBothStacks(this.multiply, times, now) : await timedOnce(this.multiply, times, now);
    return Math.max(ms, 0.01 / times);
  }

  private readonly multiply = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      const product = tf.matMul(this.matrix, this.matrix);
      if (i === times - 1) await waitFor(product, this.backend);
      product.dispose();
    }
  };
}
