// What `activate()` returns: a small window into the extension for its tests, and for other extensions.
import type * as vscode from 'vscode';
import type { Analysis } from '../blocks/analysis.ts';
import type { ComparisonReport } from '../blocks/protocol/comparison.ts';
import type { Analyses } from './analyses.ts';
import type { BlockPanel, FinishedRun, PanelContent } from './block-panel.ts';
import type { Log } from './log.ts';

export interface BlockscopeApi extends vscode.Disposable {
  /** Whether there has been something to read, or somebody has asked for it: until then most of Blockscope is not loaded. */
  hasStarted(): boolean;
  /** What Blockscope knows of a document; undefined where it does not read it. */
  analysisOf(document: vscode.TextDocument): Analysis | undefined;
  /** Fires when a run in the panel begins. */
  readonly onDidStartRun: vscode.Event<void>;
  /** Fires when a run in the panel has ended with a result. */
  readonly onDidFinishRun: vscode.Event<FinishedRun>;
  /** Fires when blocks were measured against each other in the panel. */
  readonly onDidCompare: vscode.Event<ComparisonReport>;
  /** The last run that ended with a result since the start. */
  lastRun(): FinishedRun | undefined;
  /** What the panel shows; undefined where it is not open or its page is not up. */
  panelContent(): PanelContent | undefined;
  /** Every failure that was caught and logged since the start: empty unless Blockscope has an error. */
  failures(): readonly string[];
}

export function createApi(analyses: Analyses, panel: BlockPanel, log: Log): BlockscopeApi {
  let last: FinishedRun | undefined;
  const subscription = panel.onDidFinishRun(run => { last = run; });
  return {
    hasStarted: () => true,
    analysisOf: document => analyses.of(document)?.analysis,
    onDidStartRun: panel.onDidStartRun,
    onDidFinishRun: panel.onDidFinishRun,
    onDidCompare: panel.onDidCompare,
    lastRun: () => last,
    panelContent: () => panel.showing,
    failures: () => [...log.failures],
    dispose: () => subscription.dispose(),
  };
}
