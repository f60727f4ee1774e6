// One analysis per document version, made when somebody first asks and shared by all who ask. A long one is made in slices, between which the
// extension host does what else it has to do.
import * as vscode from 'vscode';
import { analyzerFor, type Analyzer } from '../blocks/analyze.ts';
import type { Analysis } from '../blocks/analysis.ts';
import { Typing, type TypedStatement } from '../blocks/features/typing.ts';
import type { Steps } from '../blocks/steps.ts';
import { editOf, isJson, isSupported, mayHoldLayers } from './documents.ts';
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

/** A version that is being read. */
interface Reading {
  readonly version: number;
  readonly steps: Steps<Entry>;
}

/** The extension host is kept busy no longer than this at a time, and the step that is under way then. */
const SLICE_MS = 12;

export class Analyses implements vscode.Disposable {
  private readonly entries = new Map<string, Entry>();
  private readonly readings = new Map<string, Reading>();
  /** What those who wait for a reading wait for. */
  private readonly awaited = new Map<string, Promise<DocumentAnalysis | undefined>>();
  /** Those that are long work. */
  private readonly long = new Set<string>();
  private readonly analyzers = new Map<string, Analyzer>();
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
        this.readAhead(document);
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        const caret = caretIn(textEditor.document);
        if (caret !== undefined && this.typings.get(fileOf(textEditor.document))?.moveCaret(caret)) this.changed.fire(textEditor.document.uri);
      }),
      // The largest size that is read decides for each file whether it has an analysis at all.
      vscode.workspace.onDidChangeConfiguration(event => {
        if (!event.affectsConfiguration(SECTION)) return;
        this.entries.clear();
        this.readings.clear();
      }),
      vscode.workspace.onDidSaveTextDocument(document => this.announceImporters(fileOf(document))),
    );
  }

  /** Undefined for a document that Blockscope does not read: another language, or no layers in it. */
  of(document: vscode.TextDocument): DocumentAnalysis | undefined {
    const file = fileOf(document);
    return (this.known(document, file) ?? this.goOn(document, file, Infinity))?.result;
  }

  /**
   * As `of`, but the extension host stays free for other work while a long file is read. Where the document is edited meanwhile, reading begins again, and
   * the answer is about the version that it has by then; undefined where it is closed.
   */
  async ready(document: vscode.TextDocument): Promise<DocumentAnalysis | undefined> {
    const file = fileOf(document);
    const known = this.known(document, file);
    if (known) return known.result;
    const entry = this.awaited.has(file) ? undefined : this.goOn(document, file, SLICE_MS);
    if (entry) return entry.result;
    this.long.add(file);
    return this.inSlices(document, file);
  }

  /** VS Code asks for a document that is edited when it has done its own work. What takes long begins meanwhile. */
  private readAhead(document: vscode.TextDocument): void {
    const file = fileOf(document);
    if (this.long.has(file)) void this.log.guardAsync(`reading ${file}`, undefined, () => this.inSlices(document, file));
  }

  private inSlices(document: vscode.TextDocument, file: string): Promise<DocumentAnalysis | undefined> {
    let awaited = this.awaited.get(file);
    if (!awaited) this.awaited.set(file, (awaited = this.readInSlices(document, file)));
    return awaited;
  }

  /** The statement that is being typed in a document; undefined where there is none. */
  typedIn(document: vscode.TextDocument): TypedStatement | undefined {
    this.of(document);
    return this.typings.get(fileOf(document))?.statement;
  }

  private known(document: vscode.TextDocument, file: string): Entry | undefined {
    const entry = this.entries.get(file);
    return entry && entry.version === document.version && entry.modules.every(isCurrent) ? entry : undefined;
  }

  private async readInSlices(document: vscode.TextDocument, file: string): Promise<DocumentAnalysis | undefined> {
    let entry: Entry | undefined;
    while (!entry && !document.isClosed) {
      await new Promise(resolve => setImmediate(resolve));
      // Whoever could not wait has read it meanwhile.
      if (!document.isClosed) entry = this.known(document, file) ?? this.goOn(document, file, SLICE_MS);
    }
    this.awaited.delete(file);
    return entry?.result;
  }

  /** Undefined where it takes longer. */
  private goOn(document: vscode.TextDocument, file: string, milliseconds: number): Entry | undefined {
    let reading = this.readings.get(file);
    if (reading?.version !== document.version) this.readings.set(file, (reading = { version: document.version, steps: this.read(document, file) }));
    const end = performance.now() + milliseconds;
    do {
      const { done, value } = reading.steps.next();
      if (!done) continue;
      this.readings.delete(file);
      this.entries.set(file, value);
      return value;
    } while (performance.now() < end);
    return undefined;
  }

  private *read(document: vscode.TextDocument, file: string): Steps<Entry> {
    const { version } = document;
    const nothing = { version, result: undefined, modules: [] };
    if (!isSupported(document)) return nothing;
    const text = document.getText();
    if (!mayHoldLayers(document, text)) return nothing;
    const modules = new ModuleReader(this.home);
    const started = performance.now();
    let analysis: Analysis | undefined;
    try {
      analysis = yield* this.analyzerOf(document, file).analyzeInSteps(
        text, { readModule: (specifier, from) => modules.read(specifier, from), mostCharacters: maximumFileSize(document) }, () => caretIn(document),
      );
    } catch (error) {
      this.log.fail(`reading ${file}`, error);
    }
    if (analysis) this.typings.get(file)?.read(analysis);
    this.log.channel.debug(`read ${file}, version ${version}, in ${(performance.now() - started).toFixed(1)} ms`);
    const textOf: TextOf = other => (other === file ? text : modules.textOf(other));
    return { version, result: analysis && { analysis, version, textOf }, modules: modules.stamps() };
  }

  private analyzerOf(document: vscode.TextDocument, file: string): Analyzer {
    let analyzer = this.analyzers.get(file);
    if (!analyzer) this.analyzers.set(file, (analyzer = analyzerFor(file, isJson(document))));
    return analyzer;
  }

  private typingOf(file: string): Typing {
    let typing = this.typings.get(file);
    if (!typing) this.typings.set(file, (typing = new Typing()));
    return typing;
  }

  private forget(file: string): void {
    this.entries.delete(file);
    this.readings.delete(file);
    this.long.delete(file);
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
