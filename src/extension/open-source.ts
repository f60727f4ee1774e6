// Puts the caret where a layer comes from: links in hovers and nodes in the webview lead there.
import * as vscode from 'vscode';
import type { Location } from '../blocks/text/location.ts';
import { isSupported } from './documents.ts';
import type { Log } from './log.ts';
import { openSourceCommand, rangeIn, uriOf } from './places.ts';

export const registerOpenSource = (log: Log): vscode.Disposable =>
  vscode.commands.registerCommand(openSourceCommand, (at: unknown) =>
    log.guardAsync('opening a place in the source', undefined, async () => {
      if (isLocation(at)) await openSource(at);
    }));

/** Shows the place in the editor that already has the file, if there is one; otherwise beside the active panel. */
export async function openSource(at: Location): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uriOf(at.file));
  if (!isSupported(document)) return;
  const shown = vscode.window.visibleTextEditors.find(editor => editor.document === document);
  const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
  await vscode.window.showTextDocument(document, { selection: rangeIn(document, at), viewColumn });
}

/** The file that a block of the library is written in, which ships with the extension. */
export async function openLibraryBlock(extensionUri: vscode.Uri, file: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(extensionUri, 'src', 'blocks', 'library', file));
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
}

const isLocation = (value: unknown): value is Location =>
  typeof value === 'object' && value !== null && 'file' in value && typeof value.file === 'string'
  && 'start' in value && typeof value.start === 'number' && 'end' in value && typeof value.end === 'number';
