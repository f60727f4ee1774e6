// Blocks of the article in the panel of a real VS Code, on each backend, and runs that end early: what VS Code permits its
// pages decides whether they start at all, and what is left of them.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { BlockPane } from '../../scripts/block-pane.ts';
import { webgpuFlags } from '../../scripts/browser.ts';
import { explain, openVSCode, type OpenVSCode } from '../../scripts/open-vscode.ts';
import { projectRoot } from '../../scripts/vscode-host.ts';
import { assertHeld } from './assert-held.ts';

const folder = path.join(projectRoot, 'examples/article');
const article = readdirSync(folder).filter(name => name.endsWith('.ts')).sort();

const elsewhere = [['webgl', 'WebGL'], ['cpu', 'JavaScript'], ['webgpu', 'WebGPU']] as const;

/** As large as in the file, some take half a minute on an emulated GPU and longer in plain JavaScript. */
const side = 14;

/** WebGL as a test wants it: none where the document says so, and lost by a function of the window. VS Code opens the document anew, without its listeners. */
function attendToWebGL(): void {
  const contexts: WebGL2RenderingContext[] = [];
  Object.assign(window, { loseWebGL: () => { for (const context of contexts.splice(0)) context.getExtension('WEBGL_lose_context')?.loseContext(); } });
  for (const canvas of [HTMLCanvasElement.prototype, OffscreenCanvas.prototype]) {
    const original = canvas.getContext as (...args: unknown[]) => RenderingContext | null;
    canvas.getContext = function (this: HTMLCanvasElement, ...args: unknown[]) {
      if (!String(args[0]).includes('webgl')) return original.apply(this, args);
      const context = document.documentElement.hasAttribute('without-webgl') ? null : original.apply(this, args);
      if (context) contexts.push(context as WebGL2RenderingContext);
      return context;
    } as never;
  }
}

describe('the panel of a real VS Code', function () {
  this.timeout(240_000);
  let vscode: OpenVSCode;
  let page: FrameLocator;
  let pane: BlockPane;

  const alert = (text: RegExp): Promise<void> => page.locator('.run').getByRole('alert').filter({ hasText: text }).waitFor();

  before(async () => {
    vscode = await openVSCode({ file: `article/${article[0]}`, extension: { folder: projectRoot }, viewport: { width: 1600, height: 1000 }, init: attendToWebGL, flags: webgpuFlags });
    await vscode.workbench.text(/→/).waitFor();
    await vscode.workbench.command('Blockscope: Visualize Block');
    await vscode.workbench.takeFirstChoiceUntil(vscode.workbench.page.locator('iframe.webview.ready'));
    page = vscode.workbench.webview();
    pane = new BlockPane(page);
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') console.log((await explain(this.currentTest.err, vscode, this.currentTest.title.replaceAll(/\W+/g, '-'))).message);
  });

  for (const file of article) {
    it(`runs ${file} on WebAssembly, and smaller on ${elsewhere.map(([, name]) => name).join(', ')}, with every check held`, async () => {
      if (file !== article[0]) {
        // Else it would take the place of the panel.
        await vscode.workbench.command('View: Focus First Editor Group');
        await vscode.workbench.openFile(file);
        await vscode.workbench.text(/→/).waitFor();
        await vscode.workbench.clickUntil(vscode.workbench.lens('Visualize'), page.locator('.header', { hasText: file }));
      }
      assertHeld(await pane.run('wasm'), 'WebAssembly');
      await pane.giveSize(side);
      for (const [backend, name] of elsewhere) assertHeld(await pane.run(backend), name);
    });
  }

  it('stops a run, and runs again', async () => {
    await pane.start('webgl', false);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('The run was stopped.').waitFor();
    assertHeld(await pane.run('webgl'), 'WebGL');
  });

  it('says where WebGL is lost in mid-run, and runs again', async () => {
    await pane.start('webgl', false);
    await page.locator('.progress-text', { hasText: 'Measuring' }).waitFor();
    await page.locator('.run').evaluate(() => (window as unknown as { loseWebGL(): void }).loseWebGL());
    await alert(/took its WebGL context away/);
    assertHeld(await pane.run('webgl'), 'WebGL');
  });

  it('refuses a block that is too large for the device, and runs it with sizes that fit', async () => {
    await pane.giveSize(8192);
    await pane.start('webgl', true);
    await alert(/does not fit into a texture of this GPU/);
    await page.getByRole('button', { name: 'As in the source' }).click();
    assertHeld(await pane.run('webgl'), 'WebGL');
  });

  it('says where there is no WebGL, and runs on WebAssembly', async () => {
    // As where the GPU is gone: the context is lost, and there is no other.
    await page.locator('.run').evaluate(() => {
      document.documentElement.setAttribute('without-webgl', '');
      (window as unknown as { loseWebGL(): void }).loseWebGL();
    });
    const said = await pane.run('webgl');
    assertHeld(said, 'WebAssembly');
    assert.ok(said.some(line => /^WebGL 2 is not available in this window/.test(line)), said.join('\n'));
  });
});
