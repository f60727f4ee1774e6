// Which block a command means: the one it was given, the one under the caret, or the one that the user picks.
import * as vscode from 'vscode';
import { entryAt } from '../blocks/features/block-at.ts';
import { resultsLabel } from '../blocks/features/block-label.ts';
import { callPathText } from '../blocks/features/call-paths.ts';
import { outline, type BlockResult } from '../blocks/features/outline.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import { isSupported } from './documents.ts';
import { lineOf, placesFor } from './places.ts';
import { counting } from './settings.ts';

/** Characters of results in a list to choose from. */
const ROOM = 60;

export interface Choice {
  readonly document: vscode.TextDocument;
  readonly result: BlockResult;
}

/** A lens names the document and the results of its block; the palette names nothing. Undefined where nothing was chosen. */
export async function chooseBlock(analyses: Analyses, uri?: unknown, ids?: unknown): Promise<Choice | undefined> {
  const document = typeof uri === 'string' ? await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true)) : editorInUse()?.document;
  if (!document || !isSupported(document)) {
    return tell('Open a file with layers first: TypeScript, JavaScript, a block file or a saved model.');
  }
  const from = await analyses.ready(document);
  const entries = from ? outline(from.analysis) : [];
  if (!from || entries.length === 0) {
    return tell(`There are no layers in ${vscode.workspace.asRelativePath(document.uri)} that Blockscope can read.`);
  }
  const named = Array.isArray(ids) ? entries.flatMap(entry => entry.results).filter(result => ids.includes(result.id)) : [];
  if (named.length > 0) return choice(document, await pick(named, from, document));
  const editor = editorInUse();
  if (editor?.document === document) {
    const under = entryAt(entries, from.analysis.file, document.offsetAt(editor.selection.active), offset => document.positionAt(offset).line);
    if (under) return choice(document, await pick(under.results, from, document));
  }
  if (entries.length === 1) return choice(document, await pick(entries[0]!.results, from, document));
  const items = entries.map(entry => ({ label: entry.name, description: resultsLabel(entry.results, ROOM, counting(document)), detail: `line ${lineOf(entry.at, from.textOf)}`, entry }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Which block?', matchOnDescription: true });
  return picked && choice(document, await pick(picked.entry.results, from, document));
}

/** The editor with the focus; the one beside the panel while the panel has it. */
const editorInUse = (): vscode.TextEditor | undefined =>
  vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(editor => isSupported(editor.document));

/** One of several results of the same place: they differ by their shapes and by the call that made them, or the preset. */
async function pick(results: readonly BlockResult[], { analysis, textOf }: DocumentAnalysis, document: vscode.TextDocument): Promise<BlockResult | undefined> {
  if (results.length <= 1) return results[0];
  const places = placesFor(analysis.file, textOf);
  const items = results.map(result => ({ label: resultsLabel([result], ROOM, counting(document)), detail: callPathText(result.callPaths[0] ?? [], places), result }));
  return (await vscode.window.showQuickPick(items, { placeHolder: `Which ${results[0]!.name}?`, matchOnDetail: true }))?.result;
}

const choice = (document: vscode.TextDocument, result: BlockResult | undefined): Choice | undefined => result && { document, result };

function tell(message: string): undefined {
  void vscode.window.showInformationMessage(message);
  return undefined;
}
