// `npm start -- --headless`: opens an example in a real VS Code, reads its hints out of the editor, profiles a block from
// the command palette, and shows all of it in the terminal and in screenshots.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BlockPane } from './block-pane.ts';
import { explain, openVSCode, type OpenVSCode } from './open-vscode.ts';
import { projectRoot } from './vscode-host.ts';
import type { EditorLine } from './workbench.ts';

/** What a newcomer sees first. */
export const firstExample = 'digits.js';

const window = { width: 1600, height: 1000 };

/** Throws with one clear line, which names a screenshot, at the first step that fails. */
export async function headlessTour(file: string): Promise<void> {
  const source = path.join(projectRoot, 'examples', file);
  if (!existsSync(source)) throw new Error(`There is no examples/${file}.`);
  // So high that the whole file is visible: an editor holds, and asks hints for, only what it shows.
  const lineCount = readFileSync(source, 'utf8').split('\n').length;
  const vscode = await openVSCode({ file, extension: { folder: projectRoot }, viewport: { ...window, height: 300 + 20 * lineCount } });
  console.log(`VS Code ${vscode.vscodeVersion} · examples/${file}`);
  const shots: string[] = [];
  const shoot = async (name: string): Promise<void> => void shots.push(await vscode.screenshot(name));
  const step = async <T>(name: string, action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw await explain(error, vscode, name);
    }
  };
  try {
    const lines = await step('hints', () => readHints(vscode));
    printHints(lines);
    const layer = firstLayer(lines);
    await vscode.workbench.page.setViewportSize(window);
    await step('editor', async () => {
      await vscode.workbench.theme('dark');
      await vscode.workbench.goToLine(layer.line);
      await shoot('editor-dark');
    });
    await step('hover', async () => {
      console.log(`\n${await vscode.workbench.hover(layer.name, layer.line)}\n`);
      await shoot('hover-dark');
      await vscode.workbench.rest();
    });
    await step('profile', async () => {
      console.log('Blockscope: Profile Block …\n');
      // Room for the code and the block side by side.
      await vscode.workbench.hideSideBar();
      await vscode.workbench.command('Blockscope: Profile Block');
      await vscode.workbench.takeFirstChoiceUntil(vscode.workbench.page.locator('iframe.webview.ready'));
      const pane = new BlockPane(vscode.workbench.webview());
      await pane.runFinished();
      printTable(await pane.table());
      console.log(`\n${(await pane.summary()).join('\n')}`);
      await vscode.workbench.rest();
      await shoot('profile-dark');
    });
    await step('light', async () => {
      await vscode.workbench.theme('light');
      await shoot('profile-light');
    });
    console.log(`\nScreenshots: ${shots.map(shot => path.relative(projectRoot, shot)).join(', ')}`);
  } finally {
    await vscode.close();
  }
}

async function readHints({ workbench }: OpenVSCode): Promise<EditorLine[]> {
  await workbench.text(/→/).waitFor();
  const lines = await workbench.visibleLines();
  if (!lines.some(({ hints }) => hints.length > 0)) throw new Error('The editor shows no hint.');
  return lines;
}

/**
 * The first layer that the file makes, for the hover and the caret: `conv2d` in `tf.layers.conv2d(…)`, the word alone in a block or in data, what a
 * block file uses, and the class in a saved model.
 */
function firstLayer(lines: readonly EditorLine[]): { readonly name: string; readonly line: number } {
  for (const { code, hints, number } of lines) {
    const [, layer, named] = (hints.length > 0 && /\b(\w+2d|dense)(?:\(|['"]?: )|"(?:use|class_name)": "(\w+)"/.exec(code)) || [];
    const name = layer ?? named;
    if (name !== undefined) return { name, line: number };
  }
  throw new Error('The file makes no layer by name.');
}

function printHints(lines: readonly EditorLine[]): void {
  const width = Math.min(100, Math.max(...lines.map(({ code }) => code.length)));
  console.log();
  for (const { number, code, hints } of lines) {
    const shown = code.length > width ? `${code.slice(0, width - 1)}…` : code.padEnd(width);
    console.log(`${String(number).padStart(4)}  ${hints.length > 0 ? `${shown}  ${hints.join('  ')}` : shown.trimEnd()}`);
  }
}

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length)));
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column]!)).join('   ').trimEnd());
}
