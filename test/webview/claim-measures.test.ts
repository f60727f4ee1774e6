// The experiments of claims, in Node and on small blocks: what they give, and that they leave nothing behind, wherever they are stopped.
import assert from 'node:assert/strict';
import type { Contender } from '../../src/blocks/claims/claim.ts';
import { conv2d, residual, sequential } from '../../src/blocks/vocabulary/vocabulary.ts';
import { measureGradient } from '../../webview/claims/measure/measure-gradient.ts';
import { measureMemory } from '../../webview/claims/measure/measure-memory.ts';
import { measureSpiral } from '../../webview/claims/measure/measure-spiral.ts';
import { measureTime } from '../../webview/claims/measure/measure-time.ts';
import type { Bench, Measured } from '../../webview/claims/measure/measured.ts';
import '@tensorflow/tfjs-backend-cpu';
import type { Backend } from '../../webview/run/backends.ts';
import { Stopped, type PageClock } from '../../webview/run/page-clock.ts';
import * as tf from '../../webview/run/tensorflow.ts';

const backend: Backend = { name: 'cpu', renderer: 'plain JavaScript', software: false };

const contender = (id: string, filters: number): Contender => ({
  id, name: id, input: [1, 6, 6, 4], block: sequential(conv2d({ filters, kernelSize: 3, padding: 1 }), residual(conv2d({ filters, kernelSize: 1 }))),
});
const contenders = [contender('narrow', 2), contender('wide', 8)];

const experiments: Readonly<Record<string, (bench: Bench) => Promise<Measured>>> = {
  time: bench => measureTime([contenders], bench),
  memory: bench => measureMemory(contenders, bench),
  gradient: bench => measureGradient({ kind: 'gradient', depths: [1, 3], batch: 2, size: 3, channels: 2 }, bench),
  spiral: bench => measureSpiral({ kind: 'spiral', dimensions: [2, 9], points: 20, turns: 1 }, bench),
};

/** Is stopped at the given breath. A breath is counted wherever one could be taken. */
function clockUntil(stopAt: number): PageClock & { breaths: number } {
  const clock = {
    breaths: 0, isStale: false,
    now: () => performance.now(), isVisible: () => true,
    breathe: () => (++clock.breaths > stopAt ? Promise.reject(new Stopped()) : Promise.resolve()),
    breatheNowAndThen: () => clock.breathe(),
  };
  return clock as unknown as PageClock & { breaths: number };
}

function run(name: string, clock: PageClock): Promise<Measured> {
  return experiments[name]!({ backend, effort: 'quick', clock, onProgress: share => assert.ok(share >= 0 && share <= 1, String(share)) });
}

describe('the experiments of claims', () => {
  before(() => tf.setBackend('cpu'));

  for (const name of Object.keys(experiments)) {
    it(`leave no tensors behind: ${name}, to its end and stopped`, async () => {
      const before = tf.memory().numTensors;
      const clock = clockUntil(Infinity);
      await run(name, clock);
      assert.equal(tf.memory().numTensors, before);
      assert.ok(clock.breaths > 3);
      for (const share of [0, 0.3, 0.7, 0.95]) {
        const at = Math.floor(share * clock.breaths);
        // How often it breathes depends on how steady the machine is: it may have ended before.
        const stopped = run(name, clockUntil(Math.min(at, 60)));
        if (share === 0) await assert.rejects(stopped, Stopped);
        else await stopped.catch((error: unknown) => assert.ok(error instanceof Stopped, String(error)));
        assert.equal(tf.memory().numTensors, before, `stopped at breath ${at}`);
      }
    });
  }

  it('time blocks in the same rounds, relative to the first', async () => {
    const { measures, samples } = await run('time', clockUntil(Infinity));
    assert.equal(samples.get('time narrow')!.length > 0, true);
    const of = (id: string, quantity: string) => measures.find(measure => measure.contender === id && measure.quantity === quantity)!;
    assert.equal(of('wide', 'params').value, 3 * 3 * 4 * 8 + 8 + 8 * 8 + 8);
    assert.equal(of('wide', 'macs').value, 36 * (3 * 3 * 4 * 8 + 8 * 8));
    assert.equal(of('narrow', 'time').relative!.median, 1);
    assert.ok(Math.abs(of('wide', 'timePerMac').value - (of('wide', 'time').value * 1e6) / of('wide', 'macs').value) < 1e-6 * of('wide', 'timePerMac').value);
  });

  it('count the bytes that were alive at once', async () => {
    const { measures } = await run('memory', clockUntil(Infinity));
    const of = (id: string, quantity: string): number => measures.find(measure => measure.contender === id && measure.quantity === quantity)!.value;
    // The input stays, and the addition holds what goes in twice and what comes out.
    assert.equal(of('wide', 'inferredMemory'), 4 * 36 * (4 + 3 * 8));
    assert.equal(of('wide', 'heldMemory'), 4 * 36 * 8);
    assert.ok(of('wide', 'measuredMemory') >= of('wide', 'inferredMemory'));
  });

  it('give the same gradients and errors each time', async () => {
    for (const name of ['gradient', 'spiral']) {
      const [first, second] = [await run(name, clockUntil(Infinity)), await run(name, clockUntil(Infinity))];
      assert.deepEqual(first.measures, second.measures);
      assert.ok(first.measures.every(({ value }) => value > 0 && Number.isFinite(value)));
    }
  });

  it('find the first and the last layer of a stack of one equally far', async () => {
    const { measures } = await measureGradient({ kind: 'gradient', depths: [1], batch: 2, size: 3, channels: 2 }, { backend, effort: 'quick', clock: clockUntil(Infinity), onProgress: () => {} });
    assert.deepEqual(measures.map(({ value }) => value), [1, 1]);
  });
});
