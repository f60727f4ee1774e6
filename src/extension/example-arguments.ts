// Blockscope: Set Example Arguments, from the palette and from the line above a function that nobody calls.
import * as vscode from 'vscode';
import { exampleArguments, type ExampleArguments } from '../blocks/features/example-arguments.ts';
import type { Analyses } from './analyses.ts';
import { isSupported } from './documents.ts';
import type { Log } from './log.ts';
import { lineOf, rangeIn, type TextOf } from './places.ts';

export const exampleArgumentsCommand = 'blockscope.setExampleArguments';

export const registerExampleArguments = (analyses: Analyses, log: Log): vscode.Disposable =>
  vscode.commands.registerCommand(exampleArgumentsCommand, (uri?: unknown, name?: unknown) => log.guardAsync('Set Example Arguments', undefined, async () => {
    const document = typeof uri === 'string' ? await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true)) : vscode.window.activeTextEditor?.document;
    const from = document && isSupported(document) ? analyses.of(document) : undefined;
    const entries = from ? exampleArguments(from.analysis) : [];
    if (!document || !from || entries.length === 0) {
      void vscode.window.showInformationMessage('There is no function here that makes layers and that nobody calls.');
      return;
    }
    const chosen = entries.find(entry => entry.name === name) ?? await pick(entries, from.textOf);
    if (chosen) await act(chosen, await vscode.window.showTextDocument(document));
  }));

async function pick(entries: readonly ExampleArguments[], textOf: TextOf): Promise<ExampleArguments | undefined> {
  if (entries.length === 1) return entries[0];
  const items = entries.map(entry => ({ label: entry.name, description: entry.title, detail: `line ${lineOf(entry.at, textOf)}`, entry }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Arguments of which function?' }))?.entry;
}

async function act({ action }: ExampleArguments, editor: vscode.TextEditor): Promise<void> {
  const { document } = editor;
  if (action.kind === 'set') {
    await editor.insertSnippet(new vscode.SnippetString(action.snippet), document.positionAt(action.offset));
    return;
  }
  const range = rangeIn(document, action.at);
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
