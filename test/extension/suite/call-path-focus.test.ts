// Focusing a call: the lens and the links that do it, what lines show then, and how it ends.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BlockscopeApi } from '../../../src/extension/api.ts';
import { activate, edit, hintsOf, labelOf, positionOf, temporaryFiles, until } from '../editor.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';

function head(x, units) {
  return tf.layers.dense({ units }).apply(x);
}

const input = tf.input({ shape: [4] });
const wide = head(input, 10);
const narrow = head(input, 5);
for (const units of [6, 7]) head(input, units);
export const model = tf.model({ inputs: input, outputs: [wide, narrow] });
`;

describe('focusing a call', () => {
  const files = temporaryFiles();
  let api: BlockscopeApi;
  let document: vscode.TextDocument;
  before(async () => {
    api = await activate();
    document = await vscode.workspace.openTextDocument(files.write('focus.js', SOURCE));
    await vscode.window.showTextDocument(document);
  });
  afterEach(() => vscode.commands.executeCommand('blockscope.showAllCallPaths', document.uri.toString()));
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    files.remove();
  });

  const hint = async (): Promise<string> => labelOf((await hintsOf(document))[0]!);
  /** The lenses above `head`, without its totals. */
  const lenses = async (): Promise<vscode.Command[]> => {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
    return found.map(({ command }) => command!).filter(({ command }) => /CallPath/.test(command));
  };
  const titles = async (): Promise<string[]> => (await lenses()).map(({ title }) => title.replace(/^\$\(list-filter\)\u00a0/, ''));
  /** The links of the hover on `dense`, by the line that stands before them. */
  const links = async (): Promise<Map<string, string>> => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, positionOf(document, 'dense'));
    const text = hovers.flatMap(({ contents }) => contents).map(content => (typeof content === 'string' ? content : content.value)).join('\n');
    return new Map([...text.matchAll(/\[line\s(\d+)\]\([^)]+\) \(\[focus\]\(command:(blockscope\.\w+\?[^)]+)\)\)/g)].map(match => [match[1]!, match[2]!]));
  };
  const follow = async (link: string | undefined): Promise<void> => {
    const [command, args] = link!.split('?');
    await vscode.commands.executeCommand(command!, ...JSON.parse(decodeURIComponent(args!)) as unknown[]);
  };

  it('is offered above a function whose calls differ', async () => {
    assert.deepEqual(await titles(), ['3 call paths']);
    assert.match(await hint(), /×4/);
  });

  it('by a link of the hover narrows hints and lenses, until all are shown again', async () => {
    const before = await hint();
    await follow((await links()).get('9'));
    assert.equal(await hint(), '→ 5 · 25');
    const [only, showAll] = await lenses();
    assert.deepEqual(await titles(), ['only head line 9', 'show all']);
    assert.equal(only!.command, 'blockscope.focusCallPath');
    await vscode.commands.executeCommand(showAll!.command, ...showAll!.arguments as unknown[]);
    assert.equal(await hint(), before);
    assert.deepEqual(await titles(), ['3 call paths']);
  });

  it('on one turn of a loop shows that turn', async () => {
    await follow((await links()).get('10'));
    assert.match(await hint(), /^→ [67] · (30|35)$/);
    assert.match((await titles())[0]!, /^only head line 10, call [12] of 2$/);
  });

  it('asks which way and which turn, and takes the answer', async () => {
    const [choose] = await lenses();
    let ended = false;
    const asked = Promise.resolve(vscode.commands.executeCommand(choose!.command, ...choose!.arguments as unknown[])).then(() => { ended = true; });
    // The first way has one call only: no second question. The list takes no answer until it is on show.
    await until('the answer is taken', async () => {
      if (!ended) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return ended;
    }, now => now);
    await asked;
    assert.equal(await hint(), '→ 10 · 50');
  });

  it('does nothing for a call that is not there', async () => {
    const before = await hint();
    await vscode.commands.executeCommand('blockscope.focusCallPath', document.uri.toString(), { focus: { steps: [{ file: document.uri.toString(), start: 1 }] } });
    await vscode.commands.executeCommand('blockscope.focusCallPath', document.uri.toString(), { focus: { steps: [], time: 3 } });
    assert.equal(await hint(), before);
    assert.deepEqual(api.failures(), []);
  });

  it('follows edits, and goes with its call', async () => {
    await follow((await links()).get('9'));
    await edit(change => change.insert(document.uri, new vscode.Position(1, 0), '// A line more.\n'));
    assert.equal(await hint(), '→ 5 · 25');
    assert.deepEqual(await titles(), ['only head line 10', 'show all']);
    const at = positionOf(document, 'head(input, 5)');
    await edit(change => change.replace(document.uri, new vscode.Range(at, at.translate(0, 14)), 'head(input, '));
    assert.equal(await hint(), '→ 5 · 25 …', 'half-typed text does not lose it');
    await edit(change => change.replace(document.uri, new vscode.Range(at, at.translate(0, 12)), 'head(input, 3)'));
    assert.equal(await hint(), '→ 3 · 15');
    await edit(change => change.delete(document.uri, new vscode.Range(at.with(undefined, 0), at.with(at.line + 1, 0))));
    await until('the focus is given up', titles, shown => shown.length === 1 && shown[0] === '2 call paths');
  });
});
