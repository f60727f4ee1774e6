// The claim lab in the browser: experiments of each kind run to a verdict, stop, and leave nothing behind. What a verdict says is the
// machine's business, and is not tested.
import assert from 'node:assert/strict';
import { claims } from '../../src/blocks/claims/index.generated.ts';
import { verdictNames } from '../../src/blocks/claims/verdict.ts';
import type { ClaimReport } from '../../src/blocks/protocol/claim-report.ts';
import { withPage, type BlockPage } from './open-page.ts';

describe('the claim lab', function () {
  this.timeout(240_000);
  let page: BlockPage;
  withPage(opened => { page = opened; });

  const text = async (selector = '.lab'): Promise<string> => (await page.page.locator(selector).innerText()).replace(/\s+/g, ' ');
  const open = async (...ids: string[]): Promise<void> => {
    await page.send('claims', { ids, run: false, backend: 'wasm', effort: 'quick' });
    await page.page.locator(ids.length === 1 ? '.claim-details' : '.lab').waitFor();
  };
  const reports = async (count: number): Promise<ClaimReport[]> => {
    await page.next('claimFinished', count, 200_000);
    return (await page.sent('claimFinished')).map(({ report }) => report);
  };
  afterEach(async () => {
    // The lab keeps its results; the next test begins at the list.
    await page.send('claims', { ids: [], run: false });
    const back = page.page.locator('.claim-details nav button');
    if (await back.isVisible()) await back.click();
  });

  it('is reached from the empty page, and lists every claim', async () => {
    await page.page.getByRole('button', { name: 'Open the claim lab' }).click();
    await page.page.locator('.claims').waitFor();
    await page.next('claimsOpened');
    assert.equal(await page.page.locator('.claims li').count(), claims.length);
    const list = await text();
    for (const { claim } of claims) assert.ok(list.includes(claim), claim);
    // The arrow keys go through the list, Enter opens a claim, and Escape comes back to its line.
    await page.page.locator('.claim').first().focus();
    await page.page.keyboard.press('ArrowDown');
    await page.page.keyboard.press('Enter');
    assert.equal(await page.page.locator('.claim-details h1').innerText(), claims[1]!.claim);
    await page.page.keyboard.press('Escape');
    await page.page.locator('.claims').waitFor();
    assert.equal(await page.page.evaluate(() => document.activeElement?.getAttribute('data-claim')), claims[1]!.id);
  });

  it('says what is compared and predicted, with the authors’ figures and links, before anything runs', async () => {
    await open('shufflenet-g1');
    const details = await text();
    assert.match(details, /Ten blocks of two 1×1 convolutions at 56×56/);
    assert.match(details, /128 : 128 takes less time than 36 : 432/);
    assert.match(details, /36 : 432 56×56×36 /);
    assert.match(details, /GTX 1080 Ti; table 1/);
    assert.equal(await page.page.locator('.claim-details a').first().getAttribute('href'), 'https://arxiv.org/abs/1807.11164');
    assert.equal(await page.page.locator('.claim-result').count(), 0);
  });

  it('times blocks in turns, and takes the result along', async () => {
    await open('depthwise-saves');
    await page.page.getByRole('button', { name: 'Run', exact: true }).click();
    const [report] = await reports(1);
    assert.deepEqual([report!.claim, report!.backend, report!.effort, report!.leakedTensors], ['depthwise-saves', 'wasm', 'quick', 0]);
    assert.deepEqual(report!.measures.filter(({ quantity }) => quantity === 'params').map(({ value }) => value), [18_496, 2_432]);
    assert.ok(report!.measures.filter(({ quantity }) => quantity === 'time').every(({ value, samples, interval }) => value > 0 && samples! >= 7 && interval![0] <= value && value <= interval![1]));
    assert.deepEqual(report!.comparisons.map(({ quantity, outcome }) => [quantity, outcome !== undefined]), [['params', true], ['macs', true], ['timePerMac', true], ['time', false]]);
    assert.deepEqual(report!.comparisons.slice(0, 2).map(({ outcome }) => outcome), ['holds', 'holds']);
    const shown = await text();
    assert.ok(shown.includes(verdictNames[report!.verdict]));
    assert.match(shown, /WebAssembly .* \d+ rounds, in turns, quick/);
    await page.page.locator('.claim-result canvas').first().waitFor();
    for (const [format, expected] of [['markdown', /^### Depthwise separable[^]*\| depthwise separable \|/], ['csv', /^claim,verdict[^]*depthwise-saves,\w+,separable,params,2432,/], ['json', /"claim": "depthwise-saves"/]] as const) {
      await page.page.getByLabel('Form of the report').selectOption(format);
      const copied = (await page.sent('copy')).length;
      await page.page.getByRole('button', { name: 'Copy' }).click();
      assert.match((await page.next('copy', copied + 1)).text, expected);
    }
    await page.page.getByRole('button', { name: 'Save…' }).click();
    assert.equal((await page.next('save')).name, 'depthwise-saves.json');
  });

  it('counts memory, which is the same each time, and as it is inferred', async () => {
    await page.send('claims', { ids: ['inverted-memory'], run: true, backend: 'wasm', effort: 'quick' });
    const [report] = await reports(1);
    const of = (contender: string, quantity: string): number => report!.measures.find(measure => measure.contender === contender && measure.quantity === quantity)!.value;
    assert.deepEqual([of('inverted', 'heldMemory'), of('bottleneck', 'heldMemory')], [56 * 56 * 24 * 4, 56 * 56 * 576 * 4]);
    for (const contender of ['inverted', 'bottleneck']) assert.ok(of(contender, 'measuredMemory') >= of(contender, 'inferredMemory'), 'a tensor that is alive was not counted');
    assert.equal(report!.leakedTensors, 0);
    assert.equal(report!.verdict, 'reproduced');
  });

  it('sends the spiral through ReLU, with a picture for each n', async () => {
    await page.send('claims', { ids: ['relu-destroys-information'], run: true, backend: 'wasm', effort: 'quick' });
    const [report] = await reports(1);
    assert.equal(report!.leakedTensors, 0);
    assert.deepEqual(report!.spirals!.map(({ dimensions, points }) => [dimensions, points.length]), [undefined, 2, 3, 5, 15, 30].map(n => [n, 200]));
    // Numbers are seeded: what is lost is the same on every machine.
    const errors = report!.measures.map(({ value }) => value);
    assert.ok(errors[0]! > errors[3]! && errors[3]! > errors[4]! && errors[4]! > 0, String(errors));
    assert.equal(await page.page.locator('.spiral svg').count(), 6);
    assert.equal(await page.page.locator('.spiral').first().locator('line').count(), 199);
    assert.deepEqual(await page.page.evaluate(() => window.violations.filter(violation => violation.startsWith('style-src'))), []);
  });

  it('stops in the middle, and what was to come after it does not run', async () => {
    await page.send('claims', { ids: ['residual-gradient', 'inverted-memory'], run: true, backend: 'wasm', effort: 'quick' });
    await page.page.locator('.progress-text', { hasText: /1 of 2: residual-gradient · \d+ layers, seed/ }).waitFor({ timeout: 120_000 });
    await page.page.getByRole('button', { name: 'Stop' }).click();
    assert.deepEqual(await page.next('claimsEnded'), { stopped: true });
    assert.deepEqual(await page.sent('claimFinished'), []);
  });

  it('draws a contender as a block, and comes back', async () => {
    await open('bottleneck-cheaper');
    await page.page.getByRole('button', { name: 'Show block 64-channel bottleneck' }).click();
    await page.page.locator('.block-view h1', { hasText: '64-channel bottleneck' }).waitFor();
    assert.match(await text('.block-view'), /4.6k|4,640/);
    await page.page.getByRole('button', { name: 'Back to the claim' }).click();
    assert.equal(await page.page.locator('.claim-details h1').innerText(), claims.find(({ id }) => id === 'bottleneck-cheaper')!.claim);
  });

  it('ends the run of a contender when it comes back, and is kept', async () => {
    await open('bottleneck-cheaper');
    await page.page.getByRole('button', { name: 'Show block three 64-channel 3×3' }).click();
    await page.page.getByRole('button', { name: 'Profile' }).click();
    await page.page.locator('.progress').waitFor();
    await page.page.getByRole('button', { name: 'Back to the claim' }).click();
    assert.equal((await page.next('runCancelled')).reason, 'stale');
    await page.page.locator('.claim-details').waitFor();
    const kept = JSON.parse(await page.page.evaluate(() => sessionStorage.getItem('state')!)) as { content: { kind: string } };
    assert.equal(kept.content.kind, 'claims');
  });

  it('keeps its results while it is hidden', async () => {
    await page.send('claims', { ids: ['inverted-memory'], run: true, backend: 'wasm', effort: 'quick' });
    await reports(1);
    await page.next('claimsEnded');
    await page.page.reload();
    await page.next('ready');
    await page.page.locator('.claim-result').waitFor();
    assert.match(await text(), /Reproduced/);
  });

  it('says why an experiment did not run', async () => {
    await page.send('claims', { ids: ['no-such-claim'], run: true });
    assert.deepEqual(await page.next('claimFailed'), { claim: 'no-such-claim', message: 'There is no claim “no-such-claim”.' });
    assert.deepEqual(await page.next('claimsEnded'), { stopped: false });
  });
});
