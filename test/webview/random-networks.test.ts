// Random networks, 212 random blocks of all layers, and the blocks of the article, in a real browser, on every backend that is there: shapes, parameters, and the numbers of each way to run them.
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { backendNames } from '../../src/blocks/protocol/messages.ts';
import { articleBlocks } from '../blocks/library/article-blocks.ts';
import { seed } from '../blocks/layers/random-seed.ts';
import { drawnOn } from './random-block.ts';
import { openBundle } from './open-bundle.ts';
import { launchBrowser, webgpuFlags } from '../../scripts/browser.ts';
import type { Elsewhere, Findings } from './random-networks-page.ts';

/** As many on WebGL, each shader of which has to be compiled, as are worth half a minute. */
const runs = Number(process.env['BLOCKSCOPE_RUNS'] ?? 20);
/** Of the random blocks. */
const shares = { webgl: 24, wasm: 100, cpu: 76, webgpu: 12 };
/** An emulated WebGPU takes several times as long as an emulated WebGL. */
const runsOn = (backend: string): number => (backend === 'webgpu' ? Math.ceil(runs / 8) : runs);

describe(`random networks and the blocks of the article in the browser (BLOCKSCOPE_SEED=${seed})`, function () {
  this.timeout(600_000);
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser(webgpuFlags);
    page = await openBundle(browser, 'random-networks-page.ts');
  });
  after(() => browser?.close());

  for (const backend of backendNames) {
    const blocks = Number(process.env['BLOCKSCOPE_RUNS'] ?? shares[backend]);
    it(`agree: random blocks of all layers on ${backend}`, async () => {
      const findings = await page.evaluate(([from, count, name]) => (window as unknown as { runBlocks(...args: unknown[]): Promise<Findings> }).runBlocks(from, count, name), [seed, blocks, backend] as const);
      assert.equal(findings.backend, backend);
      assert.deepEqual(findings.wrong, []);
      const ran = blocks - findings.refused;
      assert.ok(findings.refused <= 0.05 * blocks, `${findings.refused} refused`);
      assert.equal(findings.compared['deployed'], 2 * ran);
      assert.ok((findings.compared['predict'] ?? 0) >= 0.7 * blocks, JSON.stringify(findings.compared));
      assert.equal(findings.compared['cpu'], backend === 'cpu' ? undefined : ran);
      const drawn = drawnOn(backend).map(({ name }) => name);
      if (blocks >= drawn.length) assert.deepEqual(drawn.filter(name => !Object.hasOwn(findings.layers, name)), [], 'layers that were not run');
    });
  }

  for (const backend of backendNames) {
    it(`agree: random networks on ${backend}`, async () => {
      const findings = await page.evaluate(([from, count, name]) => (window as unknown as { runNetworks(...args: unknown[]): Promise<Findings> }).runNetworks(from, count, name), [seed, runsOn(backend), backend] as const);
      assert.equal(findings.backend, backend);
      assert.deepEqual(findings.wrong, []);
      assert.deepEqual(findings.compared, { predict: runsOn(backend), deployed: 2 * runsOn(backend), ...(backend === 'cpu' ? {} : { cpu: runsOn(backend) }) });
    });
  }

  for (const backend of backendNames) {
    it(`agree: the blocks of the article on ${backend}`, async () => {
      // An emulated GPU takes long for larger images.
      const findings = await page.evaluate(([size, name]) => (window as unknown as { runArticleBlocks(...args: unknown[]): Promise<Findings> }).runArticleBlocks(size, name), [8, backend] as const);
      assert.equal(findings.backend, backend);
      assert.deepEqual(findings.wrong, []);
      const { length } = articleBlocks;
      assert.deepEqual(findings.compared, { predict: length, deployed: 2 * length, ...(backend === 'cpu' ? {} : { cpu: length }) });
    });
  }

  for (const backend of backendNames.filter(name => name !== 'cpu')) {
    it(`run a layer on the CPU where ${backend} has no kernel for it`, async () => {
      const { layers, ...rest } = await page.evaluate(([kernel, name]) => (window as unknown as { runWithout(...args: unknown[]): Promise<Elsewhere> }).runWithout(kernel, name), ['MaxPool', backend] as const);
      assert.deepEqual(rest, { backend, agrees: true, leakedTensors: 0 });
      assert.deepEqual(layers, [['maxPooling2d', 'has no MaxPool kernel'], ['maxPooling2d', 'has no MaxPool kernel']]);
    });
  }
});
