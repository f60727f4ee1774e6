// Which runs are kept, what is said of the last one, and how a history is saved.
import assert from 'node:assert/strict';
import { historyBounds, keptRun, withoutRun, withoutRunsOf, withRun, type RunHistories } from '../../../src/blocks/features/run-history.ts';
import { historyFormats } from '../../../src/blocks/features/run-history-formats.ts';
import { lastRunSentence, spanText } from '../../../src/blocks/features/run-history-words.ts';
import { bindSymbols } from '../../../src/blocks/graph/bind-symbols.ts';
import { totalsOf } from '../../../src/blocks/graph/totals.ts';
import type { RunReport, Timing } from '../../../src/blocks/protocol/messages.ts';
import type { KeptRun } from '../../../src/blocks/protocol/run-history.ts';
import { symbol } from '../../../src/blocks/shapes/dim.ts';
import { GraphBuilder } from '../graph/build-graph.ts';

const machine = { tensorflowjs: '4.22.0', browser: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Code/1.108.0 Chrome/142.0.7444.175 Electron/39.2.3 Safari/537.36', cores: 8 };

/** A run of 4 ms that ended at the given second. */
const runAt = (second: number, change: Partial<KeptRun> = {}, medianMs = 4): KeptRun => ({
  at: second * 1000, backend: 'webgl', renderer: 'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11)', software: false, machine,
  inputShapes: [[1, 8, 8, 3]], chosenDims: { H: 8 }, times: { written: time(medianMs) }, params: 10, macs: 100, graph: 'a', ...change,
});
const time = (medianMs: number): KeptRun['times']['written'] => ({ medianMs, intervalMs: [medianMs * 0.95, medianMs * 1.05], samples: 20, quality: 'good' });

const seconds = (histories: RunHistories, id: string): number[] => (histories.get(id) ?? []).map(({ at }) => at / 1000);

describe('the history of runs', () => {
  it('keeps the newest of a block, and the newest in all', () => {
    const bounds = { perBlock: 3, inAll: 5 };
    let histories: RunHistories = new Map();
    for (const second of [1, 2, 3, 4]) histories = withRun(histories, 'a', runAt(second), bounds);
    assert.deepEqual(seconds(histories, 'a'), [2, 3, 4]);
    for (const second of [5, 6]) histories = withRun(histories, 'b', runAt(second), bounds);
    assert.deepEqual([seconds(histories, 'a'), seconds(histories, 'b')], [[2, 3, 4], [5, 6]]);
    histories = withRun(histories, 'c', runAt(7), bounds);
    assert.deepEqual([seconds(histories, 'a'), seconds(histories, 'c')], [[3, 4], [7]]);
    for (const second of [8, 9, 10]) histories = withRun(histories, 'c', runAt(second), bounds);
    assert.deepEqual([...histories.keys()], ['b', 'c'], 'a block whose last run went is gone');
  });

  it('removes one run, or all of a block', () => {
    let histories: RunHistories = new Map();
    for (const [id, second] of [['a', 1], ['a', 2], ['b', 1]] as const) histories = withRun(histories, id, runAt(second));
    assert.deepEqual(seconds(withoutRun(histories, 'a', 1000), 'a'), [2]);
    assert.deepEqual(seconds(withoutRun(histories, 'a', 1000), 'b'), [1]);
    assert.deepEqual([...withoutRun(histories, 'b', 1000).keys()], ['a']);
    assert.deepEqual([...withoutRunsOf(histories, 'a').keys()], ['b']);
  });

  it('is, where it is full, less than what VS Code warns of', () => {
    let histories: RunHistories = new Map();
    const long = { medianMs: 12.345678901234567, intervalMs: [11.345678901234567, 13.345678901234567], samples: 100, quality: 'unreliable' } as const;
    const run = { ...runAt(1), times: { written: long, predict: long, deployed: long, training: long }, contention: 1.0123456789012345, graph: 'x'.repeat(22) };
    for (let i = 0; i < historyBounds.inAll; i++) histories = withRun(histories, `file:///home/somebody/projects/network/src/block${i % 20}.ts#model@0`, { ...run, at: 1.7e12 + i });
    assert.equal([...histories.values()].flat().length, historyBounds.inAll);
    assert.ok(JSON.stringify([...histories]).length < 512 * 1024, `${JSON.stringify([...histories]).length} characters`);
  });

  it('has of a report what was measured, and MACs of the whole batch with the sizes of the run', () => {
    const build = new GraphBuilder();
    const graph = build.graph(build.layer('conv2d', { filters: 4, kernelSize: 3, padding: 'same' }, build.input([null, symbol('H'), 8, 3])));
    const timing: Timing = { medianMs: 4, intervalMs: [3, 5], p25Ms: 3, p75Ms: 5, p95Ms: 6, minMs: 2, samples: 20, runsPerSample: 2, quality: 'good' };
    const report = {
      backend: 'wasm', renderer: 'SIMD', software: false, machine, inputShapes: [[2, 16, 8, 3]], chosenDims: { H: 16 }, whole: timing, measuredParams: 112,
      ways: [{ way: 'predict', obstacle: 'no' }, { way: 'deployed', timing }], noise: { contention: 1.5 },
    } as unknown as RunReport;
    const kept = keptRun({ graph }, report, 7, 'digest');
    const short = { medianMs: 4, intervalMs: [3, 5], samples: 20, quality: 'good' };
    assert.equal(totalsOf(bindSymbols(graph, { H: 16 }).nodes).macs, 16 * 8 * 9 * 3 * 4);
    assert.deepEqual(kept, {
      at: 7, backend: 'wasm', renderer: 'SIMD', software: false, machine, inputShapes: [[2, 16, 8, 3]], chosenDims: { H: 16 }, times: { written: short, deployed: short },
      params: 112, macs: 2 * 16 * 8 * 9 * 3 * 4, contention: 1.5, graph: 'digest',
    });
    assert.deepEqual(keptRun({ graph }, { ...report, chosenDims: {} } as RunReport, 7, 'digest').macs, undefined);
  });

  describe('says of the last run', () => {
    const few: KeptRun['times']['written'] = { medianMs: 4, samples: 3, quality: 'good' };
    const cases: readonly (readonly [string, readonly KeptRun[], string])[] = [
      ['that there is none', [], 'No run of this block is kept yet.'],
      ['that it is alone', [runAt(0)], 'There is no earlier run to compare the last one with.'],
      ['that it is faster', [runAt(0, {}, 5.2), runAt(1200)], 'The last run is 1.3 times as fast as the one 20 minutes before it.'],
      ['that it is slower', [runAt(0), runAt(90, {}, 8)], 'The last run takes 2.0 times as long as the one 1 minute before it.'],
      ['that the block changed', [runAt(0, {}, 5.2), runAt(1200, { graph: 'b' })], 'The last run is 1.3 times as fast as the one 20 minutes before it; the block has changed in between.'],
      ['that the noise is larger', [runAt(0, {}, 4.3), runAt(7200)], 'No difference beyond the noise between the last run and the one 2 hours before it.'],
      ['that samples are too few', [runAt(0, {}, 9), runAt(2, { times: { written: few } })], 'Too few samples to tell the last run and the one 2 seconds before it apart.'],
      ['that something else ran', [runAt(0, { contention: 1.9 }, 8), runAt(60)], 'The last run is 2.0 times as fast as the one 1 minute before it. Other work slowed at least one of the two, and may be the difference.'],
      ['what the one before on the same backend was', [runAt(0, {}, 8), runAt(30, { backend: 'wasm' }, 99), runAt(60)], 'The last run is 2.0 times as fast as the one 1 minute before it.'],
      ...([{ backend: 'wasm' }, { renderer: 'another' }, { machine: { ...machine, cores: 4 } }, { inputShapes: [[1, 9, 9, 3]] }, { chosenDims: { H: 9 } }] as const).map(change =>
        [`that none can be compared with ${JSON.stringify(change)}`, [runAt(0, change, 8), runAt(60)], 'No earlier run was on the same backend, renderer, machine and sizes as the last one.'] as const),
      ['nothing of dims in another order', [runAt(0, { chosenDims: { W: 1, H: 2 } }, 8), runAt(60, { chosenDims: { H: 2, W: 1 } })], 'The last run is 2.0 times as fast as the one 1 minute before it.'],
      ['a difference too small to round', [runAt(0, { times: { written: { ...time(4), intervalMs: [3.999, 4.0001] } } }), runAt(1, { times: { written: { ...time(4.002), intervalMs: [4.001, 4.003] } } })], 'The last run and the one 1 second before it differ by less than 1 %.'],
    ];
    for (const [what, runs, sentence] of cases) it(what, () => assert.equal(lastRunSentence(runs, 'written'), sentence));

    it('of another way only where that was measured', () => {
      const both = { times: { written: time(4), training: time(8) } };
      assert.equal(lastRunSentence([runAt(0)], 'training'), 'No run that is kept measured this.');
      assert.equal(lastRunSentence([runAt(0, { times: { written: time(1), training: time(16) } }), runAt(60, both), runAt(120)], 'training'), 'The last run is 2.0 times as fast as the one 1 minute before it.');
    });
  });

  it('says spans of time in their largest unit', () =>
    assert.deepEqual([0, 999, 59_999, 60_000, 3_600_000, 86_399_999, 172_800_000].map(spanText), ['1 second', '1 second', '59 seconds', '1 minute', '1 hour', '23 hours', '2 days']));

  it('is saved as CSV and JSON', () => {
    const block = { name: 'my, block', fileLabel: 'a.ts' };
    const [header, row, end] = historyFormats.csv.text(block, [runAt(0, { times: { written: time(4), deployed: time(2) } })]).split('\r\n');
    const of = (column: string): string | undefined => row!.replace('"my, block"', 'block').replace(/"[^"]*"/g, '_').split(',')[header!.split(',').indexOf(column)];
    assert.deepEqual(['ended', 'input', 'written_median_ms', 'written_low_95_ms', 'predict_median_ms', 'deployed_median_ms', 'macs', 'cores'].map(of), ['1970-01-01T00:00:00.000Z', '1×8×8×3', '4', '3.8', '', '2', '100', '8']);
    assert.equal(end, '');
    const read = JSON.parse(historyFormats.json.text(block, [runAt(1)])) as { block: string; runs: (Omit<KeptRun, 'at'> & { ended: string })[] };
    assert.deepEqual([read.block, read.runs[0]!.ended, read.runs[0]!.times.written], ['my, block', '1970-01-01T00:00:01.000Z', time(4)]);
  });
});
