// What the suites share: the extension's API, documents with given text, and waiting for what VS Code does in its own time.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BlockscopeApi } from '../../src/extension/api.ts';

/** Where the bundled suites find the project. */
export const projectRoot = path.resolve(__dirname, '../../../..');

export async function activate(): Promise<BlockscopeApi> {
  const extension = vscode.extensions.getExtension<BlockscopeApi>('blockscope.blockscope');
  assert.ok(extension, 'VS Code does not know blockscope.blockscope');
  return extension.activate();
}

/** A folder of files for one suite, gone after it. */
export function temporaryFiles(): { readonly folder: string; write(name: string, text: string | Uint8Array): vscode.Uri; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-suite-'));
  return {
    folder,
    write(name, text) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return vscode.Uri.file(file);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What a suite begins with: the extension, and a file of its own in the first column. */
export interface Opened {
  readonly api: BlockscopeApi;
  readonly document: vscode.TextDocument;
  readonly editor: vscode.TextEditor;
}

/** Shows a file with this text before the tests of a suite; after them no editor and no panel is open, and the file is gone. */
export function withFile(name: string, text: string, opened: (opened: Opened) => void): void {
  const files = temporaryFiles();
  before(async () => {
    const api = await activate();
    const document = await vscode.workspace.openTextDocument(files.write(name, text));
    opened({ api, document, editor: await vscode.window.showTextDocument(document, vscode.ViewColumn.One) });
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    files.remove();
  });
}

/** The tabs with Blockscope's panel: one at most. */
export const panels = (): vscode.Tab[] =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('blockscope.block'));

export async function hintsOf(document: vscode.TextDocument): Promise<vscode.InlayHint[]> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
  return [...hints].sort((a, b) => a.position.compareTo(b.position));
}

export const labelOf = ({ label }: vscode.InlayHint): string => (typeof label === 'string' ? label : label.map(part => part.value).join(''));

export const diagnosticsOf = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(diagnostic => diagnostic.source === 'blockscope');

/** Asks again until the condition holds; what it last was is part of the failure. */
export async function until<T>(what: string, ask: () => T | Promise<T>, holds: (value: T) => boolean, milliseconds = 15_000): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (Date.now() > end) assert.fail(`${what} did not come true within ${milliseconds} ms; last: ${JSON.stringify(value)}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

export async function edit(change: (edit: vscode.WorkspaceEdit) => void): Promise<void> {
  const workspaceEdit = new vscode.WorkspaceEdit();
  change(workspaceEdit);
  assert.ok(await vscode.workspace.applyEdit(workspaceEdit), 'VS Code refused the edit');
}

/** The first place of a text in the document. */
export function positionOf(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `“${text}” is not in ${document.uri.path}`);
  return document.positionAt(offset);
}
