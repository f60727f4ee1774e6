// `→ 56×56×64 · 18.5k` at the end of each layer's call.
import * as vscode from 'vscode';
import type { Counting } from '../blocks/counting/counting.ts';
import type { FocusedCall } from '../blocks/features/focus.ts';
import { siteMarkdown } from '../blocks/features/hover.ts';
import { inlayHints } from '../blocks/features/inlay-hints.ts';
import { staleNotice, SteadyHints, type SteadyHint } from '../blocks/features/steady-hints.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import type { CallPathFocus } from './call-path-focus.ts';
import { documentSelector, editOf } from './documents.ts';
import type { Log } from './log.ts';
import { fileOf, placesFor, trustedMarkdown, vscodeLocation } from './places.ts';
import { hintOptions, hintsEnabled, SECTION } from './settings.ts';

/** The hint as VS Code holds it until somebody asks for its tooltip. */
class LayerHint extends vscode.InlayHint {
  constructor(readonly hint: SteadyHint, readonly from: DocumentAnalysis, readonly focus: FocusedCall | undefined, readonly counting: Counting, document: vscode.TextDocument) {
    const parts = hint.parts.map(({ text, at }) => {
      const part = new vscode.InlayHintLabelPart(text);
      if (at) part.location = vscodeLocation(at, from.textOf);
      return part;
    });
    super(document.positionAt(hint.offset), parts, vscode.InlayHintKind.Type);
    this.paddingLeft = true;
  }
}

export function registerInlayHints(analyses: Analyses, focuses: CallPathFocus, log: Log): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const steady = new Map<string, SteadyHints>();
  const steadyOf = (file: string): SteadyHints => {
    let hints = steady.get(file);
    if (!hints) steady.set(file, (hints = new SteadyHints()));
    return hints;
  };
  const provider: vscode.InlayHintsProvider<vscode.InlayHint> = {
    onDidChangeInlayHints: changed.event,
    provideInlayHints: (document, range) => log.guardAsync(`hints for ${fileOf(document)}`, [], async () => {
      if (!hintsEnabled(document)) return [];
      const from = await analyses.ready(document);
      if (!from) return [];
      const focus = focuses.of(document, from);
      // All of them, because those outside of the range may be what is kept when the next keystroke breaks the text.
      const options = hintOptions(document);
      const hints = steadyOf(fileOf(document)).of(inlayHints(from.analysis, options, focus), from.analysis.parses, analyses.typedIn(document));
      const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
      return hints.filter(({ offset }) => offset >= start && offset <= end).map(hint => new LayerHint(hint, from, focus, options.counting, document));
    }),
    resolveInlayHint: hint => log.guard('tooltip of a hint', hint, () => {
      if (!(hint instanceof LayerHint)) return hint;
      const { from: { analysis, textOf }, focus } = hint;
      const places = placesFor(analysis.file, textOf);
      const layers = hint.hint.sites.map(site => siteMarkdown(site, analysis, places, focus, hint.counting));
      hint.tooltip = trustedMarkdown([...(hint.hint.stale ? [staleNotice] : []), ...layers].join('\n\n---\n\n'));
      return hint;
    }),
  };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerInlayHintsProvider(documentSelector, provider),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const hints = steady.get(fileOf(document));
      for (const change of contentChanges) hints?.edit(editOf(change));
    }),
    vscode.workspace.onDidCloseTextDocument(document => steady.delete(fileOf(document))),
    analyses.onDidChange(() => changed.fire()),
    focuses.onDidChange(document => {
      // What lines showed before is no measure for what they show now.
      steady.delete(fileOf(document));
      changed.fire();
    }),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (!event.affectsConfiguration(SECTION) && !event.affectsConfiguration('editor.inlayHints')) return;
      steady.clear();
      changed.fire();
    }),
  );
}
