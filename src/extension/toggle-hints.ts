// Blockscope: Toggle Hints.
import * as vscode from 'vscode';
import type { Log } from './log.ts';
import { hintsEnabled, SECTION } from './settings.ts';

/** Switches the setting where it is set now: in the workspace if the workspace sets it, otherwise for the user. */
export const registerToggleHints = (log: Log): vscode.Disposable =>
  vscode.commands.registerCommand('blockscope.toggleHints', () => log.guardAsync('Toggle Hints', undefined, async () => {
    const scope = vscode.window.activeTextEditor?.document;
    const settings = vscode.workspace.getConfiguration(SECTION, scope);
    const set = settings.inspect('hints.enabled');
    const target = set?.workspaceFolderValue !== undefined ? vscode.ConfigurationTarget.WorkspaceFolder
      : set?.workspaceValue !== undefined ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
    await settings.update('hints.enabled', !hintsEnabled(scope), target);
  }));
