// Where there is no WebGL: the run falls back, says so, and is right all the same.
import assert from 'node:assert/strict';
import { classifier, payload, residualBlock } from './blocks.ts';
import { launchBrowser, noWebGLFlags, PageServer, withPage, type BlockPage } from './open-page.ts';

describe('a run without WebGL', () => {
  let page: BlockPage;
  withPage(opened => { page = opened; }, { flags: noWebGLFlags });

  it('falls back to WebAssembly, without fetching anything, and says why', async () => {
    assert.equal(await page.page.evaluate(() => document.createElement('canvas').getContext('webgl2')), null, 'this browser must have no WebGL');
    const report = await page.profile(payload('residual', residualBlock()));
    assert.equal(report.backend, 'wasm');
    assert.match(report.renderer, /WebAssembly with SIMD/);
    assert.match(report.fallbackReason ?? '', /^WebGL 2 is not available in this window/);
    assert.equal(report.software, false);
    assert.deepEqual(report.mismatches, []);
    assert.deepEqual(report.measuredShapes, [[1, 14, 14, 16]]);
    assert.equal(report.measuredParams, 4736);
    assert.equal(report.leakedTensors, 0);
    assert.equal(report.layers.length, 7);
    const text = (await page.page.locator('.run').innerText()).replace(/\s+/g, ' ');
    assert.match(text, /WebGL 2 is not available in this window: .* It ran on WebAssembly instead\./);
    const violations = await page.page.evaluate(() => window.violations);
    assert.deepEqual(violations.filter(violation => !violation.startsWith('script-src wasm-eval')), []);
    await page.screenshot('no-webgl');
  });

  it('runs in plain JavaScript where that is chosen', async () => {
    await page.show(payload('classifier', classifier()));
    await page.page.locator('.backend select').selectOption('cpu');
    await page.page.getByRole('button', { name: 'Profile' }).click();
    const { report } = await page.next('runFinished');
    assert.equal(report.backend, 'cpu');
    assert.equal(report.fallbackReason, undefined);
    assert.deepEqual(report.measuredShapes, [[1, 10]]);
    assert.deepEqual(report.mismatches, []);
  });
});

describe('what computes at first', () => {
  for (const [gpu, flags, label] of [['an emulated GPU', undefined, 'WebGL (software)'], ['no GPU', noWebGLFlags, 'WebGL (not available)']] as const) {
    it(`is WebAssembly with ${gpu}, and WebGL can be chosen`, async () => {
      const server = await PageServer.start();
      const browser = await launchBrowser(flags);
      try {
        const page = await server.open(browser, { backend: 'as-found' });
        const report = await page.profile(payload('residual', residualBlock()));
        assert.equal(report.backend, 'wasm');
        assert.equal(report.fallbackReason, undefined);
        const offered = await page.page.locator('.backend option').allInnerTexts();
        assert.deepEqual(offered.map(text => text.replace(/^(WebGPU) .*/, '$1')), [label, 'WebGPU', 'WebAssembly', 'JavaScript']);
      } finally {
        await browser.close();
        await server.stop();
      }
    });
  }
});

describe('a run where neither WebGL nor WebAssembly works', () => {
  it('falls back to plain JavaScript and says both reasons', async () => {
    const server = await PageServer.start();
    const browser = await launchBrowser(noWebGLFlags);
    try {
      const page = await server.open(browser, { init: () => { Object.defineProperty(globalThis, 'WebAssembly', { value: undefined }); } });
      const report = await page.profile(payload('residual', residualBlock()));
      assert.equal(report.backend, 'cpu');
      assert.match(report.fallbackReason ?? '', /^WebGL 2 is not available.*The wasm backend could not be started/);
      assert.deepEqual(report.mismatches, []);
    } finally {
      await browser.close();
      await server.stop();
    }
  });
});
