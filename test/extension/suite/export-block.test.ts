// Export Block… opens code of another framework in a document of its own.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BlockscopeApi } from '../../../src/extension/api.ts';
import { activate, temporaryFiles, until } from '../editor.ts';

const SOURCE = `const tf = require('@tensorflow/tfjs');
const small = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] })] });
const image = tf.input({ shape: [8, 8, 3] });
const unknownSize = size => tf.layers.dense({ units: size }).apply(tf.layers.flatten().apply(image));
`;

describe('Export Block', () => {
  const files = temporaryFiles();
  let api: BlockscopeApi;
  let document: vscode.TextDocument;
  before(async () => {
    api = await activate();
    document = await vscode.workspace.openTextDocument(files.write('two.js', SOURCE));
  });
  beforeEach(async () => { await vscode.window.showTextDocument(document); });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
  after(() => files.remove());

  const id = (name: string): string => `${document.uri.toString()}#${name}@0`;
  const active = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;

  for (const [format, language, begin] of [['pytorch', 'python', 'import torch\n'], ['keras', 'python', 'import keras\n'], ['tf', 'typescript', 'import * as tf']] as const) {
    it(`opens ${format} code as ${language}`, async () => {
      await vscode.commands.executeCommand('blockscope.exportBlock', document.uri.toString(), [id('small')], format);
      const opened = await until('the code is open', active, now => now !== document);
      assert.deepEqual([opened!.languageId, opened!.isUntitled, opened!.getText().slice(0, begin.length)], [language, true, begin]);
      assert.deepEqual(api.failures(), []);
    });
  }

  it('opens nothing where something of the block is not known', async () => {
    await vscode.commands.executeCommand('blockscope.exportBlock', document.uri.toString(), [id('unknownSize')], 'keras');
    assert.equal(active(), document);
    assert.deepEqual(api.failures(), []);
  });

  it('asks for the format, and opens nothing where nobody says', async () => {
    let ended = false;
    const asked = Promise.resolve(vscode.commands.executeCommand('blockscope.exportBlock', document.uri.toString(), [id('small')])).then(() => { ended = true; });
    await until('the command ends', async () => {
      if (!ended) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return ended;
    }, now => now);
    await asked;
    assert.equal(active(), document);
  });
});
