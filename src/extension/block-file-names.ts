// Go to definition and rename in block files.
import * as vscode from 'vscode';
import { parametersOfLibraryBlock } from '../blocks/block-files/library-blocks.ts';
import { argumentAt, nameAt, refusedName, usedBlockAt } from '../blocks/features/names-of-block-files.ts';
import type { Analysis } from '../blocks/analysis.ts';
import type { DeclaredName } from '../blocks/block-files/block-file.ts';
import type { Analyses } from './analyses.ts';
import { blockFileSelector } from './documents.ts';
import type { Log } from './log.ts';
import { rangeIn, vscodeLocation, type TextOf } from './places.ts';
import { usesOfParameter } from './uses-of-block-file.ts';

export function registerBlockFileNames(home: vscode.Uri, analyses: Analyses, log: Log): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerDefinitionProvider(blockFileSelector, {
      provideDefinition: (document, position) => log.guardAsync('finding a definition', undefined, async () => {
        const from = await analyses.ready(document);
        if (!from) return undefined;
        const { analysis } = from;
        const offset = document.offsetAt(position);
        const name = nameAt(analysis, offset);
        if (name) return new vscode.Location(document.uri, rangeIn(document, name.name.at));
        const argument = argumentAt(analysis, offset);
        if (argument) return definitionOfArgument(argument, from.textOf);
        const used = usedBlockAt(analysis, offset);
        if (!used) return undefined;
        if (!used.block.startsWith('.')) return inLibrary(home, used.block);
        return new vscode.Location(vscode.Uri.joinPath(document.uri, '..', used.block), new vscode.Position(0, 0));
      }),
    }),
    vscode.languages.registerRenameProvider(blockFileSelector, {
      async prepareRename(document, position) {
        const found = await renamedAt(document, position);
        if (!found) throw new Error('Parameters of block files and names of repetitions can be renamed.');
        return { range: found.range, placeholder: found.name.name };
      },
      async provideRenameEdits(document, position, newName, token) {
        const found = await renamedAt(document, position);
        if (!found) return undefined;
        const { home: declaring, analysis, name } = found;
        // Of a text that does not parse not every mention is known.
        if (!analysis.parses) throw new Error('The file does not parse: nothing was renamed.');
        const refused = refusedName(analysis, name, newName);
        if (refused !== undefined) throw new Error(refused);
        const edit = new vscode.WorkspaceEdit();
        for (const at of [name.at, ...name.mentions]) edit.replace(declaring.uri, rangeIn(declaring, at), newName);
        // What a repetition counts is nobody else's.
        const others = name.parameter ? await usesOfParameter(declaring, name.name, token) : [];
        for (const { document: other, ranges } of others) for (const range of ranges) edit.replace(other.uri, range, newName);
        return edit;
      },
    }),
  );

  /** In the other block file, or where the library's TypeScript declares it. */
  function definitionOfArgument({ use, name }: NonNullable<ReturnType<typeof argumentAt>>, textOf: TextOf): vscode.Location | Promise<vscode.Location> | undefined {
    const declared = use.parameters?.find(parameter => parameter.name === name);
    if (declared) return vscodeLocation(declared.at, textOf);
    const parameter = parametersOfLibraryBlock(use.block).find(one => one.name === name);
    return parameter && declarationInLibrary(home, parameter.declaredIn, name);
  }

  /** A name of the document, or a parameter of another block file where it is set by `with`; `home` declares it. */
  async function renamedAt(document: vscode.TextDocument, position: vscode.Position): Promise<Renamed | undefined> {
    const analysis = analyses.of(document)?.analysis;
    if (!analysis) return undefined;
    const offset = document.offsetAt(position);
    const own = nameAt(analysis, offset);
    if (own) return { home: document, analysis, name: own.name, range: rangeIn(document, own.at) };
    const argument = argumentAt(analysis, offset);
    if (!argument?.use.parameters?.some(({ name }) => name === argument.name)) return undefined;
    const range = rangeIn(document, argument.at);
    const other = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(document.uri, '..', argument.use.block));
    const declaring = analyses.of(other)?.analysis;
    const name = declaring?.names?.find(one => one.name === argument.name && one.parameter !== undefined);
    return declaring && name && { home: other, analysis: declaring, name, range };
  }
}

interface Renamed {
  readonly home: vscode.TextDocument;
  readonly analysis: Analysis;
  readonly name: DeclaredName;
  /** What the caret is on. */
  readonly range: vscode.Range;
}

/** Where a file of the library declares a parameter of its blocks. */
async function declarationInLibrary(home: vscode.Uri, file: string, name: string): Promise<vscode.Location> {
  const uri = vscode.Uri.joinPath(home, 'src/blocks/library', file);
  const lines = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)).split('\n');
  const line = lines.findIndex(one => one.startsWith(`  readonly ${name}`) && /^\??:/.test(one.slice(`  readonly ${name}`.length)));
  return new vscode.Location(uri, new vscode.Position(Math.max(0, line), line < 0 ? 0 : '  readonly '.length));
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
