// The commands of the palette, also where they have nothing to do.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BlockscopeApi } from '../../../src/extension/api.ts';
import { activate, until } from '../editor.ts';

/** Resolves when the editor has the focus. A question that is just closing can take it back, so it is shown again. */
async function show(language: string, content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  const isActive = (): boolean => vscode.window.activeTextEditor?.document === document;
  await until('the editor is active', async () => {
    if (!isActive()) await Promise.race([vscode.window.showTextDocument(document), new Promise(resolve => setTimeout(resolve, 2_000))]);
    return isActive();
  }, active => active);
}

/** Runs a command until it ends. It waits for an answer to its question; closing one that is not asked yet does nothing. */
async function runUnanswered(command: string): Promise<void> {
  let ended = false;
  const asked = Promise.resolve(vscode.commands.executeCommand(command)).then(() => { ended = true; });
  await until('the command ends', async () => {
    if (!ended) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    return ended;
  }, now => now);
  await asked;
}

const webviews = (): vscode.Tab[] => vscode.window.tabGroups.all.flatMap(group => group.tabs).filter(tab => tab.input instanceof vscode.TabInputWebview);

describe('commands', () => {
  let api: BlockscopeApi;
  before(async () => { api = await activate(); });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  for (const command of ['blockscope.visualizeBlock', 'blockscope.profileBlock']) {
    it(`${command} opens nothing without layers`, async () => {
      await show('typescript', 'export const tf = 1;\n');
      await runUnanswered(command);
      assert.deepEqual(webviews(), []);
    });

    it(`${command} opens nothing for a language that is not read`, async () => {
      await show('python', 'tf.layers.dense(units=3)\n');
      await runUnanswered(command);
      assert.deepEqual(webviews(), []);
    });

    it(`${command} asks which block is meant, and does nothing where nobody says`, async () => {
      const content = ['a', 'b'].map(name => `const ${name} = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] });\n`).join('\n'.repeat(3));
      await show('javascript', `// nothing here\n${content}`);
      await runUnanswered(command);
      assert.deepEqual(webviews(), []);
    });
  }

  it('blockscope.verifyNetworks shows a report that nobody can write into, and the same one again', async () => {
    for (let time = 0; time < 2; time++) {
      await vscode.commands.executeCommand('blockscope.verifyNetworks');
      const { document } = vscode.window.activeTextEditor!;
      assert.match(document.getText(), /\n\*\*46 of 46 exact\*\*\n$/);
      assert.deepEqual([document.languageId, document.uri.scheme, document.isUntitled], ['markdown', 'blockscope-networks', false]);
    }
    assert.deepEqual(api.failures(), []);
  });

  it('blockscope.openClaimLab opens the claim lab, and the same one again', async () => {
    for (let time = 0; time < 2; time++) {
      await vscode.commands.executeCommand('blockscope.openClaimLab');
      const content = await until('the lab', () => api.panelContent(), now => now !== undefined);
      assert.deepEqual(content, { message: 'Claim Lab' });
      await until('one panel with its title', () => webviews().map(({ label }) => label).join(), labels => labels === 'Claim Lab');
    }
    await vscode.window.tabGroups.close(webviews());
    assert.deepEqual(api.failures(), []);
  });

  it('blockscope.showLog shows the log', async () => {
    await vscode.commands.executeCommand('blockscope.showLog');
    assert.deepEqual(api.failures(), []);
  });

  it('blockscope.openSource ignores what is no place', async () => {
    await vscode.commands.executeCommand('blockscope.openSource', { file: 5 });
    await vscode.commands.executeCommand('blockscope.openSource');
    assert.deepEqual(api.failures(), []);
  });
});
