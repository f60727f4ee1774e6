// Blocks measured against each other, in a browser on WebAssembly: flow, checks and words are what is tested, and no time is.
import assert from 'node:assert/strict';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { libraryBlocksFor } from '../../src/blocks/features/library-blocks.ts';
import type { ComparisonReport } from '../../src/blocks/protocol/comparison.ts';
import type { BlockPayload, RunSettings } from '../../src/blocks/protocol/messages.ts';
import { GraphBuilder } from '../blocks/graph/build-graph.ts';
import { payload, residualBlock, single, symbolic, unknownFilters, wrongGraph } from './blocks.ts';
import { withPage, type BlockPage } from './open-page.ts';
import type { ThemeName } from './themes.ts';

/** A convolution on images of 16 channels. */
function convolution(layers: number): BlockGraph {
  const build = new GraphBuilder();
  let x = build.input([1, 28, 28, 16]);
  for (let i = 0; i < layers; i++) x = build.layer('conv2d', { filters: 16, kernelSize: 3, padding: 'same' }, x);
  return build.graph(x);
}

const [one, six] = [payload('one', convolution(1)), payload('six', convolution(6))];

describe('a comparison', () => {
  let page: BlockPage;
  withPage(opened => { page = opened; });

  const text = async (selector: string): Promise<string> => (await page.page.locator(selector).innerText()).replace(/\s+/g, ' ');
  const phase = (words: string): Promise<void> => page.page.locator('.progress-text', { hasText: words }).waitFor({ timeout: 60_000 });
  const start = (...blocks: BlockPayload[]): Promise<void> => startWith({}, ...blocks);
  const startWith = (settings: RunSettings, ...blocks: BlockPayload[]): Promise<void> => page.send('compare', { blocks, start: true, settings: { backend: 'wasm', quick: false, ...settings } });
  /** Most tests need a comparison, and no certain times. */
  const compare = (...blocks: BlockPayload[]): Promise<ComparisonReport> => compareWith({ quick: true }, ...blocks);
  async function compareWith(settings: RunSettings, ...blocks: BlockPayload[]): Promise<ComparisonReport> {
    const [before, failures] = [(await page.sent('compareFinished')).length, (await page.sent('compareFailed')).length];
    await startWith(settings, ...blocks);
    const failed = page.next('compareFailed', failures + 1).then(({ message }) => { throw new Error(message); });
    failed.catch(() => {});
    return (await Promise.race([page.next('compareFinished', before + 1), failed])).report;
  }

  it('measures blocks in as many rounds each, checks each of them, and says which is faster', async () => {
    const report = await compareWith({}, one, six);
    assert.deepEqual(report.blocks.map(({ name, obstacle, report: own }) => [name, obstacle, own?.backend, own?.measuredParams, own?.mismatches]), [['one', undefined, 'wasm', 2320, []], ['six', undefined, 'wasm', 6 * 2320, []]]);
    assert.deepEqual(report.blocks.map(({ macs }) => macs), [28 * 28 * 9 * 16 * 16, 6 * 28 * 28 * 9 * 16 * 16]);
    for (const { report: own } of report.blocks) {
      assert.equal(own!.whole.samples, report.rounds);
      assert.ok(own!.agreements.length >= 3 && own!.agreements.every(({ agrees }) => agrees));
      assert.deepEqual(own!.ways.map(({ way, timing }) => [way, timing?.samples]), [['deployed', report.rounds]]);
    }
    assert.ok(report.rounds >= 6);
    assert.equal(report.leakedTensors, 0);
    for (const way of ['written', 'deployed'] as const) {
      assert.deepEqual(report.ratios[way].map((row, i) => row[i]!.median), [1, 1]);
      const [there, back] = [report.ratios[way][0]![1]!, report.ratios[way][1]![0]!];
      assert.ok(there.interval![0] <= there.median && there.median <= there.interval![1]);
      assert.ok(Math.abs(there.median * back.median - 1) < 0.5, 'one is the other turned around, as far as medians of quotients are');
      assert.ok(there.median < 1, 'six layers take longer than one, in rounds that were taken in turns');
    }
    assert.match(await text('.verdicts'), /^six takes [\d.]+ times as long as one in WebAssembly on this machine \(95 %: [\d.]+ to [\d.]+\), with 6\.0 times the MACs\.$/);
    assert.equal(await page.page.locator('.comparison-table tbody').count(), 2);
    assert.equal(await page.page.locator('.comparison .check.ok').count(), 2);
    await page.page.locator('.comparison canvas').waitFor();
  });

  it('compares with the baseline that is chosen, sorts, copies and saves', async () => {
    await compare(one, six);
    await page.page.getByLabel('Compare with six').check();
    assert.match(await text('.verdicts'), /^one is [\d.]+ times as fast as six in WebAssembly on this machine \(95 %: [\d.]+ to [\d.]+\), with 0\.17 times the MACs\.$/);
    const order = (): Promise<string[]> => page.page.locator('.comparison-table tbody .compared .link').allInnerTexts();
    await page.page.getByRole('button', { name: 'Params' }).click();
    assert.deepEqual(await order(), ['six', 'one']);
    await page.page.getByRole('button', { name: 'Params' }).click();
    assert.deepEqual(await order(), ['one', 'six']);
    await page.page.getByRole('button', { name: 'Copy' }).click();
    assert.match((await page.next('copy')).text, /^### one, six\n\none is [^]*\| one \(src\/model\.ts\) \| [\d.]+ ms \| [\d.]+ ms \| [\d.]+ × \([\d. –]+\) \| 2,320 \|/);
    await page.page.getByLabel('Form of the report').selectOption('csv');
    await page.page.getByRole('button', { name: 'Save…' }).click();
    const saved = await page.next('save');
    assert.equal(saved.name, 'comparison.csv');
    assert.match(saved.text, /^block,file,input,[^]*\r\none,src\/model\.ts,1×28×28×16,1×28×28×16,2320,1806336,\d/);
    await page.page.getByLabel('Form of the report').selectOption('json');
    await page.page.getByRole('button', { name: 'Copy' }).click();
    assert.equal((JSON.parse((await page.next('copy', 2)).text) as { baseline: string }).baseline, six.id);
  });

  it('tells no difference between a block and itself', async () => {
    await compareWith({}, one, payload('same', convolution(1)), payload('twin', convolution(1)));
    for (const sentence of await page.page.locator('.verdicts li').allInnerTexts()) assert.match(sentence, /^(same|twin)( and one: (no|hardly a) difference beyond the noise of this run| (is|takes) 1\.[0-3]\d* times)/);
  });

  it('leaves out what does not run, says where a block is not as inferred, and that inputs differ', async () => {
    const report = await compare(payload('unknown', unknownFilters()), payload('wrong', wrongGraph()), one, payload('residual', residualBlock(14)));
    assert.match(report.blocks[0]!.obstacle!, /filters is not known/);
    assert.deepEqual(report.blocks.map(({ memory }) => memory !== undefined), [false, true, true, true], 'tensors of unknown size are not counted as nothing');
    assert.match(await text('tbody[data-block="/model.ts#unknown@0"]'), /config\.filters is read from a file\. \? \? \? ?$/);
    assert.deepEqual(report.blocks.map(block => block.report?.shapesAgree), [undefined, false, true, true]);
    assert.equal(report.ratios.written[0]![1], null);
    assert.match(await text('tbody.wrong'), /wrong .*✗ the output shape is not as inferred ✗ the parameters are not as inferred/);
    assert.match(await text('.comparison-run'), /The blocks do not take the same input: .*one 1×28×28×16; residual 1×14×14×16/);
  });

  it('tells blocks of one name apart by their shapes', async () => {
    const named = (id: string, name: string, graph: BlockGraph): BlockPayload => ({ ...payload(name, graph), id });
    await page.send('compare', { blocks: [named('a', 'body', convolution(1)), named('b', 'body', residualBlock(14)), named('c', 'head', single())], start: false });
    const names = await page.page.locator('.comparison-table .compared').allInnerTexts();
    assert.deepEqual(names.map(name => name.replace(/\s+/g, ' ').replace(' ×', '')), ['body src/model.ts, [1, 28, 28, 16] → [1, 28, 28, 16]', 'body (2) src/model.ts, 14×14×16 → 14×14×16', 'head src/model.ts']);
  });

  it('needs two blocks that run', async () => {
    await start(one, payload('unknown', unknownFilters()));
    assert.match((await page.next('compareFailed')).message, /^There are not two blocks that run\. unknown: It cannot be run/);
    assert.ok(await page.page.getByRole('button', { name: 'Compare', exact: true }).isDisabled());
  });

  it('asks before blocks that are large together', async () => {
    const dense = (units: number): BlockGraph => {
      const build = new GraphBuilder();
      return build.graph(build.layer('dense', { units }, build.input([1, 5000])));
    };
    await start(payload('a', dense(8000)), payload('b', dense(8001)));
    assert.match((await page.next('compareFailed')).message, /^The blocks take about 320 MB of memory together\.$/);
    assert.ok(await page.page.getByRole('button', { name: 'Run anyway' }).isVisible());
  });

  it('takes one size for a name that several blocks have', async () => {
    await page.send('compare', { blocks: [payload('any', symbolic()), payload('other', symbolic())], start: false, settings: { backend: 'wasm', sizes: { H: 24, W: 32 } } });
    await page.page.getByRole('button', { name: 'Compare', exact: true }).click();
    const { report } = await page.next('compareFinished');
    assert.deepEqual(report.blocks.map(block => block.report!.inputShapes), [[[1, 24, 32, 3]], [[1, 24, 32, 3]]]);
    await page.page.locator('input[name="H"]').fill('40');
    await page.page.locator('input[name="H"]').press('Enter');
    await page.page.getByText('This is an earlier result. It was measured with').waitFor();
  });

  it('stops when the user says so, leaves nothing behind, and runs again', async () => {
    await start(one, payload('long', convolution(60)));
    await phase('Measuring');
    await page.page.getByRole('button', { name: 'Stop' }).click();
    assert.deepEqual(await page.next('compareCancelled'), { reason: 'user' });
    assert.match(await text('.comparison-run'), /The run was stopped\./);
    assert.equal((await compare(one, six)).leakedTensors, 0);
  });

  it('is given up when a block changes under it', async () => {
    await start(one, payload('long', convolution(60)));
    await phase('long');
    await page.send('compare', { blocks: [one, payload('long', convolution(61))], start: false });
    assert.deepEqual(await page.next('compareCancelled'), { reason: 'stale' });
    assert.deepEqual(await page.sent('compareFinished'), []);
  });

  it('waits while the page is hidden, goes on when it is shown, and ends as it should', async () => {
    const hide = (state: 'hidden' | 'visible'): Promise<void> => page.page.evaluate(value => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
    await start(one, six);
    await phase('Measuring');
    await hide('hidden');
    // What was said before the page was hidden may still be on its way to be drawn.
    await page.page.waitForTimeout(500);
    const before = await text('.progress-text');
    await page.page.waitForTimeout(1500);
    assert.equal(await text('.progress-text'), before);
    assert.deepEqual(await page.sent('compareFinished'), []);
    await hide('visible');
    const { report } = await page.next('compareFinished');
    assert.ok(report.blocks.every(block => block.report!.shapesAgree && block.report!.whole.samples === report.rounds));
    assert.equal(report.leakedTensors, 0);
  });

  it('keeps result, baseline and order over being hidden, and asks the extension for other blocks', async () => {
    await compare(one, six, payload('single', single()));
    await page.page.getByLabel('Compare with six').check();
    await page.page.getByRole('button', { name: 'MACs', exact: true }).click();
    const before = await text('.comparison');
    await page.page.reload();
    await page.page.locator('.verdicts').waitFor();
    assert.equal(await text('.comparison'), before);
    await page.page.getByRole('button', { name: 'Blocks…' }).click();
    assert.deepEqual((await page.next('chooseCompared')).ids, [one.id, six.id, '/model.ts#single@0']);
    await page.page.getByRole('button', { name: 'Leave six out' }).click();
    assert.deepEqual((await page.next('compareOnly')).ids, [one.id, '/model.ts#single@0']);
    await page.page.getByRole('button', { name: 'one', exact: true }).click();
    assert.deepEqual(await page.next('showBlock'), { id: one.id });
  });

  it('begins with the block on show', async () => {
    await page.show(one);
    await page.page.getByRole('button', { name: 'Compare with…' }).click();
    assert.deepEqual(await page.next('chooseCompared'), { ids: [one.id] });
  });

  for (const theme of ['dark', 'light'] satisfies ThemeName[]) {
    it(`fits the panel, with blocks of the library (${theme})`, async () => {
      const library = libraryBlocksFor(residualBlock(14, 16));
      assert.ok(library.length >= 8);
      await page.page.setViewportSize({ width: 460, height: 1100 });
      await page.setTheme(theme);
      const report = await compare(...library.filter(({ name }) => ['bottleneck', 'mbConv', 'fusedMbConv'].includes(name)));
      assert.deepEqual(report.blocks.map(block => block.report!.measuredShapes), [[[1, 14, 14, 16]], [[1, 14, 14, 16]], [[1, 14, 14, 16]]]);
      assert.equal(await page.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
      await page.page.locator('.comparison canvas').waitFor();
      await page.screenshot(`comparison-${theme}`);
      assert.equal(await page.page.locator('.comparison-table').evaluate(element => element.scrollWidth - element.clientWidth), 0, 'the table does not scroll sideways');
    });
  }
});
