// The hover on a layer's name, and on the attributes of its call.
import * as vscode from 'vscode';
import { hoverAt } from '../blocks/features/hover.ts';
import type { Analyses } from './analyses.ts';
import type { CallPathFocus } from './call-path-focus.ts';
import { documentSelector } from './documents.ts';
import type { Log } from './log.ts';
import { fileOf, placesFor, rangeIn, trustedMarkdown } from './places.ts';
import { counting } from './settings.ts';

export const registerHover = (analyses: Analyses, focuses: CallPathFocus, log: Log): vscode.Disposable =>
  vscode.languages.registerHoverProvider(documentSelector, {
    provideHover: (document, position) => log.guardAsync(`hover in ${fileOf(document)}`, undefined, async () => {
      const from = await analyses.ready(document);
      if (!from) return undefined;
      const hover = hoverAt(from.analysis, document.getText(), document.offsetAt(position), placesFor(from.analysis.file, from.textOf), focuses.of(document, from), counting(document));
      return hover && new vscode.Hover(trustedMarkdown(hover.markdown), rangeIn(document, hover.at));
    }),
  });
