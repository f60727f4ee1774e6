// `→ 56×56×64 · 18.5k` at the end of each layer's call.
import * as vscode from 'vscode';
import { layerMarkdown } from '../blocks/features/hover.ts';
import { inlayHints, type InlayHint } from '../blocks/features/inlay-hints.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import { documentSelector } from './documents.ts';
import type { Log } from './log.ts';
import { fileOf, placesFor, trustedMarkdown, vscodeLocation } from './places.ts';
import { hintOptions, hintsEnabled, SECTION } from './settings.ts';

/** The hint as VS Code holds it until somebody asks for its tooltip. */
class LayerHint extends vscode.InlayHint {
  constructor(readonly hint: InlayHint, readonly from: DocumentAnalysis, document: vscode.TextDocument) {
    const parts = hint.parts.map(({ text, at }) => {
      const part = new vscode.InlayHintLabelPart(text);
      if (at) part.location = vscodeLocation(at, from.textOf);
      return part;
    });
    super(document.positionAt(hint.offset), parts, vscode.InlayHintKind.Type);
    this.paddingLeft = true;
  }
}

export function registerInlayHints(analyses: Analyses, log: Log): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.InlayHintsProvider<vscode.InlayHint> = {
    onDidChangeInlayHints: changed.event,
    provideInlayHints: (document, range) => log.guard(`hints for ${fileOf(document)}`, [], () => {
      if (!hintsEnabled(document)) return [];
      const from = analyses.of(document);
      if (!from) return [];
      const offsets = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
      return inlayHints(from.analysis, hintOptions(document), offsets).map(hint => new LayerHint(hint, from, document));
    }),
    resolveInlayHint: hint => log.guard('tooltip of a hint', hint, () => {
      if (!(hint instanceof LayerHint)) return hint;
      const { analysis, textOf } = hint.from;
      const places = placesFor(analysis.file, textOf);
      hint.tooltip = trustedMarkdown(hint.hint.sites.map(site => layerMarkdown(site, places)).join('\n\n---\n\n'));
      return hint;
    }),
  };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerInlayHintsProvider(documentSelector, provider),
    analyses.onDidChange(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration(SECTION) || event.affectsConfiguration('editor.inlayHints')) changed.fire();
    }),
  );
}
