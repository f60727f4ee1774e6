// Blockscope: Export Block…, which opens a block of the file as code of another framework.
import * as vscode from 'vscode';
import { CannotExport } from '../blocks/export/cannot-export.ts';
import { exportFormat, exportFormats, type ExportFormat } from '../blocks/export/formats.ts';
import type { BlockResult } from '../blocks/features/outline.ts';
import type { Analyses } from './analyses.ts';
import { chooseBlock } from './choose-block.ts';
import type { Log } from './log.ts';

/** Asks for what it is not given: the block that is meant, and a format by its id. */
export const registerExportBlock = (analyses: Analyses, log: Log): vscode.Disposable =>
  vscode.commands.registerCommand('blockscope.exportBlock', (uri?: unknown, ids?: unknown, format?: unknown) => log.guardAsync('Export Block', undefined, async () => {
    // From an editor's menu the argument is the URI of the file.
    const choice = await chooseBlock(analyses, uri instanceof vscode.Uri ? uri.toString() : uri, ids);
    const chosen = choice && (exportFormat(format) ?? await chooseFormat(choice.result.name));
    if (chosen) await open(choice.result, chosen);
  }));

async function chooseFormat(name: string): Promise<ExportFormat | undefined> {
  const items = exportFormats.map(format => ({ label: format.label, description: format.description, format }));
  return (await vscode.window.showQuickPick(items, { placeHolder: `Export ${name} as…` }))?.format;
}

async function open({ graph, name }: BlockResult, { language, code }: ExportFormat): Promise<void> {
  let content: string;
  try {
    content = code(graph, name);
  } catch (error) {
    if (!(error instanceof CannotExport)) throw error;
    void vscode.window.showWarningMessage(`${name}: ${error.message}`);
    return;
  }
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}
