// The schema of block files under an address that any JSON file can name: `"$schema": "blockscope://schemas/block.schema.json"`.
import * as vscode from 'vscode';

export const registerBlockSchema = (home: vscode.Uri): vscode.Disposable =>
  vscode.workspace.registerTextDocumentContentProvider('blockscope', {
    async provideTextDocumentContent({ authority, path }) {
      if (authority !== 'schemas' || path !== '/block.schema.json') return undefined;
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(home, 'schemas/block.schema.json')));
    },
  });
