// One analysis per document version, made when somebody first asks and shared by all who ask.
import * as vscode from 'vscode';
import { FileAnalyzer } from '../blocks/analyze.ts';
import type { Analysis } from '../blocks/analysis.ts';
import { Typing, type TypedStatement } from '../blocks/features/typing.ts';
import { editOf, isBlockDocument, isSupported, mayHoldLayers } from './documents.ts';
import type { Log } from './log.ts';
import { isCurrent, ModuleReader, type ModuleStamp } from './module-reader.ts';
import { fileOf, type TextOf } from './places.ts';
import { maximumFileSize, SECTION } from './settings.ts';

/** An analysis with the texts that it was made from. */
export interface DocumentAnalysis {
  readonly analysis: Analysis;
  readonly version: number;
  readonly textOf: TextOf;
}

interface Entry {
  readonly version: number;
  readonly result: DocumentAnalysis | undefined;
  readonly modules: readonly ModuleStamp[];
}

export class Analyses implements vscode.Disposable {
  private readonly entries = new Map<string, Entry>();
  private readonly analyzers = new Map<string, FileAnalyzer>();
  private readonly typings = new Map<string, Typing>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly disposables: vscode.Disposable[] = [];
  /**
   * Fires when a document's answers change for a reason that VS Code does not see: a module that it imports was edited, or
   * the caret has left the statement that was being typed.
   */
  readonly onDidChange = this.changed.event;

  constructor(private readonly home: vscode.Uri, private readonly log: Log) {
    this.disposables.push(
      this.changed,
      vscode.workspace.onDidCloseTextDocument(document => this.forget(fileOf(document))),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        this.announceImporters(fileOf(document));
        if (!isSupported(document)) return;
        const typing = this.typingOf(fileOf(document));
        for (const change of contentChanges) typing.edit(editOf(change));
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        const caret = caretIn(textEditor.document);
        if (caret !== undefined && this.typings.get(fileOf(textEditor.document))?.moveCaret(caret)) this.changed.fire(textEditor.document.uri);
      }),
      // The largest size that is read decides for each file whether it has an analysis at all.
      vscode.workspace.onDidChangeConfiguration(event => { if (event.affectsConfiguration(SECTION)) this.entries.clear(); }),
      vscode.workspace.onDidSaveTextDocument(document => this.announceImporters(fileOf(document))),
    );
  }

  /** Undefined for a document that Blockscope does not read: another language, or no layers in it. */
  of(document: vscode.TextDocument): DocumentAnalysis | undefined {
    const file = fileOf(document);
    const known = this.entries.get(file);
    if (known && known.version === document.version && known.modules.every(isCurrent)) return known.result;
    const entry = this.analyzeNow(document, file);
    this.entries.set(file, entry);
    return entry.result;
  }

  /** The statement that is being typed in a document; undefined where there is none. */
  typedIn(document: vscode.TextDocument): TypedStatement | undefined {
    this.of(document);
    return this.typings.get(fileOf(document))?.statement;
  }

  private analyzeNow(document: vscode.TextDocument, file: string): Entry {
    const { version } = document;
    const nothing = { version, result: undefined, modules: [] };
    if (!isSupported(document)) return nothing;
    const text = document.getText();
    if (!mayHoldLayers(text) && !isBlockDocument(document)) return nothing;
    const modules = new ModuleReader(this.home);
    const started = performance.now();
    const analysis = this.log.guard(`reading ${file}`, undefined, () => this.analyzerOf(file).analyze(
      text, { readModule: (specifier, from) => modules.read(specifier, from), mostCharacters: maximumFileSize(document) }, caretIn(document),
    ));
    if (analysis) this.typings.get(file)?.read(analysis);
    this.log.channel.debug(`read ${file}, version ${version}, in ${(performance.now() - started).toFixed(1)} ms`);
    const textOf: TextOf = other => (other === file ? text : modules.textOf(other));
    return { version, result: analysis && { analysis, version, textOf }, modules: modules.stamps() };
  }

  private analyzerOf(file: string): FileAnalyzer {
    let analyzer = this.analyzers.get(file);
    if (!analyzer) this.analyzers.set(file, (analyzer = new FileAnalyzer(file)));
    return analyzer;
  }

  private typingOf(file: string): Typing {
    let typing = this.typings.get(file);
    if (!typing) this.typings.set(file, (typing = new Typing()));
    return typing;
  }

  private forget(file: string): void {
    this.entries.delete(file);
    this.analyzers.delete(file);
    this.typings.delete(file);
  }

  private announceImporters(file: string): void {
    for (const [importer, entry] of this.entries) {
      if (importer !== file && entry.modules.some(module => module.file === file)) this.changed.fire(vscode.Uri.parse(importer, true));
    }
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}

/** Undefined where the document is not the one that is typed in. */
function caretIn(document: vscode.TextDocument): number | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document === document ? document.offsetAt(editor.selection.active) : undefined;
}
