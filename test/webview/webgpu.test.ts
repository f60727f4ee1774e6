// Running blocks on WebGPU. The GPU is emulated here, so that shapes, numbers and flow are what is tested, and no time is.
import assert from 'node:assert/strict';
import { browserFlags } from '../../scripts/browser.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { RunReport } from '../../src/blocks/protocol/messages.ts';
import { GraphBuilder } from '../blocks/graph/build-graph.ts';
import { classifier, payload, residualBlock } from './blocks.ts';
import { webgpuFlags } from '../../scripts/browser.ts';
import { launchBrowser, PageServer, withPage, type BlockPage } from './open-page.ts';

function holds(report: RunReport): void {
  assert.equal(report.backend, 'webgpu');
  assert.equal(report.fallbackReason, undefined);
  assert.match(report.renderer, /swiftshader/i);
  assert.equal(report.software, true);
  assert.deepEqual(report.mismatches, []);
  assert.equal(report.leakedTensors, 0);
  assert.deepEqual(report.agreements.map(({ with: other, agrees }) => [other, agrees]), [['predict', true], ['deployed', true], ['deployed', true], ['cpu', true]]);
  assert.ok(report.whole.minMs > 0 && report.layers.every(({ timing }) => timing.minMs > 0));
}

describe('a run on WebGPU', () => {
  let page: BlockPage;
  withPage(opened => { page = opened; }, {
    flags: webgpuFlags,
    init: () => {
      // The devices that the page is given, so that a test can take one away.
      const devices: GPUDevice[] = [];
      Object.assign(window, { devices });
      const { requestDevice } = GPUAdapter.prototype;
      GPUAdapter.prototype.requestDevice = async function (...args) {
        const device = await requestDevice.apply(this, args);
        devices.push(device);
        return device;
      };
    },
  });
  beforeEach(() => page.chooseBackend('webgpu'));

  it('measures blocks: shapes, parameters and numbers are right, and it says on what', async () => {
    holds(await page.profile(payload('residual', residualBlock())));
    holds(await page.profile(payload('classifier', classifier())));
    const text = (await page.page.locator('.run').innerText()).replace(/\s+/g, ' ');
    assert.match(text, /WebGPU ?SOFTWARE.*swiftshader/);
    assert.ok((await page.page.locator('.backend option').allInnerTexts()).includes('WebGPU (software)'));
  });

  it('notices that the device was lost, and starts with a new one', async () => {
    await page.send('show', { block: payload('long', longChain()), profile: true, settings: { quick: true } });
    await page.page.locator('.progress-text', { hasText: 'Measuring' }).waitFor({ timeout: 90_000 });
    await page.page.evaluate(() => { for (const device of (window as unknown as { devices: GPUDevice[] }).devices) device.destroy(); });
    assert.match((await page.next('runFailed')).message, /The GPU was taken away from WebGPU during the run/);
    assert.deepEqual(await page.sent('runFinished'), []);
    page.errors.length = 0;
    holds(await page.profile(payload('residual', residualBlock())));
  });
});

/** Takes long enough for something to happen in the middle. */
function longChain(): BlockGraph {
  const build = new GraphBuilder();
  let x = build.input([1, 14, 14, 8]);
  for (let i = 0; i < 20; i++) x = build.layer('conv2d', { filters: 8, kernelSize: 3, padding: 'same' }, x);
  return build.graph(x);
}

describe('where there is no WebGPU', () => {
  it('says so, and runs on what is fastest without a GPU', async () => {
    const server = await PageServer.start();
    const browser = await launchBrowser(browserFlags);
    try {
      const page = await server.open(browser, { backend: 'webgpu', init: () => { Object.defineProperty(navigator, 'gpu', { value: undefined }); } });
      const report = await page.profile(payload('residual', residualBlock()));
      assert.equal(report.backend, 'wasm');
      assert.match(report.fallbackReason ?? '', /^WebGPU is not available in this window: .* WebGL has no GPU either\.$/);
      assert.ok((await page.page.locator('.backend option').allInnerTexts()).includes('WebGPU (not available)'));
    } finally {
      await browser.close();
      await server.stop();
    }
  });
});
