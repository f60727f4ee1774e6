// The built page in a real browser, under the content security policy that the extension gives it, with a VS Code that
// only remembers what it is told.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { BackendName, Message, RunReport, RunSettings, ToExtension, ToWebview } from '../../src/blocks/protocol/messages.ts';
import { browserFlags, launchBrowser } from '../../scripts/browser.ts';
import { payload, residualBlock } from './blocks.ts';
import { themes, type ThemeName } from './themes.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** `WEBVIEW_DIST` lets somebody who works on the page build it aside. */
const dist = process.env['WEBVIEW_DIST'] ?? path.join(root, 'dist');

/** As src/extension/panel-page.ts has it; a test compares the two. */
export const policyFor = (nonce: string, source: string): readonly string[] => [
  `default-src 'none'`, `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`, `style-src ${source}`, `img-src ${source} data:`, `font-src ${source}`,
];

/** A Chromium without any WebGL, as on a machine without a GPU. */
export const noWebGLFlags: readonly string[] = [
  ...browserFlags.filter(flag => !/swiftshader|use-gl/.test(flag)), '--disable-gpu', '--disable-software-rasterizer',
];

const FAKE_VSCODE = `
  const messages = [];
  window.sentMessages = messages;
  window.acquireVsCodeApi = () => ({
    postMessage: message => { messages.push(structuredClone(message)); window.onSent?.(); },
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: state => sessionStorage.setItem('state', JSON.stringify(state)),
  });
  window.violations = [];
  document.addEventListener('securitypolicyviolation', event => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
`;

export class PageServer {
  private constructor(private readonly server: Server, readonly origin: string) {}

  static async start(): Promise<PageServer> {
    for (const file of ['webview.js', 'webview.css']) {
      if (!existsSync(path.join(dist, file))) throw new Error(`${path.join(dist, file)} is missing: run "npm run build" first.`);
    }
    const server = createServer((request, response) => {
      const { port } = server.address() as AddressInfo;
      const name = (request.url ?? '/').slice(1);
      const send = (type: string, body: string | Buffer): void => void response.writeHead(200, { 'Content-Type': type }).end(body);
      if (name === '') send('text/html', html(`http://127.0.0.1:${port}`));
      else if (name === 'fake-vscode.js') send('text/javascript', FAKE_VSCODE);
      else if (/^webview(\/[\w-]+)?\.js$/.test(name) && existsSync(path.join(dist, name))) send('text/javascript', readFileSync(path.join(dist, name)));
      else if (name === 'webview.css') send('text/css', readFileSync(path.join(dist, name)));
      else response.writeHead(name === 'favicon.ico' ? 204 : 404).end();
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return new PageServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  /** The emulated GPU of the tests is used where `backend` does not say otherwise: WebGL is what most people have. */
  async open(browser: Browser, options: { readonly backend?: BackendName | 'as-found'; readonly theme?: ThemeName; readonly width?: number; readonly height?: number; readonly init?: () => void } = {}): Promise<BlockPage> {
    const page = await browser.newPage({ viewport: { width: options.width ?? 760, height: options.height ?? 900 } });
    const opened = new BlockPage(page);
    // The loader that runs the tests marks functions with this name, also those that are sent into the page.
    await page.addInitScript('globalThis.__name = value => value');
    if (options.init) await page.addInitScript(options.init);
    await page.goto(this.origin);
    await opened.setTheme(options.theme ?? 'dark');
    await opened.next('ready');
    if (options.backend !== 'as-found') await opened.chooseBackend(options.backend ?? 'webgl');
    return opened;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise(resolve => this.server.close(() => resolve()));
  }
}

/** One page for all tests of a suite, empty again before each; a test in which the page has an error fails. */
export function withPage(opened: (page: BlockPage) => void, { flags, init }: { readonly flags?: readonly string[]; readonly init?: () => void } = {}): void {
  let browser: Browser;
  let server: PageServer;
  let page: BlockPage;
  before(async () => {
    server = await PageServer.start();
    browser = await launchBrowser(flags);
    page = await server.open(browser, init ? { init } : {});
    opened(page);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  beforeEach(() => page.reset());
  afterEach(() => assert.deepEqual(page.errors, []));
}

function html(origin: string): string {
  const nonce = randomBytes(16).toString('base64');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(nonce, origin).join('; ')}">
<link rel="stylesheet" href="${origin}/webview.css">
</head>
<body class="vscode-dark">
<div id="app">Loading Blockscope…</div>
<script nonce="${nonce}" src="${origin}/fake-vscode.js"></script>
<script type="module" nonce="${nonce}" src="${origin}/webview.js"></script>
</body>
</html>`;
}

declare global {
  interface Window {
    sentMessages: { type: string; data: unknown }[];
    violations: string[];
  }
}

/** The page, with what the extension does to it and hears from it. */
export class BlockPage {
  readonly errors: string[] = [];

  constructor(readonly page: Page) {
    page.on('pageerror', error => this.errors.push(String(error.stack ?? error)));
    page.on('console', message => { if (message.type() === 'error') this.errors.push(message.text()); });
  }

  async send<K extends keyof ToWebview>(type: K, data: ToWebview[K]): Promise<void> {
    await this.page.evaluate(message => window.postMessage(message, '*'), { type, data });
  }

  /** All messages of a kind that the page sent so far. */
  async sent<K extends keyof ToExtension>(type: K): Promise<ToExtension[K][]> {
    const messages = await this.page.evaluate(() => window.sentMessages) as Message<ToExtension>[];
    return messages.filter(message => message.type === type).map(message => message.data as ToExtension[K]);
  }

  /** The last message of a kind once there are at least `count` of them. */
  async next<K extends keyof ToExtension>(type: K, count = 1, timeout = 90_000): Promise<ToExtension[K]> {
    await this.page.waitForFunction(
      ([wanted, least]) => window.sentMessages.filter(message => message.type === wanted).length >= least,
      [type, count] as const, { timeout, polling: 50 },
    );
    return (await this.sent(type)).at(-1)!;
  }

  /** Shows a block, profiles it, and waits for the report. Most tests need a run, and no certain times. */
  async profile(block: ToWebview['show']['block'], settings: RunSettings = { quick: true }): Promise<RunReport> {
    const [before, failures] = [(await this.sent('runFinished')).length, (await this.sent('runFailed')).length];
    // The page keeps what was chosen last.
    await this.send('show', { block, profile: true, settings: { quick: false, ...settings } });
    const failed = this.next('runFailed', failures + 1).then(({ message }) => { throw new Error(message); });
    failed.catch(() => {});
    return (await Promise.race([this.next('runFinished', before + 1), failed])).report;
  }

  /** Through the page itself, which has the choice while a block is shown. */
  async chooseBackend(backend: BackendName): Promise<void> {
    await this.show(payload('a block to choose by', residualBlock()));
    await this.page.locator('.backend select').selectOption(backend);
    await this.reset();
  }

  /** As a new page would be: nothing shown, nothing sent, nothing kept. */
  async reset(): Promise<void> {
    this.errors.length = 0;
    await this.page.setViewportSize({ width: 760, height: 900 });
    await this.send('empty', { message: 'Nothing yet.' });
    await this.page.getByText('Nothing yet.').waitFor();
    await this.page.evaluate(() => { window.sentMessages.length = 0; });
  }

  async show(block: ToWebview['show']['block']): Promise<void> {
    await this.send('show', { block, profile: false });
    await this.page.locator('.block-view h1', { hasText: block.name }).waitFor();
  }

  /** As VS Code does it: variables on the root element and a class on the body. */
  async setTheme(name: ThemeName): Promise<void> {
    await this.page.evaluate(({ bodyClass, variables }) => {
      for (const property of [...document.documentElement.style]) document.documentElement.style.removeProperty(property);
      for (const [property, value] of Object.entries(variables)) document.documentElement.style.setProperty(property, value);
      document.body.className = bodyClass;
    }, themes[name]);
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(root, 'shots', `webview-${name}.png`) });
  }
}

export { launchBrowser };
