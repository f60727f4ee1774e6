// Blockscope: Visualize Block, Blockscope: Profile Block, and Blockscope: Open Claim Lab.
import * as vscode from 'vscode';
import type { Analyses } from './analyses.ts';
import type { BlockPanel } from './block-panel.ts';
import { chooseBlock } from './choose-block.ts';
import type { Log } from './log.ts';

export function registerBlockCommands(analyses: Analyses, panel: BlockPanel, log: Log): vscode.Disposable {
  const show = (profile: boolean) => (uri?: unknown, ids?: unknown): Promise<void> =>
    log.guardAsync(profile ? 'Profile Block' : 'Visualize Block', undefined, async () => {
      // From an editor's menu the argument is the URI of the file.
      const choice = await chooseBlock(analyses, uri instanceof vscode.Uri ? uri.toString() : uri, ids);
      if (choice) panel.show(choice.document, choice.result, profile);
    });
  return vscode.Disposable.from(
    vscode.commands.registerCommand('blockscope.visualizeBlock', show(false)),
    vscode.commands.registerCommand('blockscope.profileBlock', show(true)),
    vscode.commands.registerCommand('blockscope.openClaimLab', () => log.guard('Open Claim Lab', undefined, () => panel.showClaims())),
  );
}
