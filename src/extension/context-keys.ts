// `blockscope.hasBlocks`: whether the active editor's file has blocks, so that buttons and menus appear only where they
// can do something.
import * as vscode from 'vscode';
import { outline } from '../blocks/features/outline.ts';
import type { Analyses } from './analyses.ts';
import type { Log } from './log.ts';

/** Typing rests this long before the key is worked out again. */
const REST_MS = 300;

export function registerContextKeys(analyses: Analyses, log: Log): vscode.Disposable {
  let shown: boolean | undefined;
  let timer: NodeJS.Timeout | undefined;
  const update = (): Promise<void> => log.guardAsync('context keys', undefined, async () => {
    const document = vscode.window.activeTextEditor?.document;
    const from = document && await analyses.ready(document);
    // Another one has come to the front while it was read.
    if (document !== vscode.window.activeTextEditor?.document) return;
    const hasBlocks = from !== undefined && outline(from.analysis).length > 0;
    if (hasBlocks === shown) return;
    shown = hasBlocks;
    void vscode.commands.executeCommand('setContext', 'blockscope.hasBlocks', hasBlocks);
  });
  const updateLater = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void update(), REST_MS);
  };
  updateLater();
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(timer) },
    vscode.window.onDidChangeActiveTextEditor(updateLater),
    vscode.workspace.onDidChangeTextDocument(({ document }) => { if (document === vscode.window.activeTextEditor?.document) updateLater(); }),
    analyses.onDidChange(updateLater),
  );
}
