// Between the core's places (a file's address and offsets) and VS Code's (a URI, lines and characters).
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Focus } from '../blocks/features/focus.ts';
import type { Places } from '../blocks/features/places.ts';
import { LineMap, type Location } from '../blocks/text/location.ts';

/** The name by which the core knows a document. */
export const fileOf = (document: vscode.TextDocument): string => document.uri.toString();

export const uriOf = (file: string): vscode.Uri => vscode.Uri.parse(file, true);

/** Texts of the files that an analysis speaks of: the document itself, and the modules that it imports. */
export type TextOf = (file: string) => string | undefined;

export const rangeIn = (document: vscode.TextDocument, at: Location): vscode.Range =>
  new vscode.Range(document.positionAt(at.start), document.positionAt(at.end));

/** The place in any file that the analysis has read; the start of the file where its text is gone. */
export function vscodeLocation(at: Location, textOf: TextOf): vscode.Location {
  const lines = new LineMap(textOf(at.file) ?? '');
  const position = (offset: number): vscode.Position => {
    const { line, column } = lines.lineColumn(offset);
    return new vscode.Position(line - 1, column - 1);
  };
  return new vscode.Location(uriOf(at.file), new vscode.Range(position(at.start), position(at.end)));
}

/** 1-based. */
export const lineOf = (at: Location, textOf: TextOf): number => new LineMap(textOf(at.file) ?? '').lineColumn(at.start).line;

export const openSourceCommand = 'blockscope.openSource';
export const focusCommand = 'blockscope.focusCallPath';
export const showAllCommand = 'blockscope.showAllCallPaths';

/** What links and lenses focus: a call, or one that is asked for, of the function whose name begins at an offset. */
export interface FocusTarget {
  readonly focus?: Focus;
  readonly calledAt?: number;
}

/** How hovers name places and link to them, as seen from one document. */
export const placesFor = (file: string, textOf: TextOf): Places => ({
  name: at => `${at.file === file ? 'line ' : `${path.posix.basename(uriOf(at.file).path)}:`}${lineOf(at, textOf)}`,
  address: at => commandAddress(openSourceCommand, at),
  focus: {
    on: focus => commandAddress(focusCommand, file, { focus } satisfies FocusTarget),
    choose: ({ start }) => commandAddress(focusCommand, file, { calledAt: start } satisfies FocusTarget),
    showAll: commandAddress(showAllCommand, file),
  },
});

const commandAddress = (command: string, ...args: readonly unknown[]): string => `command:${command}?${encodeURIComponent(JSON.stringify(args))}`;

/** A hover's text as VS Code shows it; only the links above are commands that it may run. */
export function trustedMarkdown(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = { enabledCommands: [openSourceCommand, focusCommand, showAllCommand] };
  return markdown;
}
