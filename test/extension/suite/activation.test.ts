// The extension comes up in a real extension host, and everything that package.json promises is really there.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BlockscopeApi } from '../../../src/extension/api.ts';
import { hintsOf, labelOf, temporaryFiles, until } from '../editor.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string }[] };
}

describe('activation', () => {
  const extension = vscode.extensions.getExtension<BlockscopeApi>('blockscope.blockscope');

  it('is known to VS Code', () => {
    assert.ok(extension, 'VS Code does not know blockscope.blockscope.');
  });

  it('activates without an error', async () => {
    await extension!.activate();
    assert.equal(extension!.isActive, true);
  });

  it('loads nothing for JSON that has no layers, and everything for JSON that has', async () => {
    const files = temporaryFiles();
    const api = await extension!.activate();
    try {
      for (const [name, text] of [['package.json', '{ "name": "x", "scripts": { "test": "true" } }'], ['tsconfig.json', '{ "compilerOptions": { "strict": true } }']] as const) {
        const document = await vscode.workspace.openTextDocument(files.write(name, text));
        await vscode.window.showTextDocument(document);
        assert.deepEqual(await hintsOf(document), []);
      }
      assert.equal(api.hasStarted(), false);
      const document = await vscode.workspace.openTextDocument(files.write('one.block.json', '{ "input": [1, 4], "layers": [{ "dense": { "units": 3 } }] }'));
      await vscode.window.showTextDocument(document);
      assert.deepEqual((await until('hints', () => hintsOf(document), hints => hints.length > 0)).map(labelOf).slice(0, 1), ['→ [1, 3] · 15']);
      assert.equal(api.hasStarted(), true);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      files.remove();
    }
  });

  it('registers every command that its manifest lists', async () => {
    await extension!.activate();
    const promised = (extension!.packageJSON as Manifest).contributes.commands.map(({ command }) => command);
    assert.ok(promised.length > 0, 'The manifest lists no commands.');
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(promised.filter(command => !registered.has(command)), []);
  });
});
