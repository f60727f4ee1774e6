// Why a layer takes the time that it takes, as a run measures it and the page shows it.
import assert from 'node:assert/strict';
import type { RunReport } from '../../src/blocks/protocol/messages.ts';
import { browserFlags } from '../../scripts/browser.ts';
import { payload, residualBlock } from './blocks.ts';
import { withPage, type BlockPage } from './open-page.ts';

const sumOfShares = ({ kernels = [] }: RunReport['layers'][number]): number => kernels.reduce((sum, { share }) => sum + share!, 0);

function check(report: RunReport): void {
  assert.ok(report.layersComplete && report.leakedTensors === 0, 'nothing that the device was measured by is left behind');
  const { macsPerSecond, bytesPerSecond, operationMs, contention } = report.peak!;
  assert.ok([macsPerSecond, bytesPerSecond, operationMs, contention].every(value => Number.isFinite(value) && value > 0), JSON.stringify(report.peak));
  assert.ok(report.noise!.contention > 0);
  for (const layer of report.layers) {
    assert.ok(layer.kernels!.length > 0 && layer.kernels!.every(({ name, count }) => !name.endsWith('__op') && count >= 1), JSON.stringify(layer.kernels));
    if (layer.kernels!.some(({ share }) => share !== undefined)) assert.ok(Math.abs(sumOfShares(layer) - 1) < 1e-9);
  }
}

describe('the roofline of a run', function () {
  this.timeout(120_000);
  let page: BlockPage;

  describe('on WebGL with a timer', () => {
    withPage(opened => { page = opened; });

    it('has the kernels of each layer with the programs of the GPU, and the best of the device', async () => {
      const report = await page.profile(payload('residual', residualBlock()));
      check(report);
      const conv = report.layers.find(({ layer }) => layer === 'conv2d')!;
      assert.deepEqual(conv.kernels!.map(({ name }) => name), ['FusedConv2D']);
      assert.ok(conv.kernels![0]!.programs!.some(({ name }) => name === 'MatMulPackedProgram'), JSON.stringify(conv.kernels));
      for (const { timedBy, kernels } of report.layers) if (timedBy === undefined) assert.ok(kernels!.every(({ share }) => share === undefined), 'without a timer that agrees there are no shares');
    });

    it('measures the device once', async () => {
      const [first, second] = [await page.profile(payload('residual', residualBlock(8))), await page.profile(payload('residual', residualBlock(7)))];
      // It is measured again, and may be better then, only where the machine was busy.
      assert.ok(second.peak!.macsPerSecond >= first.peak!.macsPerSecond && second.peak!.operationMs <= first.peak!.operationMs);
    });
  });

  describe('on WebGL without a timer', () => {
    withPage(opened => { page = opened; }, { flags: browserFlags.filter(flag => !/swiftshader|use-gl/.test(flag)) });

    it('is by the clock, and has kernels without shares', async () => {
      assert.equal(await page.page.evaluate(() => document.createElement('canvas').getContext('webgl2')?.getExtension('EXT_disjoint_timer_query_webgl2') ?? null), null);
      const report = await page.profile(payload('residual', residualBlock()));
      check(report);
      assert.equal(report.backend, 'webgl');
      assert.ok(report.layers.every(({ timedBy, kernels }) => timedBy === undefined && kernels!.every(({ share }) => share === undefined)));
    });
  });

  describe('on WebAssembly', () => {
    withPage(opened => { page = opened; });
    beforeEach(() => page.chooseBackend('wasm'));

    it('is in the table, and in full under the selected row', async () => {
      check(await page.profile(payload('residual', residualBlock())));
      await page.page.setViewportSize({ width: 1400, height: 900 });
      const row = page.page.locator('tr[data-row="1"]');
      assert.match(await row.locator('td.limit').innerText(), /^(arithmetic|memory|dispatch) (\d+|<1|>100) %$/);
      await row.focus();
      const detail = page.page.locator('.layer-detail');
      assert.match(await detail.innerText(), /Limited by .*(reaches (\d+|<1) % of the best|faster than this best: it is no limit here)\.[^]*GMAC\/s and [^]*Kernels: FusedConv2D[^]*Timed by the clock/);
      await page.page.keyboard.press('ArrowDown');
      assert.equal(await page.page.evaluate(() => document.activeElement?.getAttribute('data-row')), '2', 'the arrow keys pass over what is told of a layer');
      await page.page.getByRole('button', { name: 'Limit' }).click();
      assert.equal(await page.page.locator('tbody tr[data-row]').last().getAttribute('data-row'), '0', 'what was not measured comes last');
    });

    it('is drawn, and linked with the picture', async () => {
      const report = await page.profile(payload('residual', residualBlock()));
      await page.page.locator('.roofline summary').click();
      await page.page.locator('.roofline .chart-table').waitFor({ state: 'attached' });
      assert.match(await page.page.locator('.roofline').innerText(), /Best of TensorFlow\.js on this device: matrix product [\d.]+ GMAC\/s, copy [\d.]+ GB\/s, \d+ µs/);
      const rows = await page.page.locator('.roofline .chart-table tbody tr').allTextContents();
      assert.equal(rows.filter(text => /conv2d in line/.test(text)).length, report.layers.filter(({ layer }) => layer === 'conv2d').length);
      // A pixel in the colour of one of the limits, above the legend: the chart is drawn some time after its canvas is there.
      const found = await page.page.waitForFunction(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.roofline canvas');
        if (!canvas || canvas.height <= 60) return undefined;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height - 60);
        const colors = [[0x37, 0x94, 0xff], [0xd1, 0x86, 0x16], [0xb1, 0x80, 0xd7]];
        for (let i = 0; i < data.length; i += 4) {
          if (colors.some(color => color.every((part, j) => data[i + j] === part))) return { x: (i / 4) % canvas.width, y: Math.floor(i / 4 / canvas.width) + 2 };
        }
        return undefined;
      });
      const at = (await found.jsonValue())!;
      await page.page.locator('.roofline canvas').hover({ position: at });
      await page.page.locator('.box.revealed').first().waitFor();
      await page.page.locator('.roofline canvas').click({ position: at });
      await page.page.locator('.box.selected').waitFor();
      assert.deepEqual(await page.sent('openSource'), [], 'choosing a point does not move the caret');
    });
  });
});
