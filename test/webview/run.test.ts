// Running blocks in the browser on WebGL. The GPU is emulated here, so that shapes, counts and flow are what is tested,
// and no time is.
import assert from 'node:assert/strict';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { RunReport } from '../../src/blocks/protocol/messages.ts';
import { GraphBuilder } from '../blocks/graph/build-graph.ts';
import { classifier, inception, payload, residualBlock, single, symbolic, unknownFilters, wrongGraph } from './blocks.ts';
import { withPage, type BlockPage } from './open-page.ts';

/** A chain of convolutions that takes long enough to be stopped in the middle. */
function longChain(layers = 40): BlockGraph {
  const build = new GraphBuilder();
  let x = build.input([1, 28, 28, 16]);
  for (let i = 0; i < layers; i++) x = build.layer('conv2d', { filters: 16, kernelSize: 3, padding: 'same' }, x);
  return build.graph(x);
}

function holds(report: RunReport): void {
  assert.equal(report.backend, 'webgl');
  assert.match(report.renderer, /SwiftShader/);
  assert.equal(report.software, true);
  assert.equal(report.fallbackReason, undefined);
  assert.deepEqual(report.mismatches, []);
  assert.equal(report.leakedTensors, 0);
  const { whole } = report;
  assert.ok(report.warmUpRuns >= 3 && whole.samples >= 5 && whole.runsPerSample >= 1);
  assert.ok(whole.minMs > 0 && whole.minMs <= whole.p25Ms && whole.p25Ms <= whole.medianMs && whole.medianMs <= whole.p75Ms && whole.p75Ms <= whole.p95Ms);
  assert.ok(report.firstRunMs > 0);
}

describe('a run on WebGL', () => {
  let page: BlockPage;
  withPage(opened => { page = opened; }, {
    init: () => {
      // The contexts that the page makes, so that a test can take one away.
      const contexts: RenderingContext[] = [];
      Object.assign(window, { contexts });
      for (const canvas of [HTMLCanvasElement.prototype, OffscreenCanvas.prototype]) {
        const original = canvas.getContext as (...args: unknown[]) => RenderingContext | null;
        canvas.getContext = function (this: HTMLCanvasElement, ...args: unknown[]) {
          const context = original.apply(this, args);
          if (context && String(args[0]).startsWith('webgl')) contexts.push(context);
          return context;
        } as never;
      }
    },
  });

  const panel = async (): Promise<string> => (await page.page.locator('.run').innerText()).replace(/\s+/g, ' ');
  const start = async (graph: BlockGraph, name: string, version = 1): Promise<void> => page.send('show', { block: payload(name, graph, version), profile: true, settings: { quick: true } });
  /** Until the progress bar shows this. */
  const phase = (text: string): Promise<void> => page.page.locator('.progress-text', { hasText: text }).waitFor({ timeout: 60_000 });

  it('measures a residual block: shapes and parameters are the inferred ones', async () => {
    const report = await page.profile(payload('residual', residualBlock()), {});
    holds(report);
    assert.deepEqual(report.notes.filter(note => /quick/.test(note)), []);
    assert.deepEqual(report.inputShapes, [[1, 14, 14, 16]]);
    assert.deepEqual(report.measuredShapes, [[1, 14, 14, 16]]);
    assert.deepEqual(report.inferredShapes, [[1, 14, 14, 16]]);
    assert.ok(report.shapesAgree && report.paramsAgree);
    assert.equal(report.measuredParams, 2 * 3 * 3 * 16 * 16 + 2 * 4 * 16);
    assert.equal(report.inferredParams, report.measuredParams);
    assert.deepEqual(report.layers.map(layer => [layer.node, layer.layer]), [[1, 'conv2d'], [2, 'batchNormalization'], [3, 'reLU'], [4, 'conv2d'], [5, 'batchNormalization'], [6, 'add'], [7, 'reLU']]);
    assert.ok(report.layers.every(layer => layer.timing.samples >= 3 && layer.timing.medianMs > 0));
    assert.ok(report.layersComplete);
    const text = await panel();
    assert.match(text, /✓ output 1×14×14×16 measured as inferred ✓ 4,736 parameters measured as inferred/);
    assert.match(text, /SOFTWARE.*SwiftShader/);
    assert.match(text, /Layers are measured one at a time; their sum is \d+ % of the whole/);
    assert.match(await page.page.locator('tr[data-row="1"] td').nth(5).innerText(), /^[\d.]+ ms\s*\d+ %/);
    assert.match(await page.page.locator('.box[data-card="1"] .time').textContent() ?? '', /^[\d.]+ ms$/);
  });

  it('takes six samples where it is quick, and says so', async () => {
    const report = await page.profile(payload('residual', residualBlock()), { quick: true });
    holds(report);
    assert.deepEqual([report.whole.samples, ...report.ways.map(({ timing }) => timing?.samples)], [6, 6, 6]);
    assert.ok(report.whole.intervalMs && report.layersComplete);
    assert.match(await panel(), /This was a quick run: it took fewer samples than usual/);
    await page.page.getByRole('button', { name: 'Copy' }).click();
    assert.match((await page.next('copy')).text, /This was a quick run/);
  });

  it('is quick where that is chosen, and stays so for the next block', async () => {
    await page.show(payload('residual', residualBlock()));
    await page.page.getByLabel('Quick').check();
    await page.page.getByRole('button', { name: 'Profile', exact: true }).click();
    assert.equal((await page.next('runFinished')).report.whole.samples, 6);
    await page.show(payload('classifier', classifier()));
    assert.ok(await page.page.getByLabel('Quick').isChecked());
    await page.page.getByLabel('Quick').uncheck();
    await page.page.getByRole('button', { name: 'Profile', exact: true }).click();
    assert.deepEqual((await page.next('runFinished', 2)).report.notes.filter(note => /quick/.test(note)), []);
  });

  it('compiles under the strict policy', async () => {
    await page.profile(payload('single', single()));
    const violations = await page.page.evaluate(() => window.violations);
    // A library that TensorFlow.js uses tries WebAssembly in a try block; nothing else may be refused.
    assert.deepEqual(violations.filter(violation => !violation.startsWith('script-src wasm-eval')), []);
  });

  it('measures a classifier with pooling, flatten, dropout and dense', async () => {
    const report = await page.profile(payload('classifier', classifier()));
    holds(report);
    assert.deepEqual(report.measuredShapes, [[1, 10]]);
    assert.equal(report.measuredParams, 5994);
  });

  it('measures branches side by side', async () => {
    const report = await page.profile(payload('inception', inception()));
    holds(report);
    assert.deepEqual(report.measuredShapes, [[1, 14, 14, 32]]);
    assert.equal(report.layers.length, 20);
  });

  it('takes the sizes of the form for symbolic dims and says so', async () => {
    await page.show(payload('any', symbolic()));
    for (const [name, size] of [['H', '30'], ['W', '40'], ['batch', '2']]) {
      await page.page.locator(`input[name="${name}"]`).fill(size!);
      await page.page.locator(`input[name="${name}"]`).press('Enter');
    }
    await page.page.getByRole('button', { name: 'Profile' }).click();
    const { report } = await page.next('runFinished');
    holds(report);
    assert.deepEqual(report.chosenDims, { batch: 2, H: 30, W: 40 });
    assert.deepEqual(report.inputShapes, [[2, 30, 40, 3]]);
    assert.deepEqual(report.layers.map(layer => layer.outputShape), [[2, 15, 20, 8], [2, 15, 20, 8], [2, 15, 20, 8], [2, 7, 10, 8], [2, 8], [2, 4]]);
    assert.match(await panel(), /with batch = 2, H = 30, W = 40/);
    await page.page.locator('input[name="H"]').fill('64');
    await page.page.locator('input[name="H"]').press('Enter');
    await page.page.getByText('This is an earlier result. It was measured with batch = 2, H = 30, W = 40.').waitFor();
    assert.equal(await page.page.locator('.box .time').count(), 0, 'a time of other sizes is not shown at the layers');
    assert.doesNotMatch(await panel(), /MACs\/s/, 'the MACs of other sizes do not go with the time');
  });

  it('says loudly where TensorFlow.js disagrees', async () => {
    const report = await page.profile(payload('wrong', wrongGraph()));
    assert.equal(report.shapesAgree, false);
    assert.equal(report.paramsAgree, false);
    assert.deepEqual(report.measuredShapes, [[1, 8, 8, 8]]);
    assert.deepEqual(report.inferredShapes, [[1, 8, 8, 12]]);
    assert.deepEqual(report.mismatches.map(({ node, what }) => [node, what]), [[1, 'shape'], [1, 'params']]);
    const alert = await page.page.getByRole('alert').innerText();
    assert.match(alert, /TensorFlow\.js disagrees with Blockscope/);
    assert.match(alert, /output shape of conv2d in line 2: inferred \[1, 8, 8, 12\], measured \[1, 8, 8, 8\]/);
    assert.match(await page.page.locator('.box[data-card="1"]').getAttribute('class') ?? '', /wrong/);
    assert.match(await page.page.locator('tr[data-row="1"]').getAttribute('class') ?? '', /wrong/);
  });

  it('says why a block with an unknown dim cannot be run, and draws it all the same', async () => {
    await start(unknownFilters(), 'unknown');
    await page.page.locator('.box').first().waitFor();
    assert.match(await panel(), /It cannot be run, because in conv2d in line 2 filters is not known: config\.filters is read from a file/);
    assert.ok(await page.page.getByRole('button', { name: 'Profile' }).isDisabled());
    assert.match((await page.next('runFailed')).message, /conv2d.*filters.*config\.filters is read from a file/);
    assert.equal(await page.page.locator('.box').count(), 3);
  });

  it('names a custom layer that it does not run', async () => {
    const build = new GraphBuilder();
    const x = build.input([null, 8]);
    await start(build.graph(build.layer('GetLastTimestepLayer', {}, x, { output: [null, 8] })), 'custom');
    const sentence = 'GetLastTimestepLayer (line 2) is not a layer of tf.layers. Blockscope does not run the code of custom layers.';
    assert.equal((await page.next('runFailed')).message, sentence);
    assert.ok((await panel()).includes(sentence));
  });

  it('stops when the user says so, and runs again', async () => {
    await start(longChain(), 'long');
    await phase('First run');
    await page.page.getByRole('button', { name: 'Stop' }).click();
    assert.deepEqual(await page.next('runCancelled'), { id: '/model.ts#long@0', version: 1, reason: 'user' });
    assert.match(await panel(), /The run was stopped\./);
    holds(await page.profile(payload('single', single())));
  });

  it('keeps the time of the whole where it is stopped among the layers', async () => {
    await start(longChain(20), 'long');
    await phase('Measuring layer by layer');
    await page.page.getByRole('button', { name: 'Stop' }).click();
    const { report } = await page.next('runFinished');
    assert.equal(report.layersComplete, false);
    assert.ok(report.layers.length < 20);
    assert.match(await panel(), /Stopped after \d+ layers; the other layers have no time/);
  });

  it('gives a run up when the block changes under it, and never answers for it', async () => {
    await start(longChain(), 'long', 1);
    await phase('First run');
    await page.show(payload('long', longChain(41), 2));
    assert.deepEqual(await page.next('runCancelled'), { id: '/model.ts#long@0', version: 1, reason: 'stale' });
    assert.match(await panel(), /The run was stopped, because the block changed/);
    const report = await page.profile(payload('single', single(), 3));
    assert.equal(report.layers.length, 1);
    assert.deepEqual((await page.sent('runFinished')).map(({ id, version }) => [id, version]), [['/model.ts#single@0', 3]]);
  });

  it('goes on where an edit only moved the block, and answers for the new version', async () => {
    await start(longChain(9), 'moved', 1);
    await page.page.locator('.progress').waitFor();
    const moved = payload('moved', longChain(9), 2);
    await page.send('show', { block: { ...moved, lines: moved.lines.map(line => line + 7) }, profile: false });
    const { version } = await page.next('runFinished');
    assert.equal(version, 2);
    assert.deepEqual(await page.sent('runCancelled'), []);
    assert.equal(await page.page.locator('tr[data-row="1"] td').first().innerText(), '9');
  });

  it('marks a result as an earlier one once the block has changed', async () => {
    await page.profile(payload('residual', residualBlock(14), 1));
    await page.show(payload('residual', residualBlock(16), 2));
    await page.page.getByText('This is an earlier result. The block has changed since.').waitFor();
    assert.equal(await page.page.getByRole('button', { name: 'Copy' }).count(), 0, 'times of the block before are not those of these layers');
    await page.show(payload('residual', residualBlock(14), 3));
    await page.page.waitForFunction(() => document.querySelector('.out-of-date') === null);
    await page.page.getByRole('button', { name: 'Copy' }).waitFor();
  });

  it('keeps the result over being hidden', async () => {
    await page.profile(payload('residual', residualBlock()));
    const before = await page.page.locator('.result-time').innerText();
    await page.page.reload();
    await page.page.locator('.result-time').waitFor();
    assert.equal(await page.page.locator('.result-time').innerText(), before);
    assert.equal(await page.page.locator('.box .time').count(), 7);
  });

  it('begins anew when the page comes back that went while it ran, once', async () => {
    const come = async (): Promise<void> => {
      await page.page.reload();
      await page.next('ready');
      await page.show(payload('long', longChain(6)));
    };
    await start(longChain(6), 'long');
    await phase('First run');
    await come();
    await phase('First run');
    await come();
    await page.page.getByText('The run was cut off when the panel was hidden or the window reloaded.').waitFor();
    await page.page.getByRole('button', { name: 'Profile' }).click();
    await come();
    holds((await page.next('runFinished')).report);
    assert.doesNotMatch(await panel(), /cut off/);
  });

  it('waits while the page is hidden', async () => {
    await start(longChain(6), 'long');
    await phase('First run');
    const hide = (state: 'hidden' | 'visible'): Promise<void> => page.page.evaluate(value => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
    await hide('hidden');
    await page.page.waitForTimeout(1500);
    assert.deepEqual(await page.sent('runFinished'), []);
    await hide('visible');
    holds((await page.next('runFinished')).report);
  });

  it('asks before a large run, refuses one that is far too large, and runs it when told to', async () => {
    const wide = (filters: number): BlockGraph => {
      const build = new GraphBuilder();
      return build.graph(build.layer('dense', { units: filters, kernelInitializer: 'zeros' }, build.input([1, 8000])));
    };
    await start(wide(8000), 'wide');
    assert.match((await page.next('runFailed')).message, /≈ 64M MACs and ≈ 1\.3 GB of textures/);
    assert.ok(await page.page.getByRole('button', { name: 'Run anyway' }).isVisible());
    await start(wide(60_000), 'wider');
    const { message } = await page.next('runFailed', 2);
    assert.match(message, /values does not fit into a texture|over the limit/);
    assert.equal(await page.page.getByRole('button', { name: 'Run anyway' }).count(), 0);
    await start(wide(8000), 'wide');
    await page.next('runFailed', 3);
    // The run itself takes long on an emulated GPU: that it starts is enough, and it is stopped before it allocates.
    const started = await page.page.evaluate(async () => {
      const press = (label: string): boolean => {
        const button = [...document.querySelectorAll('button')].find(candidate => candidate.textContent === label);
        button?.click();
        return button !== undefined;
      };
      const anyway = press('Run anyway');
      for (let turn = 0; turn < 3; turn++) await Promise.resolve();
      return anyway && press('Stop');
    });
    assert.ok(started);
    assert.equal((await page.next('runCancelled')).reason, 'user');
  });

  it('notices that the context was lost, and starts with a new one', async () => {
    await start(longChain(20), 'long');
    await phase('Measuring');
    await page.page.evaluate(() => {
      for (const context of (window as unknown as { contexts: WebGL2RenderingContext[] }).contexts) context.getExtension('WEBGL_lose_context')?.loseContext();
    });
    assert.match((await page.next('runFailed')).message, /took its WebGL context away/);
    assert.deepEqual(await page.sent('runFinished'), []);
    const report = await page.profile(payload('residual', residualBlock()));
    holds(report);
  });

  it('copies the result as a table', async () => {
    await page.profile(payload('residual', residualBlock()));
    await page.page.getByRole('button', { name: 'Copy' }).click();
    const { text } = await page.next('copy');
    assert.match(text, /### residual \(src\/model\.ts\)/);
    assert.match(text, /median of \d+ samples of \d+ runs/);
    assert.match(text, /software renderer: says nothing about a GPU/);
    assert.match(text, /\| 2 \| conv2d \| {2}\| 14×14×16 \| 2,304 \| 451,584 \| [\d.]+ ms \|/);
    await page.page.getByLabel('Form of the report').selectOption('csv');
    await page.page.getByRole('button', { name: 'Save…' }).click();
    const saved = await page.next('save');
    assert.equal(saved.name, 'residual.csv');
    assert.match(saved.text, /^line,layer,name,output,params,macs,median_ms,.*\r\n1,inputLayer,,"\[1, 14, 14, 16\]",0,0,{16}\r\n2,conv2d,,"\[1, 14, 14, 16\]",2304,451584,[\d.]+,/);
    await page.page.getByLabel('Form of the report').selectOption('json');
    await page.page.getByRole('button', { name: 'Copy' }).click();
    const { block, machine, whole } = JSON.parse((await page.next('copy', 2)).text) as RunReport & { block: string };
    assert.deepEqual([block, machine.tensorflowjs], ['residual', '4.22.0']);
    assert.ok(whole.medianMs > 0 && machine.cores > 0 && machine.browser.includes('Chrome'));
  });
});
