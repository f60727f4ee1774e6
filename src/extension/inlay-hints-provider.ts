// `→ 56×56×64 · 18.5k` at the end of each layer's call.
import * as vscode from 'vscode';
import type { Counting } from '../blocks/counting/counting.ts';
import type { FocusedCall } from '../blocks/features/focus.ts';
import { siteMarkdown } from '../blocks/features/hover.ts';
import { inlayHints, sameHintOptions, type HintOptions } from '../blocks/features/inlay-hints.ts';
import { staleNotice, SteadyHints, type SteadyHint } from '../blocks/features/steady-hints.ts';
import type { TypedStatement } from '../blocks/features/typing.ts';
import type { Edit } from '../blocks/text/edit.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import type { CallPathFocus } from './call-path-focus.ts';
import { documentSelector, editOf } from './documents.ts';
import type { Log } from './log.ts';
import { fileOf, placesFor, trustedMarkdown, vscodeLocation } from './places.ts';
import { hintOptions, hintsEnabled, SECTION } from './settings.ts';

/** The hint as VS Code holds it until somebody asks for its tooltip. */
class LayerHint extends vscode.InlayHint {
  constructor(readonly hint: SteadyHint, readonly from: DocumentAnalysis, readonly focus: FocusedCall | undefined, readonly counting: Counting, position: vscode.Position) {
    const parts = hint.parts.map(({ text, at }) => {
      const part = new vscode.InlayHintLabelPart(text);
      if (at) part.location = vscodeLocation(at, from.textOf);
      return part;
    });
    super(position, parts, vscode.InlayHintKind.Type);
    this.paddingLeft = true;
  }
}

/**
 * So many characters of a line have hints. The editor draws 10,000, and the rest where somebody clicks behind them. A saved model is one line of
 * millions, and VS Code would take half a second for its thousands of hints, most of which nobody can see.
 */
const longestLine = 100_000;

/** The hints of one document. VS Code asks for them again whenever it scrolls. */
class DocumentHints {
  private readonly steady = new SteadyHints();
  private last: { readonly from: DocumentAnalysis; readonly options: HintOptions; readonly focus: FocusedCall | undefined; readonly typed: TypedStatement | undefined; readonly hints: readonly SteadyHint[] } | undefined;

  edit(edit: Edit): void {
    this.steady.edit(edit);
    this.last = undefined;
  }

  of(document: vscode.TextDocument, from: DocumentAnalysis, options: HintOptions, focus: FocusedCall | undefined, typed: TypedStatement | undefined): readonly SteadyHint[] {
    const { last } = this;
    if (last?.from === from && sameHintOptions(last.options, options) && last.focus === focus && last.typed === typed) return last.hints;
    const isDrawn = (offset: number): boolean => document.positionAt(offset).character <= longestLine;
    const hints = this.steady.of(inlayHints(from.analysis, options, focus, isDrawn), from.analysis.parses, typed);
    this.last = { from, options, focus, typed, hints };
    return hints;
  }
}

export function registerInlayHints(analyses: Analyses, focuses: CallPathFocus, log: Log): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const known = new Map<string, DocumentHints>();
  const hintsOf = (file: string): DocumentHints => {
    let hints = known.get(file);
    if (!hints) known.set(file, (hints = new DocumentHints()));
    return hints;
  };
  const provider: vscode.InlayHintsProvider<vscode.InlayHint> = {
    onDidChangeInlayHints: changed.event,
    provideInlayHints: (document, range) => log.guardAsync(`hints for ${fileOf(document)}`, [], async () => {
      if (!hintsEnabled(document)) return [];
      const from = await analyses.ready(document);
      if (!from) return [];
      const focus = focuses.of(document, from);
      // All that are drawn, because those outside of the range may be what is kept when the next keystroke breaks the text.
      const options = hintOptions(document);
      const hints = hintsOf(fileOf(document)).of(document, from, options, focus, analyses.typedIn(document));
      const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
      return hints.filter(({ offset }) => start <= offset && offset <= end).map(hint => new LayerHint(hint, from, focus, options.counting, document.positionAt(hint.offset)));
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
      const hints = known.get(fileOf(document));
      for (const change of contentChanges) hints?.edit(editOf(change));
    }),
    vscode.workspace.onDidCloseTextDocument(document => known.delete(fileOf(document))),
    analyses.onDidChange(() => changed.fire()),
    focuses.onDidChange(document => {
      // What lines showed before is no measure for what they show now.
      known.delete(fileOf(document));
      changed.fire();
    }),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (!event.affectsConfiguration(SECTION) && !event.affectsConfiguration('editor.inlayHints')) return;
      known.clear();
      changed.fire();
    }),
  );
}
