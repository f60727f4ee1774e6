// Saved models in the editor: hints, hovers, lenses and problems as in source files, and nothing in other JSON.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { analyze } from '../../../src/blocks/analyze.ts';
import { hintText, inlayHints } from '../../../src/blocks/features/inlay-hints.ts';
import type { BlockscopeApi } from '../../../src/extension/api.ts';
import { savedModel } from '../../blocks/model-files/saved-model.ts';
import { activate, edit, hintsOf, labelOf, temporaryFiles } from '../editor.ts';

const model = {
  modelTopology: {
    class_name: 'Sequential',
    config: {
      name: 'digits',
      layers: [
        { class_name: 'Conv2D', config: { name: 'stem', filters: 8, kernel_size: [3, 3], strides: [1, 1], padding: 'same', batch_input_shape: [null, 28, 28, 1] } },
        { class_name: 'Flatten', config: { name: 'flat' } },
        { class_name: 'Dense', config: { name: 'head', units: 10 } },
      ],
    },
  },
};

describe('model files in the editor', () => {
  const files = temporaryFiles();
  let api: BlockscopeApi;
  before(async () => { api = await activate(); });
  after(() => files.remove());

  const open = async (name: string, text: string): Promise<vscode.TextDocument> => vscode.workspace.openTextDocument(files.write(name, text));
  const shown = async (document: vscode.TextDocument): Promise<string[]> => (await hintsOf(document)).map(labelOf);
  const expected = ['→ 28×28×8 · 80', '→ 6272', '→ 10 · 62.7k'];

  it('shows what TypeScript files show', async () => {
    const text = JSON.stringify(model, null, 2);
    const document = await open('model.json', text);
    assert.deepEqual(await shown(document), expected);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
    assert.deepEqual(lenses.map(({ range, command }) => [range.start.line, command?.command]), [[0, ''], [0, 'blockscope.visualizeBlock'], [0, 'blockscope.profileBlock']]);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, document.positionAt(text.indexOf('Conv2D')));
    const said = hovers.flatMap(({ contents }) => contents).map(content => (typeof content === 'string' ? content : content.value)).join('\n');
    assert.match(said, /conv2d/);
    assert.match(said, /3·3·1·8 \+ 8/);
    assert.deepEqual(api.failures(), []);
  });

  it('keeps its hints while the file is edited', async () => {
    const document = await open('edited.json', JSON.stringify(model, null, 2));
    await shown(document);
    const at = document.getText().indexOf('"filters"');
    await edit(change => change.delete(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + 1))));
    assert.equal((await shown(document)).length, 3);
    await edit(change => change.insert(document.uri, document.positionAt(at), '"'));
    assert.deepEqual(await shown(document), expected);
    assert.deepEqual(api.failures(), []);
  });

  it('answers for the text that there is by then where a long model is edited while it is read', async () => {
    const document = await open('long.json', JSON.stringify(JSON.parse(savedModel(3_000)), null, 1));
    const asked = [hintsOf(document), vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 100), hintsOf(document)];
    const at = document.getText().indexOf('"filters": 16') + '"filters": '.length;
    await edit(change => change.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + 2)), '32'));
    const hints = await shown(document);
    assert.deepEqual(hints, inlayHints(analyze('long.json', document.getText())).map(hintText));
    assert.equal(hints[1], '→ 64×64×32 · 4.6k');
    await Promise.all(asked);
    assert.deepEqual(await shown(document), hints);
    assert.deepEqual(api.failures(), []);
  });

  it('leaves out what lies far behind the end of what the editor draws of a line', async () => {
    const text = savedModel(400);
    const document = await open('one-line.json', text);
    const expected = inlayHints(analyze('one-line.json', text));
    assert.equal(expected.length, 401);
    const drawn = expected.filter(({ offset }) => offset <= 100_000);
    assert.ok(drawn.length > 100 && drawn.length < expected.length);
    assert.deepEqual(await shown(document), drawn.map(hintText));
    assert.deepEqual(api.failures(), []);
  });

  it('says nothing in JSON that is no model', async () => {
    const document = await open('other.json', JSON.stringify({ name: 'x', layers: [1, 2], class_name: 'y' }));
    assert.deepEqual(await shown(document), []);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'blockscope'), []);
    assert.deepEqual(api.failures(), []);
  });
});
