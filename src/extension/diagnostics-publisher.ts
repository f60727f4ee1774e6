// Contradictions at their lines, a moment after the last keystroke.
import * as vscode from 'vscode';
import { diagnostics } from '../blocks/features/diagnostics.ts';
import type { Problem, Severity } from '../blocks/problems/problem.ts';
import { movedRange } from '../blocks/text/edit.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import { editOf, isSupported } from './documents.ts';
import type { Log } from './log.ts';
import { fileOf, rangeIn, vscodeLocation } from './places.ts';
import { diagnosticsLevel, SECTION, type DiagnosticsLevel } from './settings.ts';

/** Half-typed code contradicts itself all the time: nothing is said before the typing rests. */
const REST_MS = 400;

interface Published {
  readonly problem: Problem;
  readonly from: DocumentAnalysis;
}

export function registerDiagnostics(analyses: Analyses, log: Log): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('blockscope');
  const waiting = new Map<string, NodeJS.Timeout>();
  /** What is shown, at its places in the text as it is now. */
  const published = new Map<string, readonly Published[]>();
  const publish = (document: vscode.TextDocument): void => log.guard(`diagnostics of ${fileOf(document)}`, undefined, () => {
    if (document.isClosed || !isSupported(document)) return;
    const level = diagnosticsLevel(document);
    const from = level === 'off' ? undefined : analyses.of(document);
    // Text that does not parse brings nothing new, and takes away only what stood where it was edited.
    const known = from ? published.get(fileOf(document)) ?? [] : [];
    const found = from?.analysis.parses ? diagnostics(from.analysis).map((problem): Published => ({ problem, from })) : known;
    published.set(fileOf(document), found);
    collection.set(document.uri, found.map(shown => diagnosticOf(shown.problem, level, document, shown.from)));
  });
  const forget = (document: vscode.TextDocument): void => {
    clearTimeout(waiting.get(fileOf(document)));
    waiting.delete(fileOf(document));
  };
  const publishLater = (document: vscode.TextDocument): void => {
    forget(document);
    waiting.set(fileOf(document), setTimeout(() => { forget(document); publish(document); }, REST_MS));
  };
  const publishAll = (): void => vscode.workspace.textDocuments.forEach(publish);
  publishAll();
  return vscode.Disposable.from(
    collection,
    { dispose: () => waiting.forEach(timer => clearTimeout(timer)) },
    vscode.workspace.onDidOpenTextDocument(publish),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || !isSupported(document)) return;
      const known = published.get(fileOf(document)) ?? [];
      published.set(fileOf(document), known.flatMap(({ problem, from }) => {
        const at = contentChanges.reduce<Problem['at'] | undefined>((place, change) => place && movedRange(place, editOf(change)), problem.at);
        return at ? [{ problem: { ...problem, at }, from }] : [];
      }));
      publishLater(document);
    }),
    vscode.workspace.onDidCloseTextDocument(document => { forget(document); published.delete(fileOf(document)); collection.delete(document.uri); }),
    analyses.onDidChange(uri => vscode.workspace.textDocuments.filter(document => document.uri.toString() === uri.toString()).forEach(publishLater)),
    vscode.workspace.onDidChangeConfiguration(event => { if (event.affectsConfiguration(SECTION)) publishAll(); }),
  );
}

function diagnosticOf(problem: Problem, level: DiagnosticsLevel, document: vscode.TextDocument, { textOf }: DocumentAnalysis): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeIn(document, problem.at), problem.message, severityOf(problem.severity, level));
  diagnostic.source = 'blockscope';
  diagnostic.code = problem.id;
  diagnostic.relatedInformation = problem.related.map(({ message, at }) =>
    new vscode.DiagnosticRelatedInformation(vscodeLocation(at, textOf), message));
  return diagnostic;
}

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error, warning: vscode.DiagnosticSeverity.Warning, information: vscode.DiagnosticSeverity.Information,
};

/** The setting can only make a problem quieter than its definition. */
const severityOf = (severity: Severity, level: DiagnosticsLevel): vscode.DiagnosticSeverity =>
  level === 'warning' || level === 'information' ? Math.max(SEVERITIES[severity], SEVERITIES[level]) : SEVERITIES[severity];
