// Blockscope: Focus Call Path…, from the palette, from the line above a function and from hovers; Blockscope: Show All Call Paths.
import * as vscode from 'vscode';
import { findFocus, type Focus } from '../blocks/features/focus.ts';
import { focusableFunctionAt, focusableFunctions, waysThrough, waysTo, type FocusChoice } from '../blocks/features/focus-choices.ts';
import { LineMap } from '../blocks/text/location.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import type { CallPathFocus } from './call-path-focus.ts';
import { isSupported } from './documents.ts';
import type { Log } from './log.ts';
import { focusCommand, placesFor, showAllCommand, type FocusTarget } from './places.ts';
import { counting } from './settings.ts';

export function registerFocusCommands(analyses: Analyses, focuses: CallPathFocus, log: Log): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(focusCommand, (uri?: unknown, target?: unknown) => log.guardAsync('Focus Call Path', undefined, async () => {
      const document = await documentOf(uri);
      const from = document && isSupported(document) ? analyses.of(document) : undefined;
      if (!document || !from || focusableFunctions(from.analysis).length === 0) {
        void vscode.window.showInformationMessage('There is no function here whose calls give its layers different results.');
        return;
      }
      const { focus: wanted, calledAt } = isTarget(target) ? target : {};
      const focus = wanted ?? await ask(choices(document, from, calledAt), from);
      // The link, or the text while the question was open, may be of another version.
      const now = focus && analyses.of(document);
      if (now && findFocus(now.analysis, focus)) focuses.set(document, focus);
    })),
    vscode.commands.registerCommand(showAllCommand, (uri?: unknown) => log.guardAsync('Show All Call Paths', undefined, async () => {
      const document = await documentOf(uri);
      if (document) focuses.set(document, undefined);
    })),
  );
}

const documentOf = async (uri: unknown): Promise<vscode.TextDocument | undefined> =>
  typeof uri === 'string' ? vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true)) : vscode.window.activeTextEditor?.document;

/** The calls of the function whose name begins there; without one, those under the caret, or of the function around it, or all. */
function choices(document: vscode.TextDocument, { analysis, textOf }: DocumentAnalysis, calledAt: number | undefined): FocusChoice[] {
  const places = placesFor(analysis.file, textOf);
  const counted = counting(document);
  const functions = focusableFunctions(analysis);
  const asked = functions.find(({ at }) => at.start === calledAt);
  if (asked) return waysTo(analysis, asked, places, counted);
  const editor = vscode.window.activeTextEditor;
  if (editor?.document === document) {
    const caret = editor.selection.active;
    const through = waysThrough(analysis, document.offsetAt(caret), places, counted);
    if (through.length > 0) return through;
    const around = focusableFunctionAt(analysis, caret.line, offset => document.positionAt(offset).line);
    if (around) return waysTo(analysis, around, places, counted);
  }
  return functions.flatMap(called => waysTo(analysis, called, places, counted));
}

/** Which way, and where the calls that come that way differ, which of them. */
async function ask(ways: readonly FocusChoice[], { textOf }: DocumentAnalysis): Promise<Focus | undefined> {
  const sourceLine = ({ call }: FocusChoice): string => {
    const { file, start } = call.at(-1)!.at;
    const text = textOf(file) ?? '';
    const lines = new LineMap(text);
    const { line } = lines.lineColumn(start);
    return text.slice(lines.lineStart(line), lines.lineStart(line + 1)).trim();
  };
  const way = ways.length === 1 ? ways[0] : (await vscode.window.showQuickPick(
    ways.map(choice => ({ label: choice.label, description: choice.description, detail: sourceLine(choice), choice })),
    { placeHolder: 'Which call path?', matchOnDescription: true, matchOnDetail: true },
  ))?.choice;
  if (!way || way.times.length === 0) return way?.focus;
  const all = { label: `all ${way.times.length} calls`, description: way.description, focus: way.focus };
  return (await vscode.window.showQuickPick([all, ...way.times], { placeHolder: `Which call of ${way.label}?`, matchOnDescription: true }))?.focus;
}

const isTarget = (value: unknown): value is FocusTarget =>
  typeof value === 'object' && value !== null && (('calledAt' in value && typeof value.calledAt === 'number') || ('focus' in value && isFocus(value.focus)));

const isFocus = (value: unknown): value is Focus =>
  typeof value === 'object' && value !== null && 'steps' in value && Array.isArray(value.steps)
  && value.steps.every((step: unknown) => typeof step === 'object' && step !== null && 'file' in step && 'start' in step)
  && (!('time' in value) || typeof value.time === 'number');
