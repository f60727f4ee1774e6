// The panel beside the editor that draws a block and runs it. It follows its document: every edit sends the block anew,
// and the caret in the source points out the layer in the picture.
import * as vscode from 'vscode';
import { isLibraryId, libraryFileOf } from '../blocks/features/library-blocks.ts';
import { findResult, outline, type BlockResult } from '../blocks/features/outline.ts';
import { siteAt } from '../blocks/features/site-at.ts';
import { fingerprint } from '../blocks/graph/fingerprint.ts';
import { dispatch, type BlockPayload, type Handlers, type RunReport, type ToExtension, type ToWebview } from '../blocks/protocol/messages.ts';
import type { Location } from '../blocks/text/location.ts';
import type { ComparisonReport } from '../blocks/protocol/comparison.ts';
import type { Analyses } from './analyses.ts';
import { blockPayload, documentOfId, filesOf } from './block-payload.ts';
import { comparedBlocks } from './compared-blocks.ts';
import { comparedInState, hasClaimsInState, idInState } from './kept-page.ts';
import type { Log } from './log.ts';
import { fileOf } from './places.ts';
import { openLibraryBlock, openSource } from './open-source.ts';
import { pageHtml, pageRoot, VIEW_TYPE } from './panel-page.ts';
import { SECTION } from './settings.ts';
import type { RunHistory } from './run-history.ts';
import { tellClaimFinished, tellCompared, tellRunFailed, tellRunFinished } from './run-report.ts';
import { saveReport } from './save-report.ts';

/** A run of a block as it ended, for tests and for whoever builds on Blockscope. */
export interface FinishedRun {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly report: RunReport;
}

/** What the page was last told to show: a block as of a version of its document with so many earlier runs, or a sentence instead of one. */
export type PanelContent = { readonly id: string; readonly version: number; readonly keptRuns: number } | { readonly compared: readonly string[] } | { readonly message: string };

/** The block on show: its id lasts, what it is made of changes with every edit. */
interface Shown {
  readonly id: string;
  readonly name: string;
  payload?: BlockPayload;
  fingerprint?: string;
  /** The document versions with this very fingerprint: answers for any of them still hold. */
  versions: Set<number>;
}

/** Typing rests this long before the block is sent anew. */
const REST_MS = 120;

const CLAIMS_TITLE = 'Claim Lab';

export class BlockPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private shown: Shown | undefined;
  /** The ids of blocks that are compared, in the place of one that is shown. */
  private compared: readonly string[] | undefined;
  /** The page shows the claim lab, and no block of a document. */
  private claims = false;
  private ready = false;
  /** Whether the run, or the comparison, starts as soon as the page has what it takes. */
  private startWhenSent = false;
  private revealed: Location | undefined;
  private content: PanelContent | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly started = new vscode.EventEmitter<void>();
  readonly onDidStartRun = this.started.event;
  private readonly finished = new vscode.EventEmitter<FinishedRun>();
  readonly onDidFinishRun = this.finished.event;
  private readonly finishedComparison = new vscode.EventEmitter<ComparisonReport>();
  readonly onDidCompare = this.finishedComparison.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly extensionUri: vscode.Uri, private readonly analyses: Analyses, private readonly history: RunHistory, private readonly log: Log) {
    const follow = (uri: vscode.Uri): void => {
      if ([...this.compared ?? [], ...(this.shown ? [this.shown.id] : [])].some(id => uri.toString() === documentOfId(id))) this.sendLater();
    };
    this.subscriptions = [
      this.started,
      this.finished,
      this.finishedComparison,
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, { deserializeWebviewPanel: async (panel, state) => this.restore(panel, state) }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => follow(document.uri)),
      analyses.onDidChange(follow),
      history.onDidChange(id => { if (this.shown?.id === id) this.sendHistory(id); }),
      vscode.workspace.onDidChangeConfiguration(event => { if (event.affectsConfiguration(SECTION)) void this.send(); }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.reveal(textEditor)),
    ];
  }

  /** Shows the block beside the editor, in the panel that is already there if there is one; `profile` also runs it. */
  show(document: vscode.TextDocument, result: BlockResult, profile: boolean): void {
    this.shown = { id: result.id, name: result.name, versions: new Set() };
    this.compared = undefined;
    this.claims = false;
    this.startWhenSent = profile;
    this.bringUp();
    this.log.info(`${profile ? 'profiling' : 'showing'} ${result.name} of ${vscode.workspace.asRelativePath(document.uri)}`);
    void this.send();
  }

  /** Shows blocks side by side in the same panel; `start` also measures them. */
  async compare(ids: readonly string[], start: boolean): Promise<void> {
    this.shown = undefined;
    this.claims = false;
    this.compared = ids;
    this.startWhenSent = start;
    this.bringUp();
    this.log.info(`comparing ${ids.length} blocks`);
    await this.send();
  }

  private bringUp(): void {
    if (this.panel) this.panel.reveal(undefined, true);
    else this.adopt(vscode.window.createWebviewPanel(VIEW_TYPE, 'Blockscope', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }));
  }

  /** Shows the claim lab in the place of a block. */
  showClaims(): void {
    this.leaveForClaims();
    if (this.panel) this.panel.reveal();
    else this.adopt(vscode.window.createWebviewPanel(VIEW_TYPE, 'Blockscope', vscode.ViewColumn.Beside));
    void this.send();
  }

  private leaveForClaims(): void {
    this.shown = undefined;
    this.compared = undefined;
    this.claims = true;
    if (this.panel) this.panel.title = CLAIMS_TITLE;
  }

  /** Undefined while there is no page that could show anything. */
  get showing(): PanelContent | undefined {
    return this.ready ? this.content : undefined;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** After the window was reloaded: the page's own state says which block it showed. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    this.panel?.dispose();
    this.claims = hasClaimsInState(state);
    const block = this.claims ? undefined : idInState(state);
    this.shown = block && { ...block, versions: new Set() };
    this.compared = comparedInState(state);
    this.adopt(panel);
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    this.ready = false;
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'panel.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(this.extensionUri)] };
    panel.onDidDispose(() => {
      if (this.panel !== panel) return;
      this.panel = undefined;
      this.shown = undefined;
      this.compared = undefined;
      this.claims = false;
      this.ready = false;
    });
    // A hidden page is destroyed and says `ready` again when it comes back.
    panel.onDidChangeViewState(() => { if (!panel.visible) this.ready = false; });
    panel.webview.onDidReceiveMessage((message: unknown) =>
      this.log.guard('a message of the webview', undefined, () => dispatch<ToExtension>(message, this.handlers)));
    panel.webview.html = pageHtml(panel.webview, this.extensionUri);
  }

  private readonly handlers: Handlers<ToExtension> = {
    ready: () => {
      this.ready = true;
      this.revealed = undefined;
      this.content = undefined;
      void this.send();
    },
    openSource: ({ at }) => {
      if (!this.shown?.payload || !filesOf(this.shown.payload).has(at.file)) return;
      void this.log.guardAsync('opening a place in the source', undefined, () => openSource(at));
    },
    runStarted: ({ id, version }) => {
      if (!this.shown || !this.answers(id, version)) return;
      this.log.info(`running ${this.shown.name}`);
      this.started.fire();
    },
    runFinished: ({ id, version, report }) => {
      if (!this.shown?.payload || !this.answers(id, version)) return;
      tellRunFinished(this.shown.payload, report, this.log);
      this.history.keep(this.shown.payload, report);
      this.finished.fire({ id, version, name: this.shown.name, report });
    },
    runFailed: ({ id, version, message }) => {
      if (this.shown && this.answers(id, version)) tellRunFailed(this.shown.name, message, this.log);
    },
    runCancelled: ({ id, version, reason }) => {
      if (this.shown && this.answers(id, version)) this.log.info(`the run of ${this.shown.name} was ${reason === 'user' ? 'stopped' : 'given up, because the block changed'}`);
    },
    chooseCompared: ({ ids }) => void vscode.commands.executeCommand('blockscope.compareBlocks', undefined, ids),
    compareOnly: ({ ids }) => void this.compare(ids, false),
    showBlock: ({ id }) => void this.log.guardAsync('showing a block of a comparison', undefined, () => this.showById(id)),
    compareFinished: ({ report }) => {
      tellCompared(report, this.log);
      this.finishedComparison.fire(report);
    },
    compareFailed: ({ message }) => tellRunFailed('The comparison', message, this.log),
    compareCancelled: ({ reason }) => this.log.info(`the comparison was ${reason === 'user' ? 'stopped' : 'given up, because a block changed'}`),
    claimsOpened: () => {
      this.leaveForClaims();
      this.content = { message: CLAIMS_TITLE };
    },
    claimFinished: ({ report }) => tellClaimFinished(report, this.log),
    claimFailed: ({ claim, message }) => this.log.channel.warn(`the experiment of ${claim} did not run: ${message}`),
    claimsEnded: ({ stopped }) => this.log.info(`the experiments of the claim lab ${stopped ? 'were stopped' : 'have ended'}`),
    forgetRun: ({ id, at }) => this.history.forget(id, at),
    clearHistory: ({ id }) => {
      if (this.shown?.id === id) void this.log.guardAsync('clearing the history of runs', undefined, () => this.history.clear(id, this.shown!.name));
    },
    copy: ({ text }) => void this.log.guardAsync('copying the result of a run', undefined, async () => vscode.env.clipboard.writeText(text)),
    save: ({ name, text }) => void this.log.guardAsync('saving the result of a run', undefined, () => saveReport(name, text)),
  };

  /** An answer holds when it is about the block on show, as it still is. */
  private answers(id: string, version: number): boolean {
    return this.shown?.id === id && this.shown.versions.has(version);
  }

  private sendLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), REST_MS);
  }

  /** Sends the block as the document has it now; a page that is not up yet asks for it when it is. */
  private async send(): Promise<void> {
    await this.log.guardAsync('sending a block to the panel', undefined, async () => {
      const { shown } = this;
      if (!this.panel || !this.ready) return;
      if (this.compared) return this.sendCompared(this.compared);
      if (this.claims) {
        this.panel.title = CLAIMS_TITLE;
        this.content = { message: CLAIMS_TITLE };
        return this.post('claims', { ids: [], run: false });
      }
      if (!shown) return this.say('Choose a block with “Visualize” or “Profile” above it in the editor.');
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(documentOfId(shown.id), true));
      const from = await this.analyses.ready(document);
      // Another block was chosen while the document was opened and read.
      if (shown !== this.shown) return;
      // What half a word means is hardly meant: the picture stays, and a run goes on, until there is more of it.
      if (shown.payload && this.analyses.typedIn(document)?.unfinished) return;
      const result = from && findResult(outline(from.analysis), shown.id);
      const { startWhenSent } = this;
      this.startWhenSent = false;
      if (!from || !result) {
        // Half-typed code loses a block for a moment: the picture stays until the text can be read again.
        if (shown.payload && from && !from.analysis.parses) return;
        return this.say(`${vscode.workspace.asRelativePath(document.uri)} no longer has a block “${shown.name}”.`);
      }
      const payload = blockPayload(document, result, from);
      const print = fingerprint(payload.graph);
      if (print !== shown.fingerprint) shown.versions.clear();
      shown.versions.add(payload.version);
      shown.fingerprint = print;
      shown.payload = payload;
      this.panel.title = shown.name;
      const isAnew = !this.content || !('id' in this.content) || this.content.id !== payload.id;
      this.content = { id: payload.id, version: payload.version, keptRuns: this.history.of(payload.id).length };
      this.post('show', { block: payload, profile: startWhenSent });
      // The page keeps them over edits of the block.
      if (isAnew) this.sendHistory(payload.id);
    });
  }

  private sendHistory(id: string): void {
    const runs = this.history.of(id);
    if (this.content && 'id' in this.content && this.content.id === id) this.content = { ...this.content, keptRuns: runs.length };
    this.post('history', { id, runs });
  }

  private async sendCompared(ids: readonly string[]): Promise<void> {
    const { payloads, settled } = await comparedBlocks(ids, this.analyses);
    // Other blocks were chosen while the documents were opened. What half a word means is hardly meant.
    if (ids !== this.compared || !this.panel || (!settled && !this.startWhenSent)) return;
    const start = this.startWhenSent;
    this.startWhenSent = false;
    if (payloads.length === 0) return this.say('The blocks of the comparison are no longer there.');
    this.panel.title = 'Comparison';
    this.content = { compared: payloads.map(({ id }) => id) };
    this.post('compare', { blocks: payloads, start });
  }

  private async showById(id: string): Promise<void> {
    if (isLibraryId(id)) return openLibraryBlock(this.extensionUri, libraryFileOf(id));
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(documentOfId(id), true));
    const from = await this.analyses.ready(document);
    const result = from && findResult(outline(from.analysis), id);
    if (result) this.show(document, result, false);
  }

  private say(message: string): void {
    this.content = { message };
    this.post('empty', { message });
  }

  /** The caret in the source points out the layer in the picture. */
  private reveal(editor: vscode.TextEditor): void {
    void this.log.guardAsync('following the caret', undefined, async () => {
      const isOfBlock = (): boolean => this.shown?.payload !== undefined && filesOf(this.shown.payload).has(fileOf(editor.document));
      const from = isOfBlock() ? await this.analyses.ready(editor.document) : undefined;
      if (!isOfBlock()) return;
      const site = from && siteAt(from.analysis, editor.document.offsetAt(editor.selection.active));
      if (!site || (site.at.file === this.revealed?.file && site.at.start === this.revealed.start)) return;
      this.revealed = site.at;
      this.post('reveal', { at: site.at });
    });
  }

  private post<K extends keyof ToWebview>(type: K, data: ToWebview[K]): void {
    if (this.ready) void this.panel?.webview.postMessage({ type, data });
  }
}
