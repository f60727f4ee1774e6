// Random networks in a real browser, on every backend that is there: shapes, parameters, and the numbers of each way to run them.
import assert from 'node:assert/strict';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.ts';
import { seed } from '../blocks/layers/random-seed.ts';
import type { Findings } from './random-networks-page.ts';

/** As many on WebGL, each shader of which has to be compiled, as are worth half a minute. */
const runs = Number(process.env['BLOCKSCOPE_RUNS'] ?? 40);

describe(`random networks in the browser (BLOCKSCOPE_SEED=${seed})`, function () {
  this.timeout(600_000);
  let browser: Browser;
  let page: Page;

  before(async () => {
    const { outputFiles: [script] } = await build({
      entryPoints: [path.join(import.meta.dirname, 'random-networks-page.ts')], bundle: true, write: false, platform: 'browser', format: 'iife', target: 'chrome120',
      mainFields: ['browser', 'module', 'main'], loader: { '.wasm': 'binary' }, logLevel: 'warning',
    });
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.addInitScript('globalThis.__name = value => value');
    await page.goto('about:blank');
    await page.addScriptTag({ content: script!.text });
  });
  after(() => browser?.close());

  for (const backend of ['webgl', 'wasm', 'cpu'] as const) {
    it(`agree on ${backend}`, async () => {
      const findings = await page.evaluate(([from, count, name]) => (window as unknown as { runNetworks(...args: unknown[]): Promise<Findings> }).runNetworks(from, count, name), [seed, runs, backend] as const);
      assert.equal(findings.backend, backend);
      assert.deepEqual(findings.wrong, []);
      assert.deepEqual(findings.compared, { predict: runs, deployed: 2 * runs, ...(backend === 'cpu' ? {} : { cpu: runs }) });
    });
  }
});
