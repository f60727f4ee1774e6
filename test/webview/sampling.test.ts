// The measuring protocol, against a clock and a device that are made up.
import assert from 'node:assert/strict';
import { Stopped } from '../../webview/run/page-clock.ts';
import { ONE_LAYER, sample, sampleTogether, WHOLE_BLOCK, type World } from '../../webview/run/sampling.ts';

/** A device that takes `runMs` per run and `waitMs` for each wait, on a clock of 100 µs steps. */
class Device implements World {
  time = 1000;
  runs = 0;
  readonly calls: number[] = [];
  breaths = 0;
  visible = (): boolean => true;
  onBreath = (): void => {};

  constructor(readonly runMs: (run: number) => number, readonly waitMs = 0.3) {}

  readonly execute = (times: number): void => {
    this.calls.push(times);
    for (let i = 0; i < times; i++) this.time += this.runMs(this.runs++);
    this.time += this.waitMs;
  };

  now(): number {
    return Math.floor(this.time * 10) / 10;
  }

  async breathe(): Promise<void> {
    this.breaths++;
    this.time += 1;
    this.onBreath();
  }

  isVisible(): boolean {
    return this.visible();
  }
}

describe('sampling', () => {
  it('keeps slow first runs out of the result', async () => {
    const device = new Device(run => [400, 90, 20][run] ?? 12);
    const { timing, warmUpRuns } = await sample(device.execute, WHOLE_BLOCK, device);
    assert.equal(warmUpRuns, 5);
    assert.ok(Math.abs(timing.medianMs - 12.1) < 0.2, `${timing.medianMs}`);
    assert.equal(timing.quality, 'good');
  });

  it('repeats short runs until a sample is long enough for the clock', async () => {
    const device = new Device(() => 0.02, 0.5);
    const { timing } = await sample(device.execute, WHOLE_BLOCK, device);
    assert.equal(timing.runsPerSample, 500);
    assert.ok(Math.abs(timing.medianMs - 0.02) < 0.003, `${timing.medianMs}`);
    const longer = new Device(() => 1);
    const result = await sample(longer.execute, WHOLE_BLOCK, longer);
    assert.ok(result.timing.runsPerSample * 1 >= WHOLE_BLOCK.sampleMs * 0.7, `${result.timing.runsPerSample}`);
  });

  it('does not repeat runs that are long enough', async () => {
    const device = new Device(() => 80);
    assert.equal((await sample(device.execute, WHOLE_BLOCK, device)).timing.runsPerSample, 1);
  });

  it('stops when the median is certain, and later where the samples scatter', async () => {
    const steady = new Device(() => 40);
    const { timing } = await sample(steady.execute, WHOLE_BLOCK, steady);
    assert.equal(timing.samples, WHOLE_BLOCK.minSamples);
    const scattered = new Device(run => 20 + ((run * 7919) % 41));
    const result = await sample(scattered.execute, WHOLE_BLOCK, scattered);
    assert.ok(result.timing.samples > WHOLE_BLOCK.minSamples);
    assert.notEqual(result.timing.quality, 'good');
    assert.ok(result.timing.p25Ms < result.timing.medianMs && result.timing.medianMs < result.timing.p75Ms && result.timing.minMs <= result.timing.p25Ms);
  });

  it('keeps to its time where one run takes seconds', async () => {
    const device = new Device(() => 2000);
    const { timing, warmUpRuns } = await sample(device.execute, WHOLE_BLOCK, device);
    assert.equal(timing.samples, WHOLE_BLOCK.enoughSamples);
    assert.equal(warmUpRuns, WHOLE_BLOCK.minWarmUps);
  });

  it('breathes between samples and never inside one', async () => {
    const device = new Device(() => 2);
    await sample(device.execute, ONE_LAYER, device);
    assert.equal(device.breaths, device.calls.length);
  });

  it('discards what was measured while the page was hidden', async () => {
    // Every other sample is taken hidden, and the device is ten times slower then.
    let hidden = false;
    const device = new Device(() => (hidden ? 500 : 50));
    device.visible = () => !hidden;
    device.onBreath = () => { hidden = device.breaths % 2 === 0; };
    const { timing } = await sample(device.execute, WHOLE_BLOCK, device);
    assert.ok(timing.medianMs < 52 && timing.p75Ms < 52, JSON.stringify(timing));
  });

  it('ends with the error that a breath gives once the run was stopped', async () => {
    const device = new Device(() => 50);
    device.onBreath = () => { if (device.breaths === 8) throw new Stopped(); };
    await assert.rejects(sample(device.execute, WHOLE_BLOCK, device), Stopped);
    assert.equal(device.calls.length, 7);
  });

  it('takes turns, so that what the machine does meanwhile happens to all', async () => {
    // Every run takes three times as long for a while.
    const device = new Device(run => (run % 400 < 200 ? 1 : 3));
    const order: string[] = [];
    const [a, b] = await sampleTogether([
      times => { order.push('a'); device.execute(times); },
      times => { order.push('b'); device.execute(times * 2); },
    ], WHOLE_BLOCK, device);
    assert.equal(a!.samples.length, b!.samples.length);
    assert.match(order.slice(-8).join(''), /^(ab|ba)(ba|ab)/);
    const ratios = a!.samples.map((sample, i) => b!.samples[i]! / sample).sort((x, y) => x - y);
    assert.ok(Math.abs(ratios[Math.floor(ratios.length / 2)]! - 2) < 0.25, ratios.join());
  });

  describe('where the stack makes a difference', () => {
    const rules = { ...WHOLE_BLOCK, onBothStacks: true };

    it('takes the half of each sample that is clearly faster, whichever it is', async () => {
      // As where the code around a run is compiled anew in the middle: another half is slow then.
      const device = new Device(() => 1);
      let [calls, lowered] = [0, 0];
      const { timing } = await sample((times: number, ...more: unknown[]) => {
        calls++;
        lowered += more.length;
        const slow = more.length === (calls < 40 ? 1 : 0);
        for (let i = 0; i < (slow ? 2 : 1); i++) device.execute(times);
      }, rules, device);
      assert.ok(Math.abs(timing.medianMs - 1) < 0.05 && timing.p95Ms < 1.2, JSON.stringify(timing));
      assert.ok(lowered > 0.3 * calls && lowered < 0.5 * calls, `${lowered} of ${calls}`);
    });

    it('takes both halves where they differ by no more than noise', async () => {
      const device = new Device(() => 1, 0);
      const { timing } = await sample((times: number, ...more: unknown[]) => {
        device.execute(times);
        device.time += 0.06 * times * more.length;
      }, rules, device);
      assert.ok(timing.medianMs > 1.02 && timing.medianMs < 1.05, JSON.stringify(timing));
    });

    it('runs what takes long twice for each sample, and says so', async () => {
      const device = new Device(() => 400);
      const { timing, warmUpRuns } = await sample(device.execute, rules, device);
      assert.equal(timing.runsPerSample, 2);
      assert.equal(device.calls.length, warmUpRuns + 2 * timing.samples);
    });
  });
});
