// Go to definition and rename in block files.
import * as vscode from 'vscode';
import { nameAt, refusedName, usedBlockAt } from '../blocks/features/names-of-block-files.ts';
import type { Analyses } from './analyses.ts';
import { blockFileSelector } from './documents.ts';
import type { Log } from './log.ts';
import { rangeIn } from './places.ts';

export function registerBlockFileNames(home: vscode.Uri, analyses: Analyses, log: Log): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerDefinitionProvider(blockFileSelector, {
      provideDefinition: (document, position) => log.guard('finding a definition', undefined, () => {
        const analysis = analyses.of(document)?.analysis;
        if (!analysis) return undefined;
        const offset = document.offsetAt(position);
        const name = nameAt(analysis, offset);
        if (name) return new vscode.Location(document.uri, rangeIn(document, name.name.at));
        const used = usedBlockAt(analysis, offset);
        if (!used) return undefined;
        if (!used.block.startsWith('.')) return inLibrary(home, used.block);
        return new vscode.Location(vscode.Uri.joinPath(document.uri, '..', used.block), new vscode.Position(0, 0));
      }),
    }),
    vscode.languages.registerRenameProvider(blockFileSelector, {
      prepareRename(document, position) {
        const found = nameIn(document, position);
        if (!found) throw new Error('Parameters of the block and names of repetitions can be renamed.');
        return { range: rangeIn(document, found.at), placeholder: found.name.name };
      },
      provideRenameEdits(document, position, newName) {
        const analysis = analyses.of(document)?.analysis;
        const found = nameIn(document, position);
        if (!analysis || !found) return undefined;
        const refused = refusedName(analysis, found.name, newName);
        if (refused !== undefined) throw new Error(refused);
        const edit = new vscode.WorkspaceEdit();
        for (const at of [found.name.at, ...found.name.mentions]) edit.replace(document.uri, rangeIn(document, at), newName);
        return edit;
      },
    }),
  );

  function nameIn(document: vscode.TextDocument, position: vscode.Position): ReturnType<typeof nameAt> {
    const analysis = analyses.of(document)?.analysis;
    return analysis && nameAt(analysis, document.offsetAt(position));
  }
}

/** Where the library exports a block of that name. */
async function inLibrary(home: vscode.Uri, name: string): Promise<vscode.Location | undefined> {
  const folder = vscode.Uri.joinPath(home, 'src/blocks/library');
  const textOf = async (file: string): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, file)));
  const from = [...(await textOf('blocks.ts')).matchAll(/export \{([^}]*)\} from '\.\/([\w.]+)'/g)].find(([, names]) => names!.split(',').some(one => one.trim() === name));
  if (!from) return undefined;
  const lines = (await textOf(from[2]!)).split('\n');
  const line = Math.max(0, lines.findIndex(one => one.startsWith(`export const ${name} `)));
  return new vscode.Location(vscode.Uri.joinPath(folder, from[2]!), new vscode.Position(line, lines[line]!.startsWith('export const ') ? 'export const '.length : 0));
}
