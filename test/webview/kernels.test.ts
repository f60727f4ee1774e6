// The kernels of a layer, and times of the GPU's timer only where they agree with the clock.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { GpuTimer } from '../../webview/run/kernels/gpu-timer.ts';
import { kernelsOfLayer, summarize } from '../../webview/run/kernels/kernels-of-layer.ts';
import { recordKernels } from '../../webview/run/kernels/record-kernels.ts';
import { sampleByGpu } from '../../webview/run/kernels/sample-by-gpu.ts';

describe('kernels', () => {
  before(() => tf.setBackend('cpu'));

  it('are recorded in their order, those of a fused operation once, and only while they are asked for', async () => {
    const before = tf.getKernelsForBackend('cpu').map(({ kernelFunc }) => kernelFunc);
    const recorded = await recordKernels(['cpu'], () => tf.tidy(() => {
      const x = tf.ones<tf.Rank.R4>([1, 8, 8, 2]);
      tf.softmax(tf.reshape(tf.fused.conv2d({ x, filter: tf.ones([3, 3, 2, 4]), strides: 1, pad: 'same', activation: 'relu' }), [1, 256]));
    }));
    const names = recorded.map(({ name }) => name).filter(name => name !== 'Fill');
    assert.deepEqual(names, ['FusedConv2D', 'Reshape', 'Softmax']);
    assert.ok(recorded.every(({ ms, programs }) => ms >= 0 && programs.length === 0));
    assert.deepEqual(tf.getKernelsForBackend('cpu').map(({ kernelFunc }) => kernelFunc), before);
  });

  it('leave everything as it was where the work fails', async () => {
    const before = tf.getKernelsForBackend('cpu').map(({ kernelFunc }) => kernelFunc);
    await assert.rejects(recordKernels(['cpu'], () => { throw new Error('no'); }), /no/);
    assert.deepEqual(tf.getKernelsForBackend('cpu').map(({ kernelFunc }) => kernelFunc), before);
  });

  it('have shares that are 1 together, of long executions', async () => {
    const x = tf.ones<tf.Rank.R2>([200, 200]);
    const uses = await kernelsOfLayer(['cpu'], () => tf.tidy(() => void tf.relu(tf.matMul(x, x))), { atOnce: true, timer: undefined });
    x.dispose();
    assert.deepEqual(uses.map(({ name, count }) => `${name} ${count}`).sort(), ['BatchMatMul 1', 'Relu 1']);
    assert.ok(uses[0]!.share! >= uses[1]!.share!);
    assert.ok(Math.abs(uses.reduce((sum, { share }) => sum + share!, 0) - 1) < 1e-9);
  });

  it('are summed by name, with programs, the slowest first', () => {
    const kernel = (name: string, ...programs: string[]): { name: string; programs: string[]; ms: number } => ({ name, programs, ms: 0 });
    const twice = [kernel('A', 'P'), kernel('B', 'Q', 'Q'), kernel('A', 'P')];
    assert.deepEqual(summarize([...twice, ...twice], 2, [1, 6, 1, 1, 6, 1]), [
      { name: 'B', count: 1, programs: [{ name: 'Q', count: 2 }], share: 0.75 },
      { name: 'A', count: 2, programs: [{ name: 'P', count: 2 }], share: 0.25 },
    ]);
    assert.deepEqual(summarize(twice, 1, undefined).map(({ name, share }) => [name, share]), [['A', undefined], ['B', undefined]]);
  });
});

describe('times of the GPU', () => {
  /** A device whose clock goes on by 10 ms for each run, and whose timer says `gpuMs` for the same. */
  const sampled = (gpuMs: (sample: number) => number | undefined): Promise<readonly number[] | undefined> => {
    let [now, samples] = [0, 0];
    const timer = {
      begin: () => {}, end: () => {},
      results: async () => { const ms = gpuMs(samples++); return ms === undefined ? undefined : [ms]; },
    } as unknown as GpuTimer;
    return sampleByGpu((times, issued) => { now += 10 * times; issued(); }, 4, timer, { now: () => now, breathe: async () => {}, isVisible: () => true });
  };

  it('are of one run where they agree with the clock', async () => assert.deepEqual(await sampled(() => 36), Array(7).fill(9)));
  it('do not count where the driver put the commands off', async () => assert.equal(await sampled(() => 0.001), undefined));
  it('do not count where they are longer than the clock', async () => assert.equal(await sampled(() => 60), undefined));
  it('do not count where most were disturbed', async () => assert.equal(await sampled(sample => (sample < 3 ? 36 : undefined)), undefined));
  it('leave out the samples that were disturbed', async () => assert.deepEqual(await sampled(sample => (sample < 2 ? undefined : 36)), Array(5).fill(9)));
});
