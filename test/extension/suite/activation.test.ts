// The extension comes up in a real extension host, and everything that package.json promises is really there.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string }[] };
}

describe('activation', () => {
  const extension = vscode.extensions.getExtension('blockscope.blockscope');

  it('is known to VS Code', () => {
    assert.ok(extension, 'VS Code does not know blockscope.blockscope.');
  });

  it('activates without an error', async () => {
    await extension!.activate();
    assert.equal(extension!.isActive, true);
  });

  it('registers every command that its manifest lists', async () => {
    await extension!.activate();
    const promised = (extension!.packageJSON as Manifest).contributes.commands.map(({ command }) => command);
    assert.ok(promised.length > 0, 'The manifest lists no commands.');
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(promised.filter(command => !registered.has(command)), []);
  });
});
