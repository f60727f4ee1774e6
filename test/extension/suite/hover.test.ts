// Hovers as VS Code gets them.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate, positionOf, temporaryFiles } from '../editor.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';
const image = tf.input({ shape: [56, 56, 64] });
const features = tf.layers.conv2d({ filters: 128, kernelSize: 3, padding: 'same' }).apply(image);
const unused = tf.layers.dense({ units: 10 });
const twice = units => tf.layers.dense({ units }).apply(tf.layers.flatten().apply(image));
twice(10);
twice(5);
export const head = x => tf.layers.dense({ units: 3 }).apply(x);
`;

describe('hovers', () => {
  const files = temporaryFiles();
  let document: vscode.TextDocument;
  before(async () => {
    await activate();
    document = await vscode.workspace.openTextDocument(files.write('hover.js', SOURCE));
  });
  after(() => files.remove());

  /** Ours is the one that speaks of layers; the language's own hover may come beside it. */
  async function hover(text: string, within = 0): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, positionOf(document, text).translate(0, within));
    return hovers.flatMap(({ contents }) => contents).map(content => (typeof content === 'string' ? content : content.value)).join('\n---\n');
  }

  it('works the shape, the parameters and the MACs out', async () => {
    const text = await hover('conv2d');
    assert.match(text, /\*\*conv2d\*\* — /);
    assert.match(text, /\[null, 56, 56, 64\].*→.*\[null, 56, 56, 128\]/);
    assert.match(text, /3·3·64·128 \+ 128.* = \*\*73,856\*\*/);
    assert.match(text, /56·56·3·3·64·128.* = \*\*231,211,008\*\*/);
    assert.match(text, /nothing was run/);
    assert.match(text, /https:\/\/js\.tensorflow\.org/);
  });

  it('explains an attribute', async () => {
    const text = await hover("padding: 'same'", 2);
    assert.match(text, /\*\*padding\*\*/);
    assert.match(text, /"same"/);
  });

  it('says that a layer is never applied', async () => assert.match(await hover('dense({ units: 10'), /nothing that can be read applies it/));

  it('lists the results of a line that is evaluated twice, with links to the calls', async () => {
    const text = await hover('dense({ units })');
    assert.match(text, /→ \*\*10\*\* · /);
    assert.match(text, /→ \*\*5\*\* · /);
    assert.match(text, /\(command:blockscope\.openSource\?/);
    assert.match(text, /line\s6/);
    assert.match(text, /line\s7/);
  });

  it('says why something is not known', async () => assert.match(await hover('dense({ units: 3'), /`\?`: \S+/));

  it('says nothing in the midst of an argument', async () => assert.doesNotMatch(await hover('128'), /parameters|conv2d\*\*/i));

  it('is the tooltip of the hint, too', async () => {
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const resolved = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole, 100);
    const conv = resolved.find(hint => hint.position.line === 2);
    assert.ok(conv, 'no hint on the line of conv2d');
    if (conv.tooltip !== undefined) assert.match((conv.tooltip as vscode.MarkdownString).value, /73,856/);
  });

  it('leads to the place of a link', async () => {
    const [link] = /command:blockscope\.openSource\?[^)]+/.exec(await hover('dense({ units })')) ?? [];
    assert.ok(link);
    const [at] = JSON.parse(decodeURIComponent(link.slice(link.indexOf('?') + 1))) as [{ file: string; start: number; end: number }];
    await vscode.commands.executeCommand('blockscope.openSource', at);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), document.uri.toString());
    assert.equal(vscode.window.activeTextEditor?.selection.start.line, 5);
  });
});
