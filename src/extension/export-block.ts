// Blockscope: Export Block…, which opens a block of the file as code of another framework, or as data.
import * as vscode from 'vscode';
import { CannotExport } from '../blocks/export/cannot-export.ts';
import { exportFormat, exportFormats, type Exportable, type ExportFormat } from '../blocks/export/formats.ts';
import type { BlockResult } from '../blocks/features/outline.ts';
import type { Analyses } from './analyses.ts';
import { chooseBlock } from './choose-block.ts';
import type { Log } from './log.ts';

/** Asks for what it is not given: the block that is meant, and a format by its id. */
export const registerExportBlock = (analyses: Analyses, log: Log): vscode.Disposable =>
  vscode.commands.registerCommand('blockscope.exportBlock', (uri?: unknown, ids?: unknown, format?: unknown) => log.guardAsync('Export Block', undefined, async () => {
    // From an editor's menu the argument is the URI of the file.
    const choice = await chooseBlock(analyses, uri instanceof vscode.Uri ? uri.toString() : uri, ids);
    const block = choice && exportable(choice.result);
    const chosen = block && (exportFormat(format) ?? await chooseFormat(block));
    if (chosen) await open(block, chosen);
  }));

const exportable = ({ name, graph, block }: BlockResult): Exportable => ({ name, graph, data: block?.data });

/** A form that the block cannot have stands in the list with the reason, so that nobody looks for it. */
async function chooseFormat(block: Exportable): Promise<ExportFormat | undefined> {
  const items = exportFormats.map(format => {
    const whyNot = format.whyNot?.(block);
    return { label: format.label, description: whyNot === undefined ? format.description : `not this one: ${whyNot}`, format };
  });
  return (await vscode.window.showQuickPick(items, { placeHolder: `Export ${block.name} as…` }))?.format;
}

async function open(block: Exportable, { language, code }: ExportFormat): Promise<void> {
  let content: string;
  try {
    content = code(block);
  } catch (error) {
    if (!(error instanceof CannotExport)) throw error;
    void vscode.window.showWarningMessage(`${block.name}: ${error.message}`);
    return;
  }
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}
