// What a newcomer does, in a real VS Code: opens an example, reads a hint, rests the mouse on a layer, runs Profile Block
// from the command palette, and reads the result in the panel.
import assert from 'node:assert/strict';
import { BlockPane } from '../../scripts/block-pane.ts';
import { firstExample } from '../../scripts/headless-tour.ts';
import { explain, openVSCode, type OpenVSCode } from '../../scripts/open-vscode.ts';
import { projectRoot } from '../../scripts/vscode-host.ts';
import type { EditorLine } from '../../scripts/workbench.ts';

describe('an example in a real VS Code', function () {
  this.timeout(240_000);
  let vscode: OpenVSCode;
  let lines: EditorLine[];

  before(async () => {
    vscode = await openVSCode({ file: firstExample, extension: { folder: projectRoot }, viewport: { width: 1600, height: 1400 } });
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') console.log((await explain(this.currentTest.err, vscode, this.currentTest.title.replaceAll(/\W+/g, '-'))).message);
  });

  /** The line of the first layer of the example, which is a convolution on 28×28 images. */
  const convolution = (): EditorLine => {
    const line = lines.find(({ code }) => /\bconv2d\(/.test(code));
    assert.ok(line, 'The example shows no conv2d.');
    return line;
  };

  /** Stands where the call ends, which may be some lines further down. */
  const hintOfConvolution = (): string => lines.find(({ number, hints }) => number >= convolution().number && hints.length > 0)!.hints[0]!;

  it('shows what comes out of each layer at its line', async () => {
    await vscode.workbench.theme('dark');
    await vscode.workbench.text(/→/).waitFor();
    lines = await vscode.workbench.visibleLines();
    const layers = lines.filter(({ code }) => /\btf\.layers\.\w+\(/.test(code));
    assert.ok(layers.length > 0);
    assert.equal(lines.flatMap(({ hints }) => hints).length, layers.length, 'a hint for each layer');
    await vscode.screenshot('e2e-editor');
  });

  it('names the totals of the block above it', async () => {
    await vscode.workbench.lens(/ params · .* MACs/).waitFor();
    await vscode.workbench.lens('Profile').waitFor();
  });

  it('explains a layer in a hover', async () => {
    const hover = await vscode.workbench.hover('conv2d', convolution().number);
    assert.match(hover, /^conv2d/m);
    assert.match(hover, /\[null, 28, 28, 1\] → \[null, \d+, \d+, \d+\]/);
    assert.match(hover, /Parameters: .* = \d/);
    await vscode.screenshot('e2e-hover');
    await vscode.workbench.rest();
  });

  it('profiles the block from the command palette, and measures what was inferred', async () => {
    await vscode.workbench.goToLine(convolution().number);
    await vscode.workbench.command('Blockscope: Profile Block');
    await vscode.workbench.takeFirstChoiceUntil(vscode.workbench.page.locator('iframe.webview.ready'));
    const pane = new BlockPane(vscode.workbench.webview());
    await pane.runFinished();
    await vscode.workbench.rest();
    await vscode.screenshot('e2e-result');

    const summary = await pane.summary();
    assert.match(summary[0]!, /^[\d.]+ (?:µs|ms|s)$/);
    assert.ok(summary.some(line => /^✓ output .* measured as inferred$/.test(line)), summary.join('\n'));
    assert.ok(summary.some(line => /^✓ [\d,]+ parameters measured as inferred$/.test(line)), summary.join('\n'));

    const [head, ...rows] = await pane.table();
    const [layer, output, time] = ['Layer', 'Output', 'Time'].map(title => head!.indexOf(title));
    const row = rows.find(cells => cells[layer!] === 'conv2d');
    assert.ok(row, 'The table has no conv2d.');
    assert.equal(row[output!], hintOfConvolution().replace(/^→ | · .*$/g, ''), 'The table and the hint disagree.');
    assert.match(row[time!]!, /\d.* (?:µs|ms|s)\b/);
  });

  it('keeps the run, until whoever is asked says that it shall be removed', async () => {
    const history = vscode.workbench.webview().locator('.history');
    await history.locator('summary', { hasText: 'Earlier runs (1 kept)' }).click();
    const dialog = vscode.workbench.page.locator('.monaco-dialog-box');
    for (const [answer, summary] of [['Cancel', 'Earlier runs (1 kept)'], ['Remove', /^Earlier runs$/]] as const) {
      await history.getByRole('button', { name: 'Clear all…' }).click();
      await dialog.getByText('Remove the kept run of').waitFor();
      await vscode.screenshot('e2e-clear-history');
      await dialog.getByRole('button', { name: answer }).click();
      await dialog.waitFor({ state: 'hidden' });
      await history.locator('summary', { hasText: summary }).waitFor();
    }
  });

  it('draws the block in light colours too', async () => {
    await vscode.workbench.theme('light');
    const background = (): Promise<string> => vscode.workbench.webview().locator('body').evaluate(body => getComputedStyle(body).backgroundColor);
    const [red, green, blue] = /(\d+), (\d+), (\d+)/.exec(await background())!.slice(1).map(Number);
    assert.ok(Math.min(red!, green!, blue!) > 200, `The panel is still dark: ${red}, ${green}, ${blue}.`);
    await vscode.screenshot('e2e-result-light');
  });

  it('says nothing that was not asked', async () => {
    assert.deepEqual(await vscode.workbench.notifications(), []);
  });
});
