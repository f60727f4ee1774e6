// While a statement does not parse, the other lines stay as they were.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate, diagnosticsOf, edit, hintsOf, labelOf, positionOf, temporaryFiles, until } from '../editor.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';
const input = tf.input({ shape: [8, 8, 3] });
const body = tf.layers.conv2d({ filters: 4, kernelSize: 3 }).apply(input);
const sum = tf.layers.add().apply([input, body]);
const other = tf.layers.dense({ units: 2 }).apply(tf.input({ shape: [4] }));
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

  /** Types at the caret, as a person does: the editor may close what is opened. */
  const type = async (at: vscode.Position, text: string): Promise<void> => {
    vscode.window.activeTextEditor!.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('type', { text });
  };
  const leave = (): void => { vscode.window.activeTextEditor!.selection = new vscode.Selection(0, 0, 0, 0); };
  const undo = async (): Promise<void> => {
    await until('the text as it was', async () => { await vscode.commands.executeCommand('undo'); return document.getText(); }, text => text === SOURCE);
    leave();
  };

  it('closes at the caret what is not closed yet', async () => {
    await type(positionOf(document, '8, 8, 3'), '`');
    assert.ok(document.getText().includes('[`8, 8, 3]'), document.getText());
    assert.ok((await hints()).includes('4: → 2 · 10'), JSON.stringify(await hints()));
    await undo();
  });

  it('keeps what depends on half a word, with a mark, until the caret leaves the statement', async () => {
    const before = await hints();
    await type(positionOf(document, '.apply(input)').translate(0, '.apply(input'.length), 's');
    assert.ok(document.getText().includes('.apply(inputs)'), document.getText());
    assert.deepEqual(await hints(), before.map(hint => (/^2/.test(hint) ? `${hint} …` : hint)));
    leave();
    await until('hints without a mark', hints, now => now.every(hint => !hint.endsWith('…')));
    await undo();
    assert.deepEqual(await hints(), before);
  });

  it('says what is wrong with a statement when the caret has left it', async () => {
    await type(positionOf(document, ': 3 })'), 's');
    assert.ok(document.getText().includes('kernelSizes: 3'), document.getText());
    leave();
    await until('the unknown attribute', () => diagnosticsOf(document.uri), found => found.some(({ code }) => code === 'unknown-attribute'));
    await undo();
    await until('only what was said before', () => diagnosticsOf(document.uri), found => found.length === 1);
  });
});
