// The modules that a file imports: from open editors first, then from disk. Only files of the workspace are read, and
// nothing is ever executed.
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { ownModule } from '../blocks/syntax/own-modules.ts';
import { resolveModule } from '../blocks/syntax/resolve-module.ts';
import { isSupported } from './documents.ts';
import { maximumFileSize } from './settings.ts';

export interface ModuleText {
  readonly file: string;
  readonly text: string;
}

/** Says which state of a file was read: an analysis is out of date when one of them has changed. */
export interface ModuleStamp {
  readonly file: string;
  readonly stamp: string;
}

/** Reads the modules of one analysis and remembers what it has seen, and what it has looked for in vain. */
export class ModuleReader {
  /** `home` is where the extension lies. */
  constructor(private readonly home: vscode.Uri) {}

  private readonly seen = new Map<string, { readonly stamp: string; readonly text?: string }>();

  read(specifier: string, fromFile: string): ModuleText | undefined {
    const own = ownModule(specifier);
    if (own !== undefined) return this.readOwn(vscode.Uri.joinPath(this.home, own));
    const from = vscode.Uri.parse(fromFile, true);
    const found = resolveModule(specifier, from.path, path => this.textAt(from.with({ path }), from));
    return found && { file: from.with({ path: found.path }).toString(), text: found.text };
  }

  private readOwn(uri: vscode.Uri): ModuleText | undefined {
    const text = this.textAt(uri, uri);
    return text === undefined ? undefined : { file: uri.toString(), text };
  }

  private textAt(uri: vscode.Uri, from: vscode.Uri): string | undefined {
    if (!this.isOwn(uri) && !isOursToRead(uri, from)) return undefined;
    const file = uri.toString();
    const { stamp, text } = this.seen.get(file) ?? readNow(uri);
    this.seen.set(file, text === undefined ? { stamp } : { stamp, text });
    return text;
  }

  private isOwn(uri: vscode.Uri): boolean {
    return uri.scheme === this.home.scheme && uri.path.startsWith(`${this.home.path}/src/blocks/`);
  }

  textOf(file: string): string | undefined {
    return this.seen.get(file)?.text;
  }

  stamps(): ModuleStamp[] {
    return [...this.seen].map(([file, { stamp }]) => ({ file, stamp }));
  }
}

export const isCurrent = ({ file, stamp }: ModuleStamp): boolean => stampOf(vscode.Uri.parse(file, true)) === stamp;

function readNow(uri: vscode.Uri): { readonly stamp: string; readonly text?: string } {
  const stamp = stampOf(uri);
  const document = openDocument(uri);
  // Data and settings are read, but have no hints of their own.
  if (document) return isSupported(document) || uri.path.endsWith('.json') ? { stamp, text: document.getText() } : { stamp };
  if (stamp === MISSING || uri.scheme !== 'file') return { stamp };
  // A synchronous read, because the evaluator asks in the middle of its work; the limit keeps it short.
  const limit = maximumFileSize(uri);
  try {
    const { size } = fs.statSync(uri.fsPath);
    return size <= limit ? { stamp, text: fs.readFileSync(uri.fsPath, 'utf8') } : { stamp };
  } catch {
    return { stamp: MISSING };
  }
}

const MISSING = 'missing';

function stampOf(uri: vscode.Uri): string {
  const document = openDocument(uri);
  if (document) return `open ${document.version}`;
  if (uri.scheme !== 'file') return MISSING;
  const stats = fs.statSync(uri.fsPath, { throwIfNoEntry: false });
  return stats?.isFile() ? `disk ${stats.mtimeMs} ${stats.size}` : MISSING;
}

const openDocument = (uri: vscode.Uri): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());

/** Inside a folder of the workspace; where none is open, beside or below the file that imports it. */
function isOursToRead(uri: vscode.Uri, from: vscode.Uri): boolean {
  if (vscode.workspace.getWorkspaceFolder(uri)) return true;
  if (vscode.workspace.getWorkspaceFolder(from)) return false;
  return uri.path.startsWith(vscode.Uri.joinPath(from, '..').path + '/');
}
