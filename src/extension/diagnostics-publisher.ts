// Contradictions at their lines, a moment after the last keystroke.
import * as vscode from 'vscode';
import { diagnostics } from '../blocks/features/diagnostics.ts';
import { beyondSchema } from '../blocks/features/said-by-schema.ts';
import { SteadyDiagnostics } from '../blocks/features/steady-diagnostics.ts';
import type { TypedStatement } from '../blocks/features/typing.ts';
import type { Problem, Severity } from '../blocks/problems/problem.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import { editOf, isJson, isSupported } from './documents.ts';
import { underlinedByJsonSupport } from './json-support.ts';
import type { Log } from './log.ts';
import { fileOf, rangeIn, vscodeLocation } from './places.ts';
import { diagnosticsLevel, SECTION, type DiagnosticsLevel } from './settings.ts';

/** Nothing is said while keys follow each other, whatever it is about. */
const REST_MS = 400;

/** After a rest this long a statement counts as typed, though the caret is still in it: what is new in it is said, too. */
const STATEMENT_REST_MS = 1500;

interface Published {
  readonly problem: Problem;
  readonly from: DocumentAnalysis;
}

interface ShownInJson {
  /** What there is to say, whatever the JSON support says already. */
  readonly all: readonly Published[];
  readonly version: number;
  readonly bySchema: string;
}

export function registerDiagnostics(analyses: Analyses, log: Log): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('blockscope');
  const waiting = new Map<string, NodeJS.Timeout>();
  const steady = new Map<string, SteadyDiagnostics<Published>>();
  const inJson = new WeakMap<vscode.TextDocument, ShownInJson>();
  const steadyOf = (file: string): SteadyDiagnostics<Published> => {
    let shown = steady.get(file);
    if (!shown) steady.set(file, (shown = new SteadyDiagnostics()));
    return shown;
  };
  /** The statement that is being typed, where what is new in it waits for that. */
  const publish = (document: vscode.TextDocument, waits = false): Promise<TypedStatement | undefined> => log.guardAsync(`diagnostics of ${fileOf(document)}`, undefined, async () => {
    if (document.isClosed || !isSupported(document)) return undefined;
    const level = diagnosticsLevel(document);
    const { version } = document;
    const from = level === 'off' ? undefined : await analyses.ready(document);
    // It was edited while it was read, and has its say a moment after that.
    if (document.isClosed || document.version !== version) return undefined;
    const typed = waits ? analyses.typedIn(document) : undefined;
    const found = from ? diagnostics(from.analysis).map((problem): Published => ({ problem, from })) : [];
    show(document, steadyOf(fileOf(document)).of(found, from?.analysis.parses ?? true, typed));
    return typed;
  });
  const show = (document: vscode.TextDocument, all: readonly Published[]): void => {
    const bySchema = underlinedByJsonSupport(document);
    if (isJson(document)) inJson.set(document, { all, version: document.version, bySchema: JSON.stringify(bySchema) });
    const level = diagnosticsLevel(document);
    const kept = new Set(beyondSchema(all.map(({ problem }) => problem), document.getText(), bySchema));
    collection.set(document.uri, all.filter(({ problem }) => kept.has(problem)).map(({ problem, from }) => diagnosticOf(problem, level, document, from)));
  };
  /** The JSON support speaks later than we do. What we say ourselves is no news, and after an edit we speak again anyway. */
  const showAgain = (document: vscode.TextDocument): void => log.guard(`diagnostics of ${fileOf(document)}`, undefined, () => {
    const shown = inJson.get(document);
    if (shown?.version === document.version && shown.bySchema !== JSON.stringify(underlinedByJsonSupport(document))) show(document, shown.all);
  });
  const forget = (document: vscode.TextDocument): void => {
    clearTimeout(waiting.get(fileOf(document)));
    waiting.delete(fileOf(document));
  };
  const publishLater = (document: vscode.TextDocument): void => {
    forget(document);
    const timer = setTimeout(() => void publish(document, true).then(typed => {
      if (typed && waiting.get(fileOf(document)) === timer) waiting.set(fileOf(document), setTimeout(() => void publish(document), STATEMENT_REST_MS - REST_MS));
    }), REST_MS);
    waiting.set(fileOf(document), timer);
  };
  const publishAll = (): void => vscode.workspace.textDocuments.forEach(document => void publish(document));
  publishAll();
  return vscode.Disposable.from(
    collection,
    { dispose: () => waiting.forEach(timer => clearTimeout(timer)) },
    vscode.workspace.onDidOpenTextDocument(document => void publish(document)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || !isSupported(document)) return;
      for (const change of contentChanges) steady.get(fileOf(document))?.edit(editOf(change));
      publishLater(document);
    }),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.forEach(uri => vscode.workspace.textDocuments.filter(document => document.uri.toString() === uri.toString()).forEach(showAgain))),
    vscode.workspace.onDidCloseTextDocument(document => { forget(document); steady.delete(fileOf(document)); collection.delete(document.uri); }),
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
