// Charts in a real browser: what they draw, in which colours, what they say to those who do not see them, and that they leave nothing behind.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.ts';
import { policyFor } from './open-page.ts';
import { themes, type ThemeName } from './themes.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface ChartWindow {
  draw(names: readonly string[], active: number | null): void;
  readonly heard: (number | null)[];
}

describe('charts', () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  const errors: string[] = [];

  before(async () => {
    const { outputFiles } = await build({
      entryPoints: { page: path.join(import.meta.dirname, 'chart-page.tsx') }, bundle: true, write: false, outdir: 'out', platform: 'browser', format: 'iife', target: 'chrome120', logLevel: 'warning',
      jsx: 'automatic', jsxImportSource: 'preact', tsconfigRaw: {},
    });
    const textOf = (extension: string): string => outputFiles.find(file => file.path.endsWith(extension))!.text;
    server = createServer((request, response) => {
      const send = (type: string, body: string, headers = {}): void => void response.writeHead(200, { 'Content-Type': type, ...headers }).end(body);
      const origin = `http://${request.headers.host}`;
      if (request.url === '/') send('text/html', `<!DOCTYPE html><html lang="en"><link rel="stylesheet" href="page.css"><body><div id="app"></div><script nonce="n" src="page.js"></script>`, { 'Content-Security-Policy': policyFor('n', origin).join('; ') });
      else if (request.url === '/page.js') send('text/javascript', textOf('.js'));
      else if (request.url === '/page.css') send('text/css', textOf('.css'));
      else response.writeHead(204).end();
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 460, height: 900 } });
    await page.addInitScript('globalThis.__name = value => value');
    page.on('pageerror', error => errors.push(String(error)));
    page.on('console', message => { if (message.type() === 'error') errors.push(message.text()); });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });
  beforeEach(() => setTheme('dark'));
  // What the policy forbids is an error of the console.
  afterEach(() => assert.deepEqual(errors.splice(0), []));

  const setTheme = (name: ThemeName): Promise<void> => page.evaluate(({ bodyClass, variables }) => {
    for (const [property, value] of Object.entries(variables)) document.documentElement.style.setProperty(property, value);
    document.body.className = bodyClass;
  }, themes[name]);

  const draw = async (names: readonly string[], active: number | null = null): Promise<void> => {
    await page.evaluate(([list, id]) => (window as unknown as ChartWindow).draw(list, id), [names, active] as const);
    await page.waitForFunction(count => [...document.querySelectorAll('canvas')].filter(canvas => canvas.width > 300).length === count, names.length);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  };

  /** How many pixels of the first chart have the colour, which is written as #rrggbb, but for rounding. */
  const pixelsOf = (color: string): Promise<number> => page.evaluate(wanted => {
    const canvas = document.querySelector('canvas')!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const parts = [1, 3, 5].map(at => parseInt(wanted.slice(at, at + 2), 16));
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i + 3]! > 250 && parts.every((part, j) => Math.abs(data[i + j]! - part) <= 2)) count++;
    return count;
  }, color);

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`takes the colours of the ${theme} theme, also when it changes`, async () => {
      const { '--vscode-charts-blue': own } = themes[theme].variables;
      const other = themes[theme === 'light' ? 'dark' : 'light'];
      await setTheme(theme === 'light' ? 'dark' : 'light');
      await draw(['logarithmic', 'lines', 'bars']);
      assert.ok(await pixelsOf(own!) < 4, 'but for what the edges of others are mixed to');
      assert.ok(await pixelsOf(other.variables['--vscode-charts-blue']!) > 40);
      await setTheme(theme);
      await page.evaluate(() => new Promise(requestAnimationFrame));
      assert.ok(await pixelsOf(own!) > 40);
      await page.screenshot({ path: path.join(root, 'shots', `webview-charts-${theme}.png`) });
    });
  }

  it('draws the error bar of an interval', async () => {
    await draw(['bars']);
    // Above all bars there is nothing in the colour of the text but it.
    const rows = await page.evaluate(() => {
      const canvas = document.querySelector('canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const top = { bar: Infinity, stroke: Infinity };
      for (let i = 0; i < data.length; i += 4) {
        const [x, y] = [(i / 4) % canvas.width, Math.floor(i / 4 / canvas.width)];
        if (x < 60) continue;
        if (data[i] === 0xb1 && data[i + 1] === 0x80 && data[i + 2] === 0xd7) top.bar = Math.min(top.bar, y);
        if (data[i] === 0xcc && data[i + 1] === 0xcc && data[i + 2] === 0xcc) top.stroke = Math.min(top.stroke, y);
      }
      return top;
    });
    assert.ok(rows.stroke < rows.bar - 5, JSON.stringify(rows));
  });

  it('says the same in a table, with intervals', async () => {
    await draw(['logarithmic']);
    const rows = await page.getByRole('table', { name: 'The chart logarithmic' }).locator('tbody tr').allTextContents();
    assert.equal(rows[0], 'Limited by arithmeticconv2d2030 (95 % confidence 24 – 35)');
    assert.equal(rows.length, 6);
    assert.equal(await page.locator('.chart-canvas').getAttribute('aria-hidden'), 'true');
    const { width, height } = (await page.locator('.chart-table').boundingBox())!;
    assert.ok(width <= 1 && height <= 1, 'the table is not seen');
  });

  it('tells which point the pointer is over, and which was chosen', async () => {
    await draw(['logarithmic']);
    const at = await page.evaluate(() => {
      // The middle of the triangle, the only orange in the chart above the legend.
      const canvas = document.querySelector('canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      for (let i = 0; i < data.length; i += 4) {
        if (data[i] === 0xd1 && data[i + 1] === 0x86 && data[i + 2] === 0x16) return { x: (i / 4) % canvas.width, y: Math.floor(i / 4 / canvas.width) + 2 };
      }
      return undefined;
    });
    await page.locator('canvas').hover({ position: at! });
    await page.waitForFunction(() => (window as unknown as ChartWindow).heard.at(-1) === 9);
    await page.locator('canvas').click({ position: at! });
    await page.locator('canvas').hover({ position: { x: 2, y: 2 } });
    await page.waitForFunction(() => (window as unknown as ChartWindow).heard.at(-1) === null);
    assert.deepEqual(await page.evaluate(() => [...(window as unknown as ChartWindow).heard]), [9, 9, null]);
  });

  it('sets off the active point', async () => {
    await draw(['logarithmic'], null);
    const before = await pixelsOf('#d18616');
    await draw(['logarithmic'], 9);
    assert.ok(await pixelsOf('#d18616') > before * 1.5);
  });

  it('leaves nothing behind', async () => {
    await draw(['logarithmic', 'bars']);
    await page.evaluate(() => (window as unknown as ChartWindow).draw([], null));
    assert.equal(await page.locator('.charts-of-test > *').count(), 0);
    // A theme that changes afterwards finds no chart to redraw: an error of the page would fail the test.
    await setTheme('light');
    await page.evaluate(() => new Promise(requestAnimationFrame));
  });
});
