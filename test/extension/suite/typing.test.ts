// While a statement does not parse, the other lines stay as they were.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate, diagnosticsOf, edit, hintsOf, labelOf, positionOf, temporaryFiles, until } from '../editor.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';
const input = tf.input({ shape: [8, 8, 3] });
const body = tf.layers.conv2d({ filters: 4, kernelSize: 3 }).apply(input);
const sum = tf.layers.add().apply([input, body]);
`;

describe('typing', () => {
  const files = temporaryFiles();
  let document: vscode.TextDocument;
  before(async () => {
    await activate();
    document = await vscode.workspace.openTextDocument(files.write('typing.js', SOURCE));
    await vscode.window.showTextDocument(document);
    await until('the contradiction', () => diagnosticsOf(document.uri), found => found.length === 1);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    files.remove();
  });

  const hints = async (): Promise<string[]> => (await hintsOf(document)).map(hint => `${hint.position.line}: ${labelOf(hint)}`);

  it('keeps hints with a mark, and problems, at their lines while the text does not parse', async () => {
    const before = await hints();
    const [problem] = diagnosticsOf(document.uri);
    const at = positionOf(document, '[8, 8, 3]');
    await edit(change => {
      change.replace(document.uri, new vscode.Range(at, at.translate(0, 9)), '[');
      change.insert(document.uri, at.with(1, 0), '\n');
    });
    const moved = before.map(hint => hint.replace(/^\d/, line => String(Number(line) + 1)));
    assert.deepEqual((await hints()).map(hint => hint.replace(/ …$/, '')), moved);
    assert.ok((await hints()).some(hint => hint.endsWith(' …')), 'what the text no longer says is marked');
    await until('the problem a line below', () => diagnosticsOf(document.uri), found => found.length === 1 && found[0]!.range.start.line === problem!.range.start.line + 1);
    await vscode.commands.executeCommand('undo');
    await until('the text as it was', () => document.getText(), text => text === SOURCE);
    assert.deepEqual(await hints(), before);
  });

  it('takes a hint away with its layer', async () => {
    const at = positionOf(document, 'conv2d');
    await edit(change => change.replace(document.uri, new vscode.Range(at, at.translate(0, 40)), '('));
    assert.ok((await hints()).every(hint => !hint.startsWith('2:')), JSON.stringify(await hints()));
    await vscode.commands.executeCommand('undo');
  });
});
