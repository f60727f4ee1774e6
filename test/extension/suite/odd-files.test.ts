// Files that nobody should have written: everything answers, nothing is thrown and nothing hangs.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BlockscopeApi } from '../../../src/extension/api.ts';
import { activate, edit, hintsOf, labelOf, temporaryFiles, until } from '../editor.ts';

const HEAD = "import * as tf from '@tensorflow/tfjs';\nconst model = tf.sequential();\nmodel.add(tf.layers.dense({ units: 4, inputShape: [3] }));\n";

describe('odd files', () => {
  const files = temporaryFiles();
  let api: BlockscopeApi;
  before(async () => { api = await activate(); });
  after(() => files.remove());

  async function askEverything(document: vscode.TextDocument): Promise<string[]> {
    const hints = await hintsOf(document);
    await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 100);
    for (const offset of [0, 60, document.getText().length]) {
      await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, document.positionAt(offset));
    }
    assert.deepEqual(api.failures(), []);
    return hints.map(labelOf);
  }

  const answers: readonly (readonly [string, string, readonly string[]])[] = [
    ['an empty file', '', []],
    ['no layers', 'export const answer = 42;\n', []],
    ['an endless loop', `${HEAD}while (true) model.add(tf.layers.flatten());\n`, ['→ 4 · 16']],
    ['endless recursion', `${HEAD}const again = () => again();\nagain();\n`, ['→ 4 · 16']],
    ['an array that doubles', `${HEAD}let a = [1];\nfor (;;) a = [...a, ...a];\n`, ['→ 4 · 16']],
    ['a string that doubles', `${HEAD}let s = 'x';\nfor (;;) s += s;\n`, ['→ 4 · 16']],
    ['half a file', `${HEAD}model.add(tf.layers.dense({ units: `, ['→ 4 · 16']],
    ['nothing but brackets', `${HEAD}${'('.repeat(5000)}`, []],
    ['characters of no language', `${HEAD}\u0001\u{1F9E0}\uD800 ]]} \u2028 ===>\n`, ['→ 4 · 16']],
  ];
  for (const [what, text, expected] of answers) {
    it(what, async () => {
      const name = `${what.replaceAll(' ', '-')}.js`;
      const started = Date.now();
      const hints = await askEverything(await vscode.workspace.openTextDocument(files.write(name, text)));
      for (const hint of expected) assert.ok(hints.includes(hint), `${hint} among ${JSON.stringify(hints)}`);
      assert.ok(Date.now() - started < 30_000, `it took ${Date.now() - started} ms`);
    });
  }

  it('a file that is binary', async () => {
    const bytes = new Uint8Array(4096).map((_, i) => (i * 7919) % 251);
    const uri = files.write('binary.js', bytes);
    await vscode.workspace.openTextDocument(uri).then(askEverything, () => undefined);
    assert.deepEqual(api.failures(), []);
  });

  it('two thousand layers', async () => {
    const lines = Array.from({ length: 2000 }, (_, i) => `const d${i} = tf.layers.dense({ units: ${i + 1} }).apply(x);`);
    const uri = files.write('long.js', `import * as tf from '@tensorflow/tfjs';\nconst x = tf.input({ shape: [3] });\n${lines.join('\n')}\n`);
    const document = await vscode.workspace.openTextDocument(uri);
    const started = Date.now();
    await askEverything(document);
    assert.ok(Date.now() - started < 30_000, `it took ${Date.now() - started} ms`);
  });

  it('a module that imports itself, and one that is not there', async () => {
    files.write('circle.js', "export * from './around.js';\n");
    const uri = files.write('around.js', `${HEAD}import { units } from './circle.js';\nimport gone from './gone.js';\nimport { x } from 'no-such-package';\nmodel.add(tf.layers.dense({ units }));\n`);
    const hints = await askEverything(await vscode.workspace.openTextDocument(uri));
    assert.equal(hints[0], '→ 4 · 16');
  });

  it('a module that changes while it is imported', async () => {
    const width = files.write('width.js', 'export const WIDTH = 8;\n');
    const uri = files.write('wide.js', `${HEAD}import { WIDTH } from './width.js';\nmodel.add(tf.layers.dense({ units: WIDTH }));\n`);
    const document = await vscode.workspace.openTextDocument(uri);
    const hints = async (): Promise<string> => (await askEverything(document)).join();
    assert.equal(await hints(), '→ 4 · 16,→ 8 · 40');
    await vscode.workspace.openTextDocument(width);
    await edit(change => change.replace(width, new vscode.Range(0, 21, 0, 22), '16'));
    await until('the new width', hints, found => found === '→ 4 · 16,→ 16 · 80');
  });
});
