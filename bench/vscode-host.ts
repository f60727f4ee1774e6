// Opens and edits a saved model of 7,000 layers, from within the extension host of a real VS Code, and prints how long its hints take there.
// All that VS Code asks for an open file is asked meanwhile: lenses, problems, links. Bundled by vscode.ts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { recordTotals } from '../scripts/test-totals.ts';
import { savedModel } from '../test/blocks/model-files/saved-model.ts';
import { lineMark } from '../test/extension/line-mark.ts';
import { quantile } from './cpu-time.ts';

const layers = 7_000;
const files = 5;
const changes = 10;

export async function run(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-bench-'));
  try {
    await vscode.extensions.getExtension('blockscope.blockscope')!.activate();
    const file = (name: string, text: string): vscode.Uri => {
      const uri = vscode.Uri.file(path.join(folder, name));
      writeFileSync(uri.fsPath, text);
      return uri;
    };
    // The first JSON file of a session loads what reads it.
    await show(file('small.json', savedModel(50)));
    await quiet();
    const text = savedModel(layers);
    print(`A model.json of ${(text.length / 1e6).toFixed(1)} million characters and ${layers} layers, in VS Code ${vscode.version} (Node ${process.versions.node}), in turns with a file of the same size that is no model:`);
    const kinds = { model: text, other: withoutModel(text) };
    const opened = await inTurns(files, async (kind, turn) => measured(await show(file(`${kind}-${turn}.json`, kinds[kind]))));
    report(`opened (median of ${files})`, opened);
    const changed = await inTurns(changes, async kind => {
      const { uri } = await show(vscode.Uri.file(path.join(folder, `${kind}-${files - 1}.json`)));
      await quiet();
      const { document, edit } = vscode.window.activeTextEditor!;
      if (document.uri.toString() !== uri.toString()) throw new Error('Another file is shown.');
      const at = document.positionAt(document.getText().indexOf('"filters":') + '"filters":'.length);
      await edit(change => change.insert(at, '1'));
      return measured(document);
    });
    report(`after a change (median of ${changes})`, changed);
    recordTotals({ passed: 1, failed: 0, skipped: 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of the same size and the same form, with nothing in it that Blockscope reads: what VS Code takes by itself. */
const withoutModel = (text: string): string => text.replaceAll('class_name', 'klass_name').replaceAll('model_config', 'modal_config').replaceAll('modelTopology', 'modalTopology');

type InTurns = { readonly [kind in 'model' | 'other']: readonly Measured[] };

async function inTurns(turns: number, measure: (kind: keyof InTurns, turn: number) => Promise<Measured>): Promise<InTurns> {
  const found = { model: [] as Measured[], other: [] as Measured[] };
  for (let turn = 0; turn < turns; turn++) {
    for (const kind of ['other', 'model'] as const) {
      await quiet();
      found[kind].push(await measure(kind, turn));
    }
  }
  return found;
}

interface Measured {
  readonly hints: number;
  /** From when the extension host has the text until VS Code has the hints of the beginning of the file, as an editor asks for them. */
  readonly ms: number;
  /** The longest time in which the extension host did nothing else. */
  readonly blocked: number;
}

async function measured(document: vscode.TextDocument): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, new vscode.Range(0, 0, 0, visible));
  const ms = performance.now() - start;
  delay.disable();
  return { hints: hints.length, ms, blocked: delay.max / 1e6 };
}

/** The whole model is one line, of which an editor draws so many characters. */
const visible = 10_000;

async function show(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** VS Code asks again, draws and stores for a while after each change. */
const quiet = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 3_000));

function report(what: string, { model, other }: InTurns): void {
  const [hints] = new Set(model.map(one => one.hints));
  const median = (all: readonly Measured[], of: (one: Measured) => number): string => quantile(all.map(of), 0.5).toFixed(0);
  const slowest = (all: readonly Measured[]): string => Math.max(...all.map(({ ms }) => ms)).toFixed(0);
  print(`  ${median(model, ({ ms }) => ms).padStart(5)} ms until ${hints} hints are there, ${what}, the slowest ${slowest(model)}; until VS Code knows of none in the other file ${median(other, ({ ms }) => ms)} ms, the slowest ${slowest(other)}`);
  print(`        the extension host is busy for ${median(model, ({ blocked }) => blocked)} ms at most, with the other file ${median(other, ({ blocked }) => blocked)}`);
}

const print = (line: string): void => console.log(`${lineMark}${line}`);
