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

  it('say how figures are counted, at once in hints, hovers and lenses', async () => {
    const normalized = await vscode.workspace.openTextDocument(files.write('normalized.js', `${SOURCE}const scaled = tf.layers.batchNormalization().apply(features);
export function both(x) { return tf.layers.batchNormalization().apply(tf.layers.conv2d({ filters: 8, kernelSize: 3 }).apply(x)); }
both(image);
`));
    await vscode.window.showTextDocument(normalized);
    const shown = async (): Promise<string[]> => (await hintsOf(normalized)).map(labelOf);
    const set = (name: string, value: unknown) => settings().update(name, value, vscode.ConfigurationTarget.Global);
    const hover = async (): Promise<string> => {
      const place = normalized.positionAt(normalized.getText().indexOf('batchNormalization') + 2);
      const found = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', normalized.uri, place);
      return found.flatMap(({ contents }) => contents.map(content => (content as vscode.MarkdownString).value)).join('\n');
    };
    const lenses = async (): Promise<string> =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', normalized.uri, 20)).map(lens => lens.command?.title ?? '').join('\n');
    await set('hints.show', ['params', 'macs']);
    await until('the figures by default', shown, found => found.includes('→ 80 · 48.7k MACs') && found.includes('→ 32'));
    assert.match(await hover(), /as Keras counts them: 16 are running statistics/);
    assert.match(await lenses(), /112 params · 48\.7k MACs/);
    await set('counting.parameters', 'pytorch');
    await until('parameters without running statistics', shown, found => found.includes('→ 16') && !found.includes('→ 32'));
    assert.match(await hover(), /as PyTorch counts them: without 16 running statistics/);
    await until('the line above the function', lenses, found => /96 params \(PyTorch\) · 48\.7k MACs/.test(found));
    await set('counting.operations', 'flops');
    await until('FLOPs', shown, found => found.includes('→ 80 · 97.3k FLOPs'));
    await set('counting.layers', 'all');
    await until('those of every layer', shown, found => found.includes('→ 80 · 103k FLOPs') && found.includes('→ 16 · 10.8k FLOPs'));
    await until('the line with those of every layer', lenses, found => /96 params \(PyTorch\) · 114k FLOPs/.test(found));
    await vscode.window.showTextDocument(document);
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
