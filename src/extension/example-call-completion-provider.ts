// The file's functions after `// @blockscope `.
import * as vscode from 'vscode';
import { exampleCallCompletions } from '../blocks/features/example-call-completions.ts';
import { exampleCallKeyword } from '../blocks/syntax/example-calls.ts';
import type { Analyses } from './analyses.ts';
import { documentSelector } from './documents.ts';
import type { Log } from './log.ts';
import { fileOf, rangeIn } from './places.ts';

export const registerExampleCallCompletions = (analyses: Analyses, log: Log): vscode.Disposable =>
  vscode.languages.registerCompletionItemProvider(documentSelector, {
    provideCompletionItems: (document, position) => log.guard(`completions for ${fileOf(document)}`, [], () => {
      // Editors ask after every blank: only lines with the keyword are worth a look at the whole file.
      if (!document.lineAt(position).text.includes(exampleCallKeyword)) return [];
      const from = analyses.of(document);
      if (!from) return [];
      return exampleCallCompletions(from.analysis, document.getText(), document.offsetAt(position)).map(({ label, detail, snippet, at }, i) => {
        const item = new vscode.CompletionItem({ label, detail }, vscode.CompletionItemKind.Function);
        item.insertText = new vscode.SnippetString(snippet);
        item.range = rangeIn(document, at);
        item.sortText = String(i).padStart(4, '0');
        return item;
      });
    }),
  }, ' ');
