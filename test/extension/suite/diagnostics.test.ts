// Contradictions in the Problems view, and how they follow the typing.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate, diagnosticsOf, edit, positionOf, temporaryFiles, until } from '../editor.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';
const input = tf.input({ shape: [56, 56, 64] });
const body = tf.layers.conv2d({ filters: 128, kernelSize: 3, padding: 'same' }).apply(input);
const sum = tf.layers.add().apply([input, body]);
`;

describe('diagnostics', () => {
  const files = temporaryFiles();
  let document: vscode.TextDocument;
  before(async () => {
    await activate();
    document = await vscode.workspace.openTextDocument(files.write('contradiction.js', SOURCE));
    await vscode.window.showTextDocument(document);
  });
  after(() => files.remove());

  it('name both shapes of a contradiction, once', async () => {
    const [diagnostic, ...more] = await until('a diagnostic', () => diagnosticsOf(document.uri), found => found.length > 0);
    assert.deepEqual(more, []);
    assert.equal(diagnostic!.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(diagnostic!.range.start.line, 3);
    assert.match(diagnostic!.message, /56, 56, 64\].*56, 56, 128\]/);
    assert.match(String(diagnostic!.code), /^[a-z]+(-[a-z]+)+$/);
  });

  it('go when the contradiction is gone, and come back with it', async () => {
    const at = positionOf(document, '128');
    await edit(change => change.replace(document.uri, new vscode.Range(at, at.translate(0, 3)), '64'));
    await until('no diagnostic', () => diagnosticsOf(document.uri), found => found.length === 0);
    await edit(change => change.replace(document.uri, new vscode.Range(at, at.translate(0, 2)), '128'));
    await until('the diagnostic', () => diagnosticsOf(document.uri), found => found.length === 1);
  });

  it('are as loud as the settings say', async () => {
    const settings = vscode.workspace.getConfiguration('blockscope');
    try {
      await settings.update('diagnostics.level', 'warning', vscode.ConfigurationTarget.Global);
      await until('a warning', () => diagnosticsOf(document.uri), ([first]) => first?.severity === vscode.DiagnosticSeverity.Warning);
      await settings.update('diagnostics.level', 'off', vscode.ConfigurationTarget.Global);
      await until('nothing', () => diagnosticsOf(document.uri), found => found.length === 0);
    } finally {
      await settings.update('diagnostics.level', undefined, vscode.ConfigurationTarget.Global);
    }
    await until('the error', () => diagnosticsOf(document.uri), ([first]) => first?.severity === vscode.DiagnosticSeverity.Error);
  });

  it('go with the document', async () => {
    const other = await vscode.workspace.openTextDocument({ language: 'javascript', content: SOURCE });
    await until('a diagnostic', () => diagnosticsOf(other.uri), found => found.length === 1);
    await vscode.window.showTextDocument(other);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until('no diagnostic of a closed document', () => diagnosticsOf(other.uri), found => found.length === 0);
  });
});
