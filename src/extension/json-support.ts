// What VS Code's own JSON support says of a document: its problems carry no source, or the language's name.
import * as vscode from 'vscode';
import { isJson } from './documents.ts';

/** The places that it underlines, as offsets. */
export const underlinedByJsonSupport = (document: vscode.TextDocument): readonly { readonly start: number; readonly end: number }[] =>
  (!isJson(document) ? [] : vscode.languages.getDiagnostics(document.uri)
    .filter(({ source }) => source === undefined || source === document.languageId)
    .map(({ range }) => ({ start: document.offsetAt(range.start), end: document.offsetAt(range.end) })));
