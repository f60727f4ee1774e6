// What the commands do with JSON: a block file with presets, a file of another name that names the schema, and a saved model.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BlockscopeApi } from '../../../src/extension/api.ts';
import type { FinishedRun } from '../../../src/extension/block-panel.ts';
import { activate, diagnosticsOf, hintsOf, labelOf, positionOf, temporaryFiles, until } from '../editor.ts';

const PRESETS = `{
  "block": "stem",
  "parameters": { "filters": { "default": 8, "doc": "How many filters there are." } },
  "input": [1, 8, 8, 3],
  "layers": [
    { "conv2d": { "filters": "= filters", "kernelSize": 1 } }
  ],
  "presets": {
    "small": { "filters": 4 },
    "large": { "filters": 16 }
  }
}
`;

const BY_SCHEMA = `{
  "$schema": "blockscope://schemas/block.schema.json",
  "input": [1, 8, 8, 3],
  "layers": [{ "conv2d": { "filters": 5, "kernelSize": 1 } }]
}
`;

const MODEL = JSON.stringify({
  modelTopology: { class_name: 'Sequential', config: { name: 'digits', layers: [
    { class_name: 'Flatten', config: { name: 'flat', batch_input_shape: [null, 4, 4, 1] } },
    { class_name: 'Dense', config: { name: 'head', units: 3 } },
  ] } },
}, null, 2);

describe('JSON in the commands', function () {
  this.timeout(120_000);
  const files = temporaryFiles();
  let api: BlockscopeApi;
  before(async () => { api = await activate(); });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    files.remove();
  });
  afterEach(() => assert.deepEqual(api.failures(), []));

  const open = async (name: string, text: string): Promise<vscode.TextDocument> => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const document = await vscode.workspace.openTextDocument(files.write(name, text));
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    return document;
  };
  const putCaret = (document: vscode.TextDocument, text: string): void => {
    const at = positionOf(document, text);
    vscode.window.activeTextEditor!.selection = new vscode.Selection(at, at);
  };
  const nextRun = (): Promise<FinishedRun> => new Promise(resolve => {
    const subscription = api.onDidFinishRun(run => { subscription.dispose(); resolve(run); });
  });

  const cases = [
    { what: 'a preset of a block file', file: 'stem.block.json', text: PRESETS, at: '"large"', name: 'large', output: [8, 8, 16], params: 64, python: /16/ },
    { what: 'the other preset', file: 'stem.block.json', text: PRESETS, at: '"small"', name: 'small', output: [8, 8, 4], params: 16, python: /4/ },
    { what: 'a file that names the schema', file: 'named.json', text: BY_SCHEMA, at: '"conv2d"', name: 'named', output: [8, 8, 5], params: 20, python: /5/ },
    { what: 'a saved model', file: 'model.json', text: MODEL, at: '"Dense"', name: 'digits', output: [3], params: 51, python: /Linear|Dense/ },
  ] as const;
  for (const { what, file, text, at, name, output, params, python } of cases) {
    it(`draws ${what}`, async () => {
      const document = await open(file, text);
      putCaret(document, at);
      await vscode.commands.executeCommand('blockscope.visualizeBlock');
      const content = await until('the page shows it', () => api.panelContent(), now => now !== undefined && 'id' in now && now.id === `${document.uri.toString()}#${name}@0`, 60_000);
      assert.equal((content as { version: number }).version, document.version);
    });

    it(`runs ${what}`, async () => {
      putCaret(await open(file, text), at);
      const run = nextRun();
      await vscode.commands.executeCommand('blockscope.profileBlock');
      const { name: ran, report } = await run;
      assert.deepEqual([ran, report.measuredShapes.map(shape => shape.slice(1)), report.measuredParams, report.mismatches], [name, [output], params, []]);
    });

    it(`exports ${what}`, async () => {
      const document = await open(file, text);
      await vscode.commands.executeCommand('blockscope.exportBlock', document.uri.toString(), [`${document.uri.toString()}#${name}@0`], 'pytorch');
      const opened = await until('the code is open', () => vscode.window.activeTextEditor?.document, now => now !== undefined && now !== document);
      assert.equal(opened!.languageId, 'python');
      assert.match(opened!.getText(), python);
    });
  }

  it('shows hints and the schema in a file that names it', async () => {
    const document = await open('named.json', BY_SCHEMA);
    assert.deepEqual((await hintsOf(document)).map(labelOf), ['→ [1, 8, 8, 5] · 20', '→ [1, 8, 8, 5] · 20'], 'the layer, and the block');
    const schema = await vscode.workspace.openTextDocument(vscode.Uri.parse('blockscope://schemas/block.schema.json'));
    assert.match(schema.getText(), /"Block of Blockscope"/);
  });

  it('says once what is wrong, whoever says it', async () => {
    const document = await open('wrong.block.json', BY_SCHEMA.replace('conv2d', 'conv2x'));
    const range = (): string[] => vscode.languages.getDiagnostics(document.uri).map(diagnostic => document.getText(diagnostic.range).replaceAll('"', ''));
    await until('a problem', range, found => found.length > 0);
    if (vscode.extensions.getExtension('vscode.json-language-features')) await until('what the schema says', () => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source !== 'blockscope'), found => found.length > 0);
    assert.deepEqual(await until('one problem', range, found => found.length === 1), ['conv2x']);
  });

  it('keeps hints and says nothing while an attribute is typed', async () => {
    const document = await open('typed.block.json', PRESETS);
    const shown = async (): Promise<string[]> => (await hintsOf(document)).map(hint => labelOf(hint).replace(/ …$/, ''));
    const before = await shown();
    assert.ok(before.length >= 3, before.join());
    const at = positionOf(document, '"kernelSize"');
    vscode.window.activeTextEditor!.selection = new vscode.Selection(at, at);
    for (const key of '"dilationRate": 1, ') {
      await vscode.commands.executeCommand('type', { text: key });
      assert.deepEqual(await shown(), before, document.getText());
      assert.deepEqual(diagnosticsOf(document.uri), [], document.getText());
    }
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('explains a parameter', async () => {
    const document = await open('stem.block.json', PRESETS);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, positionOf(document, '= filters').translate(0, 3));
    const said = hovers.flatMap(({ contents }) => contents).map(content => (typeof content === 'string' ? content : content.value)).join('\n');
    assert.match(said, /How many filters there are\\\.\n\nPresets: small: `4`, large: `16`/);
  });

  describe('names across files', () => {
    const user = '{ "layers": [{ "use": "./stem.block.json", "with": { "filters": 2 } }, { "conv2d": { "filters": 2, "kernelSize": 1 } }] }\n';
    const rename = (document: vscode.TextDocument, at: vscode.Position): Thenable<vscode.WorkspaceEdit> =>
      vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at, 'channels');

    it('are found where they are declared, and renamed wherever they are set', async () => {
      const home = await open('stem.block.json', PRESETS);
      files.write('nested/far.block.json', user.replace('./stem', '../stem'));
      files.write('nested/other.block.json', user);
      const using = await vscode.workspace.openTextDocument(files.write('user.block.json', user));
      const [declared] = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', using.uri, positionOf(using, '"filters"').translate(0, 3));
      assert.deepEqual([declared?.uri.path, home.getText(declared?.range)], [home.uri.path, 'filters']);
      for (const [document, at] of [[home, positionOf(home, '= filters').translate(0, 3)], [using, positionOf(using, '"filters"').translate(0, 3)]] as const) {
        const edits = (await rename(document, at)).entries().map(([uri, changes]) => [uri.path.slice(files.folder.length + 1), changes.length]);
        assert.deepEqual(edits.sort(), [['nested/far.block.json', 1], ['stem.block.json', 4], ['user.block.json', 1]]);
      }
    });

    it('are not renamed where a file that may set them does not parse', async () => {
      const home = await open('stem.block.json', PRESETS);
      files.write('broken.block.json', user.replace('} }] }', ''));
      await assert.rejects(async () => { await rename(home, positionOf(home, '= filters').translate(0, 3)); }, /broken\.block\.json/);
    });

    it('of the library are declared in its TypeScript', async () => {
      const document = await open('library.block.json', '{ "layers": [{ "use": "mbConv", "with": { "inFeatures": 4, "outFeatures": 8, "useBias": false } }] }\n');
      for (const [name, file] of [['outFeatures', 'mbConv.ts'], ['useBias', 'convNormAct.ts']] as const) {
        const [found] = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', document.uri, positionOf(document, name));
        assert.ok(found?.uri.path.endsWith(`/library/${file}`), found?.uri.path);
        const source = await vscode.workspace.openTextDocument(found!.uri);
        assert.equal(source.getText(source.getWordRangeAtPosition(found!.range.start)), name);
      }
    });
  });
});
