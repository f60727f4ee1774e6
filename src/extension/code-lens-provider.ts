// The totals above each block, with Visualize and Profile; the calls of a function to choose from; example arguments above
// what nobody calls.
import * as vscode from 'vscode';
import { codeLenses, type CodeLens } from '../blocks/features/code-lenses.ts';
import { exampleArguments, type ExampleArguments } from '../blocks/features/example-arguments.ts';
import { focusLenses, type FocusLens } from '../blocks/features/focus-lenses.ts';
import { SteadyLenses } from '../blocks/features/steady-lenses.ts';
import type { Analyses } from './analyses.ts';
import type { CallPathFocus } from './call-path-focus.ts';
import { documentSelector, editOf } from './documents.ts';
import { exampleArgumentsCommand } from './example-arguments.ts';
import type { Log } from './log.ts';
import { fileOf, focusCommand, placesFor, rangeIn, showAllCommand, type FocusTarget } from './places.ts';
import { counting, lensesEnabled, SECTION } from './settings.ts';

export function registerCodeLenses(analyses: Analyses, focuses: CallPathFocus, log: Log): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const steady = new Map<string, SteadyLenses<Lens>>();
  const steadyOf = (file: string): SteadyLenses<Lens> => {
    let lenses = steady.get(file);
    if (!lenses) steady.set(file, (lenses = new SteadyLenses()));
    return lenses;
  };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(documentSelector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: document => log.guardAsync(`lenses for ${fileOf(document)}`, [], async () => {
        if (!lensesEnabled(document)) return [];
        const from = await analyses.ready(document);
        if (!from) return [];
        const focus = focuses.of(document, from);
        const blocks = codeLenses(from.analysis, focus, counting(document));
        const calls = focusLenses(from.analysis, focus, placesFor(from.analysis.file, from.textOf));
        // That something is left out, and what can be done, comes before what is left, which may be too long for the line.
        const blocksAndCalls = focus ? [...calls, ...blocks.filter(({ action }) => action !== 'none'), ...blocks.filter(({ action }) => action === 'none')] : [...blocks, ...calls];
        const lenses: Lens[] = [...blocksAndCalls, ...exampleArguments(from.analysis)];
        return steadyOf(fileOf(document)).of(lenses, from.analysis.parses).map(lens => new vscode.CodeLens(rangeIn(document, lens.at), commandOf(lens, document)));
      }),
    }),
    analyses.onDidChange(() => changed.fire()),
    focuses.onDidChange(document => {
      steady.delete(fileOf(document));
      changed.fire();
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const lenses = steady.get(fileOf(document));
      for (const change of contentChanges) lenses?.edit(editOf(change));
    }),
    vscode.workspace.onDidCloseTextDocument(document => steady.delete(fileOf(document))),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (!event.affectsConfiguration(SECTION)) return;
      // What was shown by other settings is no measure for what is shown now.
      steady.clear();
      changed.fire();
    }),
  );
}

type Lens = CodeLens | FocusLens | ExampleArguments;

function commandOf(lens: Lens, document: vscode.TextDocument): vscode.Command {
  const uri = document.uri.toString();
  const { title } = lens;
  // The space is one that does not break, because VS Code would swallow another after the icon.
  const withIcon = (icon: string): string => `$(${icon})\u00a0${title}`;
  if ('name' in lens) {
    const tooltip = `Say in a comment how ${lens.name} is called, so that its layers have numbers`;
    return { command: exampleArgumentsCommand, title: withIcon('edit'), tooltip, arguments: [uri, lens.name] };
  }
  const { tooltip } = lens;
  switch (lens.action) {
    // VS Code draws a lens without a command as plain text.
    case 'none': return { command: '', title, tooltip };
    case 'visualize': return { command: 'blockscope.visualizeBlock', title: withIcon('type-hierarchy'), tooltip, arguments: [uri, lens.results] };
    case 'profile': return { command: 'blockscope.profileBlock', title: withIcon('play'), tooltip, arguments: [uri, lens.results] };
    case 'choose': return { command: focusCommand, title: withIcon('list-filter'), tooltip, arguments: [uri, { calledAt: lens.at.start } satisfies FocusTarget] };
    case 'showAll': return { command: showAllCommand, title, tooltip, arguments: [uri] };
  }
}
