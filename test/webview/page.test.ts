// The page in a browser: what it shows, and what it answers to mouse and keyboard.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { classifier, inception, payload, residualBlock, resnet, single, symbolic, unknownFilters } from './blocks.ts';
import { policyFor, withPage, type BlockPage } from './open-page.ts';
import { themes, type ThemeName } from './themes.ts';

describe('the page', () => {
  let page: BlockPage;
  withPage(opened => { page = opened; });

  const box = (node: number) => page.page.locator(`.box[data-card="${node}"]`);
  const row = (node: number) => page.page.locator(`tr[data-row="${node}"]`);
  const cells = async (node: number): Promise<string[]> => (await row(node).locator('td').allInnerTexts()).map(text => text.replace(/\s+/g, ' ').trim());

  it('is tested under the policy that the extension gives it', () => {
    const source = readFileSync(path.resolve(import.meta.dirname, '../../src/extension/panel-page.ts'), 'utf8');
    for (const directive of policyFor('${nonce}', '${webview.cspSource}')) assert.ok(source.includes(`\`${directive}\``), `panel-page.ts has no ${directive}`);
  });

  it('says that it waits, and what to do while there is no block', async () => {
    await page.page.evaluate(() => sessionStorage.clear());
    await page.page.reload();
    await page.page.getByText('Waiting for a block').waitFor();
    await page.send('empty', { message: 'src/model.ts no longer has a block “stem”.' });
    await page.page.getByText('src/model.ts no longer has a block “stem”.').waitFor();
    assert.match(await page.page.locator('.empty').innerText(), /Blockscope: Profile Block/);
    await page.show(payload('residual', residualBlock()));
    assert.equal(await page.page.locator('.empty').count(), 0);
  });

  it('drops messages that are none of its contract', async () => {
    await page.show(payload('residual', residualBlock()));
    await page.page.evaluate(() => { for (const message of [null, 7, 'show', { type: 'nonsense', data: {} }, { type: 'constructor', data: {} }]) window.postMessage(message, '*'); });
    await page.show(payload('classifier', classifier()));
  });

  it('shows name, file, shapes and totals', async () => {
    await page.show(payload('residual', residualBlock()));
    const header = (await page.page.locator('.header').innerText()).replace(/\s+/g, ' ');
    assert.match(header, /residual src\/model\.ts shape 14×14×16 → 14×14×16 layers 7 parameters 4\.7k of which 64 not trainable MACs 903k/);
  });

  it('draws each layer with its attributes, shape and parameters', async () => {
    await page.show(payload('classifier', classifier()));
    assert.equal(await page.page.locator('.box').count(), 8);
    assert.deepEqual((await box(1).locator('text').allTextContents()), ['conv2d', 'stem', '5×5, 8, relu', '24×24×8', '208']);
    assert.deepEqual((await box(2).locator('text').allTextContents()), ['maxPooling2d', '2×2, /2', '12×12×8']);
    assert.match(await box(1).locator('title').textContent() ?? '', /^sees \d+×\d+ of the input, one step is \d+×\d+$/m);
    assert.match(await box(7).locator('title').textContent() ?? '', /dense “digits” · line 8[^]*units: 10[^]*assumed: classes = 10/);
  });

  for (const [name, graph] of Object.entries({ residual: residualBlock(), inception: inception(), resnet: resnet(), single: single(), unknown: unknownFilters() })) {
    it(`keeps every text inside its box: ${name}`, async () => {
      await page.show(payload(name, graph));
      const outside = await page.page.evaluate(() => [...document.querySelectorAll<SVGGElement>('.box, .frame-toggle')].flatMap(group => {
        const frame = group.querySelector<SVGRectElement>('.box-body, .frame-title')!.getBoundingClientRect();
        return [...group.querySelectorAll('text')].flatMap(text => {
          const { left, right, top, bottom } = text.getBoundingClientRect();
          return left < frame.left || right > frame.right || top < frame.top || bottom > frame.bottom ? [text.textContent] : [];
        });
      }));
      assert.deepEqual(outside, []);
      assert.equal(await page.page.locator('.box').count(), graph.nodes.length);
    });
  }

  it('shows a table with aligned figures, totals and the reason of what is unknown', async () => {
    await page.show(payload('classifier', classifier()));
    assert.deepEqual(await cells(3), ['4', 'conv2d', '8×8×16', '3,216', '204,800']);
    assert.deepEqual(await cells(7), ['8', 'dense digits', '10', '~2,570', '~2,560']);
    assert.deepEqual((await page.page.locator('tfoot td').allInnerTexts()).map(text => text.trim()), ['', '7 layers', '10', '~5,994', '~322,560']);
    const rightEdges = await page.page.locator('td.count .figures').evaluateAll(figures =>
      figures.filter(figure => figure.textContent !== '').map(figure => [figure.closest('td')!.cellIndex, Math.round(figure.getBoundingClientRect().right)]));
    for (const column of [3, 4]) assert.equal(new Set(rightEdges.filter(([index]) => index === column).map(([, right]) => right)).size, 1, `column ${column} is not aligned`);
    await page.show(payload('unknown', unknownFilters()));
    assert.equal((await cells(1))[3], '?');
    assert.match(await row(1).locator('td').nth(3).getAttribute('title') ?? '', /config\.filters is read from a file/);
  });

  it('counts by another convention, and says so', async () => {
    await page.show({ ...payload('residual', residualBlock()), counting: { parameters: 'pytorch', operations: 'flops', layers: 'all' } });
    assert.match((await page.page.locator('.header').innerText()).replace(/\s+/g, ' '), /parameters \(PyTorch\) 4\.7k FLOPs 1\.8M/);
    assert.match(await page.page.locator('.fact', { hasText: 'parameters' }).first().getAttribute('title') ?? '', /^4,672, inferred, as PyTorch counts them: without 64 running statistics/);
    assert.deepEqual(await cells(2), ['3', 'batchNormalization', '14×14×16', '32', '6,272']);
    assert.deepEqual((await page.page.locator('thead th').allInnerTexts()).slice(3, 5).map(text => text.trim().toUpperCase()), ['PARAMS (PYTORCH)', 'FLOPS']);
    assert.deepEqual((await page.page.locator('tfoot td').allInnerTexts()).map(text => text.trim()).slice(3), ['4,672', '1,828,288']);
    assert.match(await box(1).locator('title').textContent() ?? '', /^FLOPs 903,168 = 2·14·14·3·3·16·16$/m);
    // The same block in the default convention again: nothing of it was kept.
    await page.show(payload('residual', residualBlock()));
    assert.deepEqual(await cells(2), ['3', 'batchNormalization', '14×14×16', '64', '']);
  });

  it('sorts by a column and back', async () => {
    await page.show(payload('classifier', classifier()));
    const order = (): Promise<(string | null)[]> => page.page.locator('tbody tr').evaluateAll(rows => rows.map(element => element.getAttribute('data-row')));
    const params = page.page.getByRole('button', { name: 'Params' });
    await params.click();
    assert.deepEqual((await order()).slice(0, 3), ['3', '7', '1']);
    assert.equal(await page.page.locator('th', { has: params }).getAttribute('aria-sort'), 'descending');
    await params.click();
    assert.deepEqual((await order()).slice(-3), ['1', '7', '3']);
    await params.click();
    assert.deepEqual(await order(), ['0', '1', '2', '3', '4', '5', '6', '7']);
  });

  it('selects in the picture and the table together, and opens the source', async () => {
    const block = payload('residual', residualBlock());
    await page.show(block);
    await box(4).click();
    assert.deepEqual((await page.next('openSource')).at, block.graph.nodes[4]!.at);
    assert.match(await row(4).getAttribute('class') ?? '', /selected/);
    await row(6).click();
    assert.deepEqual((await page.next('openSource', 2)).at, block.graph.nodes[6]!.at);
    assert.match(await box(6).getAttribute('class') ?? '', /selected/);
    assert.doesNotMatch(await box(4).getAttribute('class') ?? '', /selected/);
  });

  it('is usable by keyboard alone', async () => {
    const block = payload('residual', residualBlock());
    await page.show(block);
    const { keyboard } = page.page;
    const focused = (): Promise<string | null> => page.page.evaluate(() => document.activeElement?.getAttribute('data-card') ?? document.activeElement?.getAttribute('data-row') ?? null);
    for (let i = 0; i < 20 && await focused() === null; i++) await keyboard.press('Tab');
    assert.equal(await focused(), '0');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    assert.equal(await focused(), '2');
    assert.deepEqual(await page.sent('openSource'), [], 'moving does not move the caret');
    await keyboard.press('Enter');
    assert.deepEqual((await page.next('openSource')).at, block.graph.nodes[2]!.at);
    await keyboard.press('ArrowUp');
    assert.equal(await focused(), '1');
    for (let i = 0; i < 9 && !(await page.page.evaluate(() => document.activeElement?.matches('tr'))); i++) await keyboard.press('Tab');
    assert.equal(await focused(), '1', 'the table goes on where the picture was');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    assert.deepEqual((await page.next('openSource', 2)).at, block.graph.nodes[2]!.at);
    const zoom = (): Promise<string> => page.page.locator('.zoom-level').innerText();
    await page.page.locator('.box').first().focus();
    await keyboard.press('1');
    await keyboard.press('+');
    assert.equal(await zoom(), '125 %');
  });

  it('points out the layers of the place where the caret is', async () => {
    const block = payload('residual', residualBlock());
    await page.show(block);
    await page.send('reveal', { at: block.graph.nodes[5]!.at });
    await page.page.locator('.box.revealed').waitFor();
    assert.equal(await page.page.locator('.box.revealed').getAttribute('data-card'), '5');
    assert.match(await row(5).getAttribute('class') ?? '', /revealed/);
    await page.send('reveal', { at: { file: '/elsewhere.ts', start: 0, end: 1 } });
    await page.page.waitForFunction(() => document.querySelector('.revealed') === null);
  });

  it('closes and opens frames', async () => {
    const graph = inception();
    await page.show(payload('inception', graph));
    assert.equal(await page.page.locator('.frame-body').count(), 1);
    await page.page.locator('.frame-toggle').click();
    assert.equal(await page.page.locator('.box').count(), 4);
    const closed = page.page.locator('.box.closed');
    assert.match(await closed.innerHTML(), /inceptionModule.*18 layers/s);
    await closed.focus();
    await page.page.keyboard.press('Enter');
    assert.equal(await page.page.locator('.box').count(), graph.nodes.length);
    await page.page.getByRole('button', { name: 'Close frames' }).click();
    await page.page.getByRole('button', { name: 'Open frames' }).click();
    assert.equal(await page.page.locator('.frame-body').count(), 1);
  });

  it('draws 200 nodes, and brings the one that is chosen into view', async () => {
    const graph = resnet();
    await page.show(payload('resnet', graph));
    assert.ok(graph.nodes.length >= 199);
    assert.equal(await page.page.locator('.box').count(), graph.nodes.length);
    await row(150).focus();
    await page.page.evaluate(() => new Promise(requestAnimationFrame));
    assert.ok(await box(150).evaluate(element => {
      const { top, bottom } = element.getBoundingClientRect();
      const pane = element.closest('.picture-scroll')!.getBoundingClientRect();
      return top >= pane.top - 1 && bottom <= pane.bottom + 1;
    }), 'the selected box is in view');
  });

  it('works with symbolic sizes and keeps what was chosen', async () => {
    await page.show(payload('any', symbolic()));
    assert.deepEqual(await cells(1), ['2', 'conv2d', 'H/2×W/2×8', '216', '169,344']);
    await page.page.locator('input[name="H"]').fill('112');
    await page.page.locator('input[name="H"]').press('Enter');
    await page.page.waitForFunction(() => document.querySelector('tr[data-row="1"]')!.textContent!.includes('338,688'));
    await page.page.locator('input[name="W"]').fill('0');
    await page.page.locator('input[name="W"]').press('Enter');
    assert.equal(await page.page.locator('input[name="W"]').inputValue(), '56', 'what is no size is taken back');
    await page.page.reload();
    await page.page.locator('.block-view').waitFor();
    assert.equal(await page.page.locator('input[name="H"]').inputValue(), '112');
  });

  it('comes back from being hidden with the same picture, selection and frames', async () => {
    await page.show(payload('inception', inception()));
    await page.page.locator('.frame-toggle').click();
    await row(19).click();
    await page.page.reload();
    await page.page.locator('.block-view').waitFor();
    assert.equal(await page.page.locator('.box').count(), 4);
    assert.match(await row(19).getAttribute('class') ?? '', /selected/);
    await page.next('ready');
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`follows the ${theme} theme while it is open`, async () => {
      await page.show(payload('classifier', classifier()));
      await page.setTheme(theme);
      const contrasts = await page.page.evaluate(() => {
        const luminance = (color: string): number => {
          const [r = 0, g = 0, b = 0] = (/color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)/.exec(color)?.slice(1).map(part => Number(part) * 255) ?? color.match(/[\d.]+/g)!.map(Number))
            .map(part => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        return [...document.querySelectorAll<SVGTextElement>('.box text')].map(text => {
          const [a, b] = [getComputedStyle(text).fill, getComputedStyle(text.closest('.box')!.querySelector('.box-body')!).fill].map(luminance) as [number, number];
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        });
      });
      assert.ok(Math.min(...contrasts) >= 4.5, `contrast ${Math.min(...contrasts)}`);
      await page.screenshot(`theme-${theme}`);
    });
  }

  for (const width of [320, 480, 1400]) {
    it(`fits a pane ${width} pixels wide`, async () => {
      await page.page.setViewportSize({ width, height: 800 });
      await page.show(payload('classifier', classifier()));
      const overflow = await page.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overflow, 0);
      for (const pane of ['.header', '.run', '.picture-pane', '.table-pane']) {
        const { width: actual, height } = (await page.page.locator(pane).boundingBox())!;
        assert.ok(actual <= width && height >= 28, `${pane}: ${actual}×${height}`);
      }
    });
  }
});
