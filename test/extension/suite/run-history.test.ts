// The history of runs in the real editor: it outlives the panel.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BlockscopeApi } from '../../../src/extension/api.ts';
import { activate, edit, positionOf, temporaryFiles, until } from '../editor.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';

const kept = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [8] })] });

const other = tf.sequential({ layers: [tf.layers.dense({ units: 5, inputShape: [8] })] });
`;

describe('the history of runs', function () {
  this.timeout(120_000);
  const files = temporaryFiles();
  let api: BlockscopeApi;
  let document: vscode.TextDocument;
  before(async () => {
    api = await activate();
    document = await vscode.workspace.openTextDocument(files.write('kept.js', SOURCE));
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    files.remove();
  });

  const shown = (): { readonly id: string; readonly version: number; readonly keptRuns: number } | undefined => {
    const content = api.panelContent();
    return content && 'id' in content ? content : undefined;
  };
  const open = (command: 'profileBlock' | 'visualizeBlock', name: string): Thenable<unknown> =>
    vscode.commands.executeCommand(`blockscope.${command}`, document.uri.toString(), [`${document.uri.toString()}#${name}@0`]);
  const closePanel = async (): Promise<void> => {
    const isPanel = ({ input }: vscode.Tab): boolean => input instanceof vscode.TabInputWebview && input.viewType.includes('blockscope.block');
    await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isPanel));
    await until('no panel', () => api.panelContent(), content => content === undefined);
  };

  it('is kept over a panel that is closed and opened again', async () => {
    await open('visualizeBlock', 'kept');
    await until('the block', shown, content => content?.id.includes('#kept@') === true, 60_000);
    assert.equal(shown()!.keptRuns, 0);
    for (const count of [1, 2]) {
      await open('profileBlock', 'kept');
      await until('the run is kept', () => shown()?.keptRuns, runs => runs === count, 90_000);
    }
    await closePanel();
    await open('visualizeBlock', 'kept');
    await until('the block again, with its runs', shown, content => content?.id.includes('#kept@') === true, 60_000);
    assert.equal(shown()!.keptRuns, 2);
  });

  it('is that of the block on show, and stays when the block is edited', async () => {
    await open('visualizeBlock', 'other');
    await until('the other block', shown, content => content?.id.includes('#other@') === true);
    assert.equal(shown()!.keptRuns, 0);
    await open('visualizeBlock', 'kept');
    await until('the block again', shown, content => content?.id.includes('#kept@') === true);
    const units = positionOf(document, 'units: 3').translate(0, 7);
    await edit(change => change.replace(document.uri, new vscode.Range(units, units.translate(0, 1)), '4'));
    await until('its new version', () => shown()?.version, version => version === document.version);
    assert.equal(shown()!.keptRuns, 2);
  });

  it('leaves no error behind', () => assert.deepEqual(api.failures(), []));
});
