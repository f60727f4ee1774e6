// A block file in VS Code: what it shows, completes, says, finds and renames.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate, positionOf, temporaryFiles } from '../editor.ts';

const SOURCE = `{
  "block": "pair",
  "parameters": { "filters": 8, "depth": 2 },
  "input": [1, 16, 16, 4],
  "layers": [
    { "repeat": "= depth", "layers": [{ "conv2d": { "filters": "= filters", "kernelSize": 3, "padding": "same" } }] },
    { "use": "convNormAct", "with": { "filters": "= filters * 2" } },
    { "use": "./other.block.json" },
    { "dense": { "units": "= filtres" } }
  ],
  "presets": { "small": { "filters": 8 }, "large": { "filters": 32 } }
}
`;

describe('block files', () => {
  const files = temporaryFiles();
  let document: vscode.TextDocument;
  before(async () => {
    await activate();
    files.write('other.block.json', '{ "layers": [{ "activation": { "activation": "relu" } }] }');
    document = await vscode.workspace.openTextDocument(files.write('pair.block.json', SOURCE));
    await vscode.window.showTextDocument(document);
  });
  after(() => files.remove());

  it('show what comes out of each layer', async () => {
    const range = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, range);
    const texts = hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
    assert.ok(texts.some(text => /\[1, 16, 16, 8\].*\[1, 16, 16, 32\]/.test(text)), texts.join('\n'));
  });

  it('have a lens for each preset', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
    assert.ok(lenses.filter(({ range }) => range.start.line === positionOf(document, '"presets"').line).length >= 2, JSON.stringify(lenses));
  });

  it('say what is wrong at its place', async () => {
    const find = (): vscode.Diagnostic | undefined => vscode.languages.getDiagnostics(document.uri).find(({ source }) => /blockscope/i.test(source ?? ''));
    for (let i = 0; i < 50 && !find(); i++) await new Promise(resolve => setTimeout(resolve, 100));
    assert.equal(document.getText(find()?.range), 'filtres');
  });

  it('explain a layer', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, positionOf(document, 'conv2d'));
    const text = hovers.flatMap(({ contents }) => contents).map(content => (typeof content === 'string' ? content : content.value)).join('\n');
    assert.match(text, /MACs/);
  });

  it('find where names and blocks are defined', async () => {
    const definition = async (text: string, within: number): Promise<vscode.Location | undefined> =>
      (await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', document.uri, positionOf(document, text).translate(0, within)))[0];
    assert.equal(document.getText((await definition('= filters"', 3))?.range), 'filters');
    assert.equal((await definition('= depth', 3))?.range.start.line, positionOf(document, '"parameters"').line);
    assert.match((await definition('./other', 3))?.uri.path ?? '', /other\.block\.json$/);
    assert.match((await definition('convNormAct', 3))?.uri.path ?? '', /library\/convNormAct\.ts$/);
  });

  it('rename a parameter wherever it is mentioned', async () => {
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, positionOf(document, '= filters"').translate(0, 3), 'channels');
    // The parameter, two expressions and two presets; the filters of layers are another matter.
    assert.equal(edit.get(document.uri).length, 5);
  });

  it('complete layers by the schema', async function () {
    const at = positionOf(document, '"dense"').translate(0, 1);
    const complete = async (): Promise<string[]> =>
      (await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at)).items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    let labels = await complete();
    for (let i = 0; i < 20 && !labels.includes('conv2d'); i++) {
      await new Promise(resolve => setTimeout(resolve, 250));
      labels = await complete();
    }
    // The host of the tests has not always the extension that completes JSON.
    if (!vscode.extensions.getExtension('vscode.json-language-features')) this.skip();
    assert.ok(labels.includes('channelShuffle'), labels.slice(0, 50).join());
  });
});
