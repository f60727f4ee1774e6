// What Blockscope adds to VS Code, a line each. It is loaded when there is something to read: see extension.ts.
import * as vscode from 'vscode';
import { Analyses } from './analyses.ts';
import { createApi, type BlockscopeApi } from './api.ts';
import { registerBlockFileNames } from './block-file-names.ts';
import { registerBlockCommands } from './block-commands.ts';
import { BlockPanel } from './block-panel.ts';
import { CallPathFocus } from './call-path-focus.ts';
import { registerCodeLenses } from './code-lens-provider.ts';
import { registerCompareBlocks } from './compare-blocks.ts';
import { registerContextKeys } from './context-keys.ts';
import { registerDiagnostics } from './diagnostics-publisher.ts';
import { registerExampleArguments } from './example-arguments.ts';
import { registerExampleCallCompletions } from './example-call-completion-provider.ts';
import { registerExportBlock } from './export-block.ts';
import { registerFocusCommands } from './focus-commands.ts';
import { registerHover } from './hover-provider.ts';
import { registerInlayHints } from './inlay-hints-provider.ts';
import { Log } from './log.ts';
import { registerOpenSource } from './open-source.ts';
import { RunHistory } from './run-history.ts';
import { registerToggleHints } from './toggle-hints.ts';
import { registerVerifyNetworks } from './verify-networks.ts';

export interface Editor {
  readonly api: BlockscopeApi;
  readonly panel: BlockPanel;
}

export function startEditor(context: vscode.ExtensionContext): Editor {
  const log = new Log();
  const analyses = new Analyses(context.extensionUri, log);
  const focuses = new CallPathFocus(analyses, log);
  const history = new RunHistory(context.workspaceState, log);
  const panel = new BlockPanel(context.extensionUri, analyses, history, log);
  const api = createApi(analyses, panel, log);
  context.subscriptions.push(
    log,
    analyses,
    focuses,
    history,
    registerInlayHints(analyses, focuses, log),
    registerHover(analyses, focuses, log),
    registerCodeLenses(analyses, focuses, log),
    registerDiagnostics(analyses, log),
    registerContextKeys(analyses, log),
    panel,
    registerBlockCommands(analyses, panel, log),
    registerCompareBlocks(analyses, panel, log),
    registerExportBlock(analyses, log),
    registerFocusCommands(analyses, focuses, log),
    registerExampleArguments(analyses, log),
    registerExampleCallCompletions(analyses, log),
    registerBlockFileNames(context.extensionUri, analyses, log),
    registerOpenSource(log),
    registerToggleHints(log),
    registerVerifyNetworks(log),
    vscode.commands.registerCommand('blockscope.showLog', () => log.show()),
    api,
  );
  return { api, panel };
}
