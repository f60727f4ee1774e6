// Which call is focused in each document. A focus follows edits, and goes with its call; the status bar says that there is
// one and takes it off.
import * as vscode from 'vscode';
import { findFocus, focusLabel, movedFocus, type Focus, type FocusedCall } from '../blocks/features/focus.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import { editOf } from './documents.ts';
import type { Log } from './log.ts';
import { fileOf, placesFor, showAllCommand } from './places.ts';

/** Typing rests this long before a focus whose call is not found is given up. */
const REST_MS = 300;

export class CallPathFocus implements vscode.Disposable {
  private readonly focuses = new Map<string, Focus>();
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly onDidChange = this.changed.event;
  private readonly statusBarItem = vscode.window.createStatusBarItem('blockscope.callPath', vscode.StatusBarAlignment.Left, 0);
  private timer: NodeJS.Timeout | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly analyses: Analyses, private readonly log: Log) {
    this.statusBarItem.name = 'Blockscope: Focused Call Path';
    this.statusBarItem.command = showAllCommand;
    this.subscriptions = [
      this.changed, this.statusBarItem,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        for (const change of contentChanges) this.follow(fileOf(document), change);
        if (this.focuses.size > 0) this.lookLater();
      }),
      vscode.workspace.onDidCloseTextDocument(document => this.focuses.delete(fileOf(document))),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
      analyses.onDidChange(() => this.lookLater()),
    ];
  }

  /** The focused call in the document as it is analysed here; undefined without a focus, or where it is not found. */
  of(document: vscode.TextDocument, { analysis }: DocumentAnalysis): FocusedCall | undefined {
    const focus = this.focuses.get(fileOf(document));
    return focus && findFocus(analysis, focus);
  }

  set(document: vscode.TextDocument, focus: Focus | undefined): void {
    if (focus) this.focuses.set(fileOf(document), focus);
    else this.focuses.delete(fileOf(document));
    this.changed.fire(document);
    this.show();
  }

  private follow(file: string, change: vscode.TextDocumentContentChangeEvent): void {
    for (const [document, focus] of this.focuses) this.focuses.set(document, movedFocus(focus, file, editOf(change)));
  }

  private lookLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.log.guard('looking for focused calls', undefined, () => {
      for (const document of vscode.workspace.textDocuments) if (this.isLost(document)) this.set(document, undefined);
      this.show();
    }), REST_MS);
  }

  /** Half-typed text may lose a call for a moment. */
  private isLost(document: vscode.TextDocument): boolean {
    if (!this.focuses.has(fileOf(document))) return false;
    const from = this.analyses.of(document);
    return !from || (from.analysis.parses && !this.of(document, from));
  }

  private show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const isFocused = document !== undefined && this.focuses.has(fileOf(document));
    const from = isFocused ? this.analyses.of(document) : undefined;
    const call = from && this.of(document!, from);
    if (call) {
      const label = focusLabel(from.analysis, call, placesFor(from.analysis.file, from.textOf));
      this.statusBarItem.text = `$(list-filter) ${label}`;
      this.statusBarItem.tooltip = `Blockscope shows only what ${label} gives. Click to show all call paths.`;
      this.statusBarItem.show();
    } else if (!isFocused) this.statusBarItem.hide();
    void vscode.commands.executeCommand('setContext', 'blockscope.callPathFocused', isFocused);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
