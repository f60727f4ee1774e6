// Example calls: the lens that writes one, the command that selects its arguments, and what is offered while typing it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate, edit, hintsOf, labelOf, positionOf, temporaryFiles, until } from '../editor.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';

export function head(units: number, features: number) {
  return tf.layers.dense({ units }).apply(tf.input({ shape: [features] }));
}
`;

describe('example arguments', () => {
  const files = temporaryFiles();
  let document: vscode.TextDocument;
  before(async () => {
    await activate();
    document = await vscode.workspace.openTextDocument(files.write('head.ts', SOURCE));
    await vscode.window.showTextDocument(document);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    files.remove();
  });

  const lens = async (): Promise<vscode.Command | undefined> => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
    return lenses.map(({ command }) => command).find(command => command?.command === 'blockscope.setExampleArguments');
  };
  const hints = async (): Promise<string[]> => (await hintsOf(document)).map(labelOf);

  it('are written by the lens above what nobody calls, and taken back by one undo', async () => {
    assert.deepEqual(await hints(), ['→ units · features·units+units', '→ features']);
    const command = await lens();
    assert.equal(command?.title, '$(edit)\u00a0set example arguments');
    await vscode.commands.executeCommand(command.command, ...command.arguments as unknown[]);
    const line = await until('the comment', () => document.lineAt(2).text, text => text.startsWith('//'));
    assert.equal(line, '// @blockscope head(32, 32)');
    assert.deepEqual(await hints(), ['→ 32 · 1.1k', '→ 32']);
    await vscode.commands.executeCommand('undo');
    await until('the text as it was', () => document.getText(), text => text === SOURCE);
    await vscode.commands.executeCommand('redo');
    await until('the comment again', () => document.lineAt(2).text, text => text === line);
  });

  it('are selected where there are some', async () => {
    const command = await lens();
    assert.equal(command?.title, '$(edit)\u00a0edit example arguments');
    await vscode.commands.executeCommand(command.command, ...command.arguments as unknown[]);
    const editor = vscode.window.activeTextEditor!;
    assert.equal(document.getText(editor.selection), '32, 32');
  });

  it('are offered while the comment is being typed', async () => {
    const start = positionOf(document, 'head(32');
    await edit(change => change.delete(document.uri, new vscode.Range(start, document.lineAt(start).range.end)));
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, start, ' ');
    const item = items.find(({ label }) => typeof label !== 'string' && label.label === 'head');
    assert.equal((item?.insertText as vscode.SnippetString | undefined)?.value, 'head(${1:32}, ${2:32})');
  });
});
