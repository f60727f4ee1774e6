// Blockscope: Compare Blocks…, which asks for blocks of the open documents and of the library, and measures them against each other.
import * as vscode from 'vscode';
import { resultsLabel } from '../blocks/features/block-label.ts';
import { shortCount } from '../blocks/features/figures.ts';
import { isLibraryId, libraryBlocksFor } from '../blocks/features/library-blocks.ts';
import { outline } from '../blocks/features/outline.ts';
import { shapesLabel } from '../blocks/features/shape-label.ts';
import { shapesOut } from '../blocks/graph/tensors.ts';
import { totalsOf } from '../blocks/graph/totals.ts';
import type { BlockPayload } from '../blocks/protocol/messages.ts';
import type { Analyses } from './analyses.ts';
import type { BlockPanel } from './block-panel.ts';
import { comparedBlocks } from './compared-blocks.ts';
import { isSupported } from './documents.ts';
import type { Log } from './log.ts';
import { counting } from './settings.ts';

/** Characters of results in a list to choose from. */
const ROOM = 60;

interface Item extends vscode.QuickPickItem {
  /** Absent for what only separates. */
  readonly id?: string;
}

/** With ids it asks with these chosen already, or, where `ask` is false, does not ask. */
export function registerCompareBlocks(analyses: Analyses, panel: BlockPanel, log: Log): vscode.Disposable {
  return vscode.commands.registerCommand('blockscope.compareBlocks', (uri?: unknown, ids?: unknown, ask?: unknown) => log.guardAsync('Compare Blocks', undefined, async () => {
    const given = Array.isArray(ids) ? ids.filter(id => typeof id === 'string') : [];
    const chosen = ask === false ? given : await chooseBlocks(analyses, documentOf(uri), given);
    if (!chosen) return;
    if (chosen.length < 2) return void vscode.window.showInformationMessage('A comparison needs two blocks: choose them in the list.');
    await panel.compare(chosen, ask === false || given.length < 2);
  }));
}

/** A lens gives its document as a text, an editor's menu as a URI. */
function documentOf(uri: unknown): vscode.TextDocument | undefined {
  const address = uri instanceof vscode.Uri ? uri.toString() : uri;
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(({ document }) => isSupported(document));
  return (typeof address === 'string' ? vscode.workspace.textDocuments.find(document => document.uri.toString() === address) : undefined) ?? editor?.document;
}

/** Undefined where nobody chose. */
async function chooseBlocks(analyses: Analyses, first: vscode.TextDocument | undefined, given: readonly string[]): Promise<readonly string[] | undefined> {
  const others = vscode.workspace.textDocuments.filter(document => document !== first && isSupported(document));
  const items: Item[] = [];
  for (const document of [...(first ? [first] : []), ...others]) {
    const own = itemsOf(document, analyses);
    if (own.length > 0) items.push({ label: vscode.workspace.asRelativePath(document.uri), kind: vscode.QuickPickItemKind.Separator }, ...own);
  }
  const [leading] = (await comparedBlocks(given.length > 0 ? given : items.flatMap(({ id }) => id ?? []).slice(0, 1), analyses)).payloads;
  const library = leading ? libraryBlocksFor(leading.graph, leading.counting) : [];
  const kept = given.filter(id => isLibraryId(id) && !library.some(block => block.id === id));
  if (library.length > 0) items.push({ label: `library, in the place of ${leading!.name}`, kind: vscode.QuickPickItemKind.Separator }, ...library.map(libraryItem));
  if (items.length === 0) return void vscode.window.showInformationMessage('Open a file with layers first: TypeScript, JavaScript, a block file or a saved model.');
  const chosen = await pickSeveral(items, given);
  return chosen && [...given.filter(id => chosen.includes(id) || kept.includes(id)), ...chosen.filter(id => !given.includes(id))];
}

/** Each result of a block by itself, because it is one that runs. */
function itemsOf(document: vscode.TextDocument, analyses: Analyses): Item[] {
  const from = analyses.of(document);
  return from ? outline(from.analysis).flatMap(({ results }) => results.map(result => ({ label: result.name, description: resultsLabel([result], ROOM, counting(document)), id: result.id }))) : [];
}

function libraryItem({ id, name, graph }: BlockPayload): Item {
  const { params, macs } = totalsOf(graph.nodes);
  return { id, label: name, description: `→ ${shapesLabel(shapesOut(graph))} · ${shortCount(params)} params · ${shortCount(macs)} MACs` };
}

/** `showQuickPick` cannot begin with some that are chosen. */
function pickSeveral(items: readonly Item[], chosen: readonly string[]): Promise<readonly string[] | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.items = items;
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.title = 'Compare Blocks';
  pick.placeholder = 'Which blocks? The first is what the others are compared with';
  pick.selectedItems = items.filter(({ id }) => id !== undefined && chosen.includes(id));
  return new Promise(resolve => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems.flatMap(({ id }) => id ?? []));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
