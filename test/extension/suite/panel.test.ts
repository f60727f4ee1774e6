// The panel in the real editor: it comes up, follows its document, and runs the block with TensorFlow.js in its page.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BlockscopeApi } from '../../../src/extension/api.ts';
import type { FinishedRun } from '../../../src/extension/block-panel.ts';
import { edit, panels, positionOf, until, withFile } from '../editor.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';

const model = tf.sequential();
model.add(tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [12, 12, 1] }));
model.add(tf.layers.flatten());
model.add(tf.layers.dense({ units: 7 }));
`;

describe('the panel', function () {
  this.timeout(120_000);
  let api: BlockscopeApi;
  let document: vscode.TextDocument;

  withFile('panel.js', SOURCE, opened => {
    ({ api, document } = opened);
    const caret = positionOf(document, 'flatten');
    opened.editor.selection = new vscode.Selection(caret, caret);
  });

  const shown = (): { readonly id: string; readonly version: number } | undefined => {
    const content = api.panelContent();
    return content && 'id' in content ? content : undefined;
  };

  function nextRun(): Promise<FinishedRun> {
    return new Promise(resolve => {
      const subscription = api.onDidFinishRun(run => { subscription.dispose(); resolve(run); });
    });
  }

  const setUnits = async (units: string): Promise<void> => {
    const start = positionOf(document, 'units: ').translate(0, 7);
    const end = document.positionAt(document.getText().indexOf(' }', document.offsetAt(start)));
    await edit(change => change.replace(document.uri, new vscode.Range(start, end), units));
  };

  it('shows the block under the caret beside the editor', async () => {
    await vscode.commands.executeCommand('blockscope.visualizeBlock');
    await until('the page is up and was sent the block', shown, content => content !== undefined, 60_000);
    assert.equal(shown()!.id, `${document.uri.toString()}#model@0`);
    assert.equal(panels().length, 1);
    await until('the title', () => panels()[0]!.label, label => label === 'model');
    assert.notEqual(panels()[0]!.group.viewColumn, vscode.ViewColumn.One);
  });

  it('runs it, and says what came out and how long it took', async () => {
    const run = nextRun();
    await vscode.commands.executeCommand('blockscope.profileBlock');
    const { name, report } = await run;
    assert.equal(name, 'model');
    assert.deepEqual(report.measuredShapes.map(shape => shape.slice(1)), [[7]]);
    assert.equal(report.shapesAgree, true);
    // 3·3·1·4 + 4, and 10·10·4·7 + 7.
    assert.equal(report.measuredParams, 40 + 2807);
    assert.deepEqual(report.mismatches, []);
    assert.ok(['webgl', 'wasm', 'cpu'].includes(report.backend), report.backend);
    assert.ok(report.whole.medianMs > 0);
    assert.ok(report.layers.length >= 3);
    assert.equal(api.lastRun()?.report, report);
  });

  it('follows the edits of its document', async () => {
    await setUnits('9');
    await until('the new version', () => shown()?.version, version => version === document.version);
    const run = nextRun();
    await vscode.commands.executeCommand('blockscope.profileBlock');
    assert.deepEqual((await run).report.measuredShapes.map(shape => shape.slice(1)), [[9]]);
  });

  it('keeps the picture while the code is half typed', async () => {
    const before = shown()!.version;
    const text = document.getText();
    await edit(change => change.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), `${text.slice(0, text.indexOf('const model'))}const model = tf.sequ(`));
    await new Promise(resolve => setTimeout(resolve, 500));
    assert.equal(shown()?.version, before);
    await edit(change => change.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text));
    await until('the block again', () => shown()?.version, version => version === document.version);
  });

  it('keeps the picture while a word at the caret is half typed', async () => {
    const text = document.getText();
    const before = shown()!.version;
    const caret = positionOf(document, ' }));\n');
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    editor.selection = new vscode.Selection(caret, caret);
    await vscode.commands.executeCommand('type', { text: ', kernelS' });
    await new Promise(resolve => setTimeout(resolve, 500));
    assert.equal(shown()?.version, before, document.getText());
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await until('what the text says when the caret has left it', () => shown()?.version, version => version === document.version);
    await edit(change => change.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text));
    await until('the block again', () => shown()?.version, version => version === document.version);
  });

  it('says so when the block is gone, and shows it again when it is back', async () => {
    const text = document.getText();
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    await edit(change => change.replace(document.uri, whole, text.replaceAll('model', 'other')));
    const content = await until('a sentence instead', () => api.panelContent(), now => now !== undefined && 'message' in now);
    assert.match((content as { message: string }).message, /no longer has a block “model”/);
    await edit(change => change.replace(document.uri, whole, text));
    await until('the block again', () => shown()?.version, version => version === document.version);
  });

  it('is there again after it was hidden', async () => {
    const column = panels()[0]!.group.viewColumn;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'something in front of it' }), { viewColumn: column, preview: false });
    await until('no page', () => api.panelContent(), content => content === undefined);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until('the page again', shown, content => content?.version === document.version, 60_000);
  });

  it('ends a run that it was hidden in', async () => {
    const run = nextRun();
    const column = panels()[0]!.group.viewColumn;
    const started = new Promise<void>(resolve => {
      const subscription = api.onDidStartRun(() => { subscription.dispose(); resolve(); });
    });
    await vscode.commands.executeCommand('blockscope.profileBlock');
    await started;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'something in front of the run' }), { viewColumn: column, preview: false });
    await until('no page', () => api.panelContent(), content => content === undefined);
    const seen = api.lastRun();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const { report } = await run;
    assert.equal(report.shapesAgree, true);
    assert.equal(api.lastRun()?.report, report);
    assert.notEqual(seen?.report, report, 'The run had ended before the panel was hidden.');
  });

  it('is one panel, however often it is asked for', async () => {
    await vscode.commands.executeCommand('blockscope.visualizeBlock', document.uri.toString(), [`${document.uri.toString()}#model@0`]);
    await vscode.commands.executeCommand('blockscope.visualizeBlock', document.uri.toString(), [`${document.uri.toString()}#model@0`]);
    assert.equal(panels().length, 1);
  });

  it('leaves no error behind', () => assert.deepEqual(api.failures(), []));
});
