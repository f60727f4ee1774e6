// A block of the article in the panel of a real VS Code, on each backend that every machine has: what VS Code permits its pages decides whether
// they start at all.
import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { BlockPane } from '../../scripts/block-pane.ts';
import { explain, openVSCode, type OpenVSCode } from '../../scripts/open-vscode.ts';
import { projectRoot } from '../../scripts/vscode-host.ts';

describe('the panel of a real VS Code', function () {
  this.timeout(240_000);
  let vscode: OpenVSCode;
  let page: FrameLocator;
  let pane: BlockPane;

  before(async () => {
    vscode = await openVSCode({ file: 'article/08-depthwise-separable-conv.ts', extension: { folder: projectRoot }, viewport: { width: 1600, height: 1000 } });
    await vscode.workbench.text(/→/).waitFor();
    await vscode.workbench.command('Blockscope: Profile Block');
    await vscode.workbench.takeFirstChoiceUntil(vscode.workbench.page.locator('iframe.webview.ready'));
    page = vscode.workbench.webview();
    pane = new BlockPane(page);
    await pane.runFinished();
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') console.log((await explain(this.currentTest.err, vscode, this.currentTest.title.replaceAll(/\W+/g, '-'))).message);
  });

  const profile = () => page.getByRole('button', { name: 'Profile', exact: true });

  for (const [backend, name] of [['webgl', 'WebGL'], ['wasm', 'WebAssembly'], ['cpu', 'JavaScript']] as const) {
    it(`runs a block on ${name}, with every check held`, async () => {
      await page.locator('.backend select').selectOption(backend);
      await profile().click();
      await page.locator('.progress').waitFor();
      await page.locator('.progress').waitFor({ state: 'hidden' });
      await pane.runFinished();
      const said = await pane.summary();
      assert.ok(said.some(line => line.includes(name)), said.join('\n'));
      assert.ok(said.filter(line => line.startsWith('✓')).length >= 3, said.join('\n'));
      assert.deepEqual(said.filter(line => line.startsWith('✗')), []);
    });
  }

  it('stops a run, and runs again', async () => {
    await profile().click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('The run was stopped.').waitFor();
    await profile().click();
    await page.locator('.progress').waitFor();
    await page.locator('.progress').waitFor({ state: 'hidden' });
    await pane.runFinished();
  });
});
