// The totals above each block, with Visualize and Profile; the calls of a function to choose from; example arguments above
// what nobody calls.
import * as vscode from 'vscode';
import { codeLenses, type CodeLens } from '../blocks/features/code-lenses.ts';
import { exampleArguments, type ExampleArguments } from '../blocks/features/example-arguments.ts';
import { focusLenses, type FocusLens } from '../blocks/features/focus-lenses.ts';
import type { Analyses } from './analyses.ts';
import type { CallPathFocus } from './call-path-focus.ts';
import { documentSelector } from './documents.ts';
import { exampleArgumentsCommand } from './example-arguments.ts';
import type { Log } from './log.ts';
import { fileOf, focusCommand, placesFor, rangeIn, showAllCommand, type FocusTarget } from './places.ts';
import { lensesEnabled, SECTION } from './settings.ts';

export function registerCodeLenses(analyses: Analyses, focuses: CallPathFocus, log: Log): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(documentSelector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: document => log.guard(`lenses for ${fileOf(document)}`, [], () => {
        if (!lensesEnabled(document)) return [];
        const from = analyses.of(document);
        if (!from) return [];
        const focus = focuses.of(document, from);
        const blocks = codeLenses(from.analysis, focus).map(lens => new vscode.CodeLens(rangeIn(document, lens.at), commandOf(lens, document)));
        const calls = focusLenses(from.analysis, focus, placesFor(from.analysis.file, from.textOf)).map(lens => new vscode.CodeLens(rangeIn(document, lens.at), focusCommandOf(lens, document)));
        return [
          // That something is left out comes before what is left, which may be too long for the line.
          ...(focus ? [...calls, ...blocks] : [...blocks, ...calls]),
          ...exampleArguments(from.analysis).map(example => new vscode.CodeLens(rangeIn(document, example.at), exampleCommandOf(example, document))),
        ];
      }),
    }),
    analyses.onDidChange(() => changed.fire()),
    focuses.onDidChange(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration(event => event.affectsConfiguration(SECTION) && changed.fire()),
  );
}

/** VS Code draws a lens without a command as plain text. */
function commandOf({ action, title, tooltip, results }: CodeLens, document: vscode.TextDocument): vscode.Command {
  if (action === 'none') return { command: '', title, tooltip };
  // The space is one that does not break, because VS Code would swallow another after the icon.
  const shown = `${action === 'profile' ? '$(play)' : '$(type-hierarchy)'}\u00a0${title}`;
  return { command: `blockscope.${action}Block`, title: shown, tooltip, arguments: [document.uri.toString(), results] };
}

function focusCommandOf({ action, at, title, tooltip }: FocusLens, document: vscode.TextDocument): vscode.Command {
  const uri = document.uri.toString();
  if (action === 'showAll') return { command: showAllCommand, title, tooltip, arguments: [uri] };
  return { command: focusCommand, title: `$(list-filter)\u00a0${title}`, tooltip, arguments: [uri, { calledAt: at.start } satisfies FocusTarget] };
}

const exampleCommandOf = ({ name, title }: ExampleArguments, document: vscode.TextDocument): vscode.Command => ({
  command: exampleArgumentsCommand, title: `$(edit)\u00a0${title}`, tooltip: `Say in a comment how ${name} is called, so that its layers have numbers`,
  arguments: [document.uri.toString(), name],
});
