// The block files of the workspace that set a parameter of another one by `with`, for its rename. All of them are found or none: a file that
// cannot be read, or that there is no time for, would be left with a name that is no parameter any more.
import * as vscode from 'vscode';
import { isBlockFile } from '../blocks/block-files/is-block-file.ts';
import { fileUsesIn } from '../blocks/features/names-of-block-files.ts';
import { rangeIn } from './places.ts';

/** More block files than people write by hand. */
const mostFiles = 2_000;
const mostMilliseconds = 5_000;

export interface UseOfParameter {
  readonly document: vscode.TextDocument;
  readonly ranges: readonly vscode.Range[];
}

/** Throws a sentence for people where it cannot be said for certain. */
export async function usesOfParameter(home: vscode.TextDocument, parameter: string, token: vscode.CancellationToken): Promise<readonly UseOfParameter[]> {
  const started = Date.now();
  const files = await blockFilesAround(home, token);
  if (files.length > mostFiles) throw new Error(`There are more than ${mostFiles.toLocaleString('en')} block files, which may use ${parameter}: nothing was renamed.`);
  const name = home.uri.path.split('/').at(-1)!;
  const found: UseOfParameter[] = [];
  for (const uri of files) {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    if (Date.now() - started > mostMilliseconds) throw new Error(`The block files of the workspace take too long to read, and may use ${parameter}: nothing was renamed.`);
    const text = await textOf(uri);
    if (!text.includes(name) || !isBlockFile(uri.path, text)) continue;
    const { uses, parses } = fileUsesIn(uri.toString(), text);
    if (!parses) throw new Error(`${vscode.workspace.asRelativePath(uri)} mentions ${name} and does not parse: nothing was renamed.`);
    const ofHome = uses.filter(({ file }) => vscode.Uri.joinPath(uri, '..', file).toString() === home.uri.toString());
    const places = ofHome.flatMap(({ given }) => given.filter(one => one.name === parameter));
    if (places.length === 0) continue;
    const document = await vscode.workspace.openTextDocument(uri);
    found.push({ document, ranges: places.map(({ at }) => rangeIn(document, at)) });
  }
  return found;
}

/** Of the workspace's folder, or of the file's own where there is none, and those that are open. */
async function blockFilesAround(home: vscode.TextDocument, token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const folder = vscode.workspace.getWorkspaceFolder(home.uri)?.uri ?? vscode.Uri.joinPath(home.uri, '..');
  const onDisk = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*.block.json'), '**/node_modules/**', mostFiles + 1, token);
  const isOpen = vscode.workspace.textDocuments.filter(({ languageId, isClosed }) => !isClosed && (languageId === 'json' || languageId === 'jsonc')).map(({ uri }) => uri);
  return [...new Map([...onDisk, ...isOpen].map(uri => [uri.toString(), uri])).values()].filter(uri => uri.toString() !== home.uri.toString());
}

/** As it is in the editor, where it is open. */
async function textOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    throw new Error(`${vscode.workspace.asRelativePath(uri)} cannot be read: nothing was renamed.`);
  }
}
