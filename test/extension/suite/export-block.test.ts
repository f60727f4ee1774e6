// Export Block… opens code of another framework, or the block as data, in a document of its own.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { blockJson } from '../../../src/blocks/export/block-json.ts';
import type { BlockscopeApi } from '../../../src/extension/api.ts';
import { activate, temporaryFiles, until } from '../editor.ts';

const SOURCE = `const tf = require('@tensorflow/tfjs');
const small = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] })] });
const image = tf.input({ shape: [8, 8, 3] });
const unknownSize = size => tf.layers.dense({ units: size }).apply(tf.layers.flatten().apply(image));
`;

const IN_BLOCKS = `import { conv2d, input, sequential } from 'blockscope/blocks';
export const stem = sequential(input([1, 8, 8, 3]), conv2d({ filters: 4, kernelSize: 3 }));
export const sized = ({ filters = 4 }) => sequential(input([1, 8, 8, 3]), conv2d({ filters, kernelSize: 3 }));
`;

describe('Export Block', () => {
  const files = temporaryFiles();
  let api: BlockscopeApi;
  let document: vscode.TextDocument;
  let inBlocks: vscode.TextDocument;
  before(async () => {
    api = await activate();
    document = await vscode.workspace.openTextDocument(files.write('two.js', SOURCE));
    inBlocks = await vscode.workspace.openTextDocument(files.write('blocks.js', IN_BLOCKS));
  });
  beforeEach(async () => { await vscode.window.showTextDocument(document); });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
  after(() => files.remove());

  const id = (name: string, of = document): string => `${of.uri.toString()}#${name}@0`;
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

  it('opens a block that is written in blocks as JSON', async () => {
    await vscode.commands.executeCommand('blockscope.exportBlock', inBlocks.uri.toString(), [id('stem', inBlocks)], 'json');
    const opened = await until('the data is open', active, now => now !== document);
    const block = { sequential: [{ input: { shape: [1, 8, 8, 3] } }, { conv2d: { filters: 4, kernelSize: 3 } }] };
    // To the letter what the terminal prints.
    assert.deepEqual([opened!.languageId, opened!.isUntitled, opened!.getText()], ['json', true, blockJson(block)]);
    assert.deepEqual(api.failures(), []);
  });

  it('opens nothing as JSON that is not written in blocks, or is not certain', async () => {
    for (const [from, name] of [[document, 'small'], [inBlocks, 'sized']] as const) {
      await vscode.commands.executeCommand('blockscope.exportBlock', from.uri.toString(), [id(name, from)], 'json');
      assert.equal(active(), document);
    }
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
