// Settings apply at once, and what the code reads is what the manifest declares.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settingNames } from '../../../src/extension/settings.ts';
import { activate, diagnosticsOf, hintsOf, labelOf, temporaryFiles, until } from '../editor.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';
const image = tf.input({ shape: [28, 28, 1] });
const features = tf.layers.conv2d({ filters: 8, kernelSize: 3 }).apply(image);
`;

interface Manifest {
  readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> } };
}

describe('settings', () => {
  const files = temporaryFiles();
  const settings = () => vscode.workspace.getConfiguration('blockscope');
  let document: vscode.TextDocument;
  before(async () => {
    await activate();
    document = await vscode.workspace.openTextDocument(files.write('settings.js', SOURCE));
    await vscode.window.showTextDocument(document);
  });
  after(() => files.remove());
  afterEach(async () => {
    for (const name of settingNames) await settings().update(name, undefined, vscode.ConfigurationTarget.Global);
  });

  const hints = async (): Promise<string[]> => (await hintsOf(document)).map(labelOf);

  it('are the ones that the manifest declares', () => {
    const manifest = vscode.extensions.getExtension('blockscope.blockscope')!.packageJSON as Manifest;
    assert.deepEqual(Object.keys(manifest.contributes.configuration.properties).sort(), settingNames.map(name => `blockscope.${name}`).sort());
  });

  it('switch hints off and on with the command', async () => {
    assert.deepEqual(await hints(), ['→ 28×28×1', '→ 26×26×8 · 80']);
    await vscode.commands.executeCommand('blockscope.toggleHints');
    assert.equal(settings().get('hints.enabled'), false);
    await until('no hints', hints, found => found.length === 0);
    await vscode.commands.executeCommand('blockscope.toggleHints');
    await until('hints', hints, found => found.length === 2);
  });

  it('choose what a hint shows', async () => {
    await settings().update('hints.show', ['shape', 'params', 'macs'], vscode.ConfigurationTarget.Global);
    await until('MACs', hints, found => found[1] === '→ 26×26×8 · 80 · 48.7k MACs');
    await settings().update('hints.show', ['params'], vscode.ConfigurationTarget.Global);
    await until('only parameters', hints, found => found.join() === '→ 80');
  });

  it('survive being of the wrong type', async () => {
    await settings().update('hints.show', 'everything', vscode.ConfigurationTarget.Global);
    await until('hints as by default', hints, found => found[1] === '→ 26×26×8 · 80');
  });

  it('switch lenses off', async () => {
    const lenses = async (): Promise<number> =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10)).filter(lens => lens.command?.command.startsWith('blockscope.')).length;
    assert.ok((await lenses()) > 0);
    await settings().update('codeLens.enabled', false, vscode.ConfigurationTarget.Global);
    await until('no lenses', lenses, count => count === 0);
  });

  it('let only the beginning of large files be read', async () => {
    await settings().update('maximumFileSize', 1, vscode.ConfigurationTarget.Global);
    const large = await vscode.workspace.openTextDocument({ language: 'javascript', content: `${SOURCE}${'f(tf);\n'.repeat(300)}${SOURCE.replace(/^import.*\n/, '').replace(/image|features/g, '$&Again')}` });
    await until('hints at the beginning', () => hintsOf(large), found => found.length === 2);
    await until('a word about it', () => diagnosticsOf(large.uri), found => found.length === 1 && found[0]!.code === 'rest-not-read');
    await settings().update('maximumFileSize', 8, vscode.ConfigurationTarget.Global);
    await until('all hints', () => hintsOf(large), found => found.length === 4);
  });
});
