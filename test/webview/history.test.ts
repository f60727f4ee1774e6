// Earlier runs of a block in the panel: what is said of them, drawn, listed, removed and saved.
import assert from 'node:assert/strict';
import { keptRun } from '../../src/blocks/features/run-history.ts';
import type { KeptRun } from '../../src/blocks/protocol/run-history.ts';
import { payload, residualBlock } from './blocks.ts';
import { withPage, type BlockPage } from './open-page.ts';

const block = payload('residual', residualBlock());

/** A run that ended so many minutes after the first. */
function run(minute: number, medianMs: number, change: Partial<KeptRun> = {}): KeptRun {
  const time = { medianMs, intervalMs: [medianMs * 0.95, medianMs * 1.05], samples: 20, quality: 'good' } as const;
  return {
    at: Date.UTC(2026, 10, 30, 9) + minute * 60_000, backend: 'wasm', renderer: 'WebAssembly with SIMD', software: false, machine: { tensorflowjs: '4.22.0', browser: 'Chrome/142', cores: 4 },
    inputShapes: [[1, 14, 14, 16]], chosenDims: { batch: 1 }, times: { written: time, deployed: { ...time, medianMs: medianMs / 2, intervalMs: [medianMs * 0.4, medianMs * 0.6] } }, params: 4736, macs: 903_168, graph: 'a', ...change,
  };
}

const runs = [
  run(0, 4.2), run(12, 4.1), run(30, 21, { backend: 'webgl', renderer: 'SwiftShader', software: true }), run(31, 4.4, { graph: 'b' }), run(40, 9.1, { inputShapes: [[2, 14, 14, 16]], chosenDims: { batch: 2 }, graph: 'b' }),
  ...[50, 61, 75, 82].map((minute, i) => run(minute, 4.3 - i / 10, { graph: 'b' })), run(102, 3.1, { graph: 'c' }),
];

describe('the history of a block', () => {
  let page: BlockPage;
  withPage(opened => { page = opened; });

  const history = (): ReturnType<BlockPage['page']['locator']> => page.page.locator('.history');
  async function open(): Promise<void> {
    await history().locator('summary').click();
    // It is drawn once the browser has told that it is open.
    await history().locator(':scope > :not(summary)').first().waitFor();
  }
  const rows = (): ReturnType<BlockPage['page']['locator']> => page.page.locator('.history-table tbody tr');
  async function show(kept: readonly KeptRun[], opened = true): Promise<void> {
    await page.show(block);
    await page.send('history', { id: block.id, runs: kept });
    await history().waitFor();
    if (opened) await open();
  }

  it('is closed until somebody asks, and is not there where nobody keeps any, or those of another block', async () => {
    await page.show(block);
    await page.send('history', { id: 'another', runs });
    await page.send('reveal', { at: block.graph.nodes[0]!.at });
    await page.page.locator('.revealed').first().waitFor();
    assert.equal(await history().count(), 0);
    await show(runs, false);
    assert.equal(await history().locator('summary').innerText(), 'Earlier runs (10 kept)');
    assert.equal(await rows().count(), 0);
  });

  it('says that there is none', async () => {
    await show([]);
    assert.equal(await history().locator('p').innerText(), 'No run of this block is kept yet.');
    assert.equal(await history().locator('canvas, table, button').count(), 0);
  });

  it('compares the last with the one before, in each way, and lists the newest first', async () => {
    await show(runs);
    assert.equal(await history().getByRole('status').innerText(), 'The last run is 1.3 times as fast as the one 20 minutes before it; the block has changed in between.');
    assert.equal(await rows().count(), 8);
    await page.page.getByRole('button', { name: 'All 10 runs' }).click();
    assert.equal(await rows().count(), 10);
    assert.match((await rows().first().innerText()).replace(/\s+/g, ' '), /block changed WebAssembly 1×14×14×16 \(batch = 1\) 3\.10 ms 2\.94 ms – 3\.26 ms 4\.7k 903k ×$/);
    await page.page.getByLabel('Way whose times are shown').selectOption('deployed');
    assert.match(await rows().first().innerText(), /1\.55 ms/);
    assert.equal(await history().getByRole('status').innerText(), 'No difference beyond the noise between the last run and the one 20 minutes before it; the block has changed in between.');
  });

  it('draws a chart for each backend, in which only runs at the same sizes are one series', async () => {
    await show(runs);
    await history().locator('canvas').nth(1).waitFor();
    const captions = await history().locator('figcaption').allInnerTexts();
    assert.deepEqual(captions.map(caption => caption.split(':')[0]), ['WebAssembly with SIMD', 'WebGL, SwiftShader (software)']);
    const table = history().locator('.chart-table').first().locator('tbody tr');
    const cells = (await table.allTextContents()).map(text => text.replace(/[A-Z][a-z]{2} \d+, \d\d:\d\d/g, '|'));
    assert.equal(cells.length, 9);
    assert.equal(cells.filter(text => text.startsWith('2×14×14×16 (batch = 2)')).length, 1);
    assert.equal(cells.filter(text => text.includes('the block had changed')).length, 2, 'the run of the other size is the first of its series');
  });

  it('removes a run, asks before all go, and saves them', async () => {
    await show(runs);
    await rows().nth(1).getByRole('button').click();
    assert.deepEqual(await page.next('forgetRun'), { id: block.id, at: runs.at(-2)!.at });
    await page.page.getByRole('button', { name: 'Clear all…' }).click();
    assert.deepEqual(await page.next('clearHistory'), { id: block.id });
    await page.page.getByRole('button', { name: 'Save CSV…' }).click();
    const saved = await page.next('save');
    assert.equal(saved.name, 'residual-history.csv');
    assert.equal(saved.text.trimEnd().split('\r\n').length, 11);
    await page.page.getByRole('button', { name: 'Save JSON…' }).click();
    assert.equal((JSON.parse((await page.next('save', 2)).text) as { runs: unknown[] }).runs.length, 10);
    await page.send('history', { id: block.id, runs: runs.slice(0, 2) });
    await history().locator('summary', { hasText: '2 kept' }).waitFor();
    assert.equal(await rows().count(), 2);
  });

  it('takes in a real run, and stays while the block is edited', async () => {
    await page.send('show', { block, profile: false, settings: { backend: 'wasm' } });
    const report = await page.profile(block);
    const kept = keptRun(block, report, runs.at(-1)!.at + 1000, 'c');
    assert.deepEqual([kept.backend, kept.params, kept.macs], ['wasm', report.measuredParams, 14 * 14 * 9 * 16 * 16 * 2]);
    assert.ok(kept.times.written.medianMs > 0 && kept.times.deployed!.medianMs > 0);
    await page.send('history', { id: block.id, runs: [kept] });
    await open();
    assert.equal(await rows().count(), 1);
    await page.send('show', { block: payload('residual', residualBlock(7), 2), profile: false });
    await page.page.getByText('This is an earlier result.').waitFor();
    assert.equal(await rows().count(), 1);
  });

  for (const theme of ['dark', 'light'] as const) {
    it(`fits a panel of 460 pixels (${theme})`, async () => {
      await page.setTheme(theme);
      await page.page.setViewportSize({ width: 460, height: 900 });
      await show(runs);
      await history().locator('canvas').nth(1).waitFor();
      await history().scrollIntoViewIfNeeded();
      const { width, content } = await page.page.locator('.run').evaluate(element => ({ width: element.clientWidth, content: element.scrollWidth }));
      assert.ok(content <= width, `${content} > ${width}`);
      await page.screenshot(`history-${theme}`);
      await rows().last().scrollIntoViewIfNeeded();
      await page.screenshot(`history-table-${theme}`);
    });
  }
});
