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
    print(`A model.json of ${(text.length / 1e6).toFixed(1)} million characters and ${layers} layers, in VS Code ${vscode.version} (Node ${process.versions.node}):`);
    report('opened the first time', await measured(() => show(file('model.json', text))));
    await quiet();
    report('another one, opened afterwards', await measured(() => show(file('other.json', text))));
    const found: Measured[] = [];
    for (let i = 0; i < changes; i++) {
      await quiet();
      found.push(await measured(async () => {
        const { activeTextEditor: editor } = vscode.window;
        const at = editor!.document.positionAt(editor!.document.getText().indexOf('"filters":') + '"filters":'.length);
        await editor!.edit(edit => edit.insert(at, '1'));
        return editor!.document;
      }));
    }
    const [asked, longest] = [found.map(({ ms }) => ms), found.map(({ blocked }) => blocked)];
    report(`after a change (median of ${changes}; the slowest ${Math.max(...asked).toFixed(0)} ms)`, { hints: found[0]!.hints, ms: quantile(asked, 0.5), blocked: quantile(longest, 0.5) });
    recordTotals({ passed: 1, failed: 0, skipped: 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly hints: number;
  /** From when the extension host has the text until VS Code has the hints of the beginning of the file, as an editor asks for them. */
  readonly ms: number;
  /** The longest time in which the extension host did nothing else. */
  readonly blocked: number;
}

async function measured(change: () => Promise<vscode.TextDocument>): Promise<Measured> {
  const document = await change();
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

const report = (what: string, { hints, ms, blocked }: Measured): void =>
  print(`  ${`${ms.toFixed(0)} ms`.padStart(8)}  until ${hints} hints are there, ${what}; the extension host is busy for ${blocked.toFixed(0)} ms at most`);

const print = (line: string): void => console.log(`${lineMark}${line}`);
