// The line above each block.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate, temporaryFiles } from '../editor.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';

function block(x, filters) {
  return tf.layers.conv2d({ filters, kernelSize: 3 }).apply(x);
}

const image = tf.input({ shape: [28, 28, 1] });
const digits = tf.model({ inputs: image, outputs: tf.layers.flatten().apply(block(block(image, 8), 16)) });
`;

describe('code lenses', () => {
  const files = temporaryFiles();
  let lenses: vscode.CodeLens[];
  let document: vscode.TextDocument;
  before(async () => {
    await activate();
    document = await vscode.workspace.openTextDocument(files.write('lenses.js', SOURCE));
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
    // The language's own reference lenses are off by default, but may be on.
    lenses = all.filter(({ command }) => command?.command === '' || command?.command.startsWith('blockscope.'));
  });
  after(() => files.remove());

  const titlesAt = (line: number): string[] => lenses.filter(lens => lens.range.start.line === line).map(lens => lens.command!.title);

  it('say what a model comes to', () => {
    // 26·26·3·3·1·8 + 24·24·3·3·8·16 MACs; 80 + 1168 parameters.
    assert.deepEqual(titlesAt(7), ['digits · 28×28×1 → 9216 · 1.2k params · 712k MACs', '$(type-hierarchy)\u00a0Visualize', '$(play)\u00a0Profile']);
  });

  it('say what a function of the file comes to, with all its results', () => {
    const [totals, ...actions] = titlesAt(2);
    assert.equal(totals, '28×28×1 → 26×26×8 · 80 params | 26×26×8 → 24×24×16 · 1.2k params ×2');
    assert.deepEqual(actions, ['$(type-hierarchy)\u00a0Visualize', '$(play)\u00a0Profile', '$(list-filter)\u00a02 call paths']);
  });

  it('come once for each block, with commands that are registered', async () => {
    assert.equal(lenses.length, 7);
    const commands = new Set(await vscode.commands.getCommands(true));
    const acting = lenses.flatMap(({ command }) => (command!.command === '' ? [] : [command!.command]));
    assert.equal(acting.length, 5);
    for (const command of acting) assert.ok(commands.has(command), command);
  });
});
