// Compare Blocks in the real editor: two blocks of a file measured against each other in the panel.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BlockscopeApi } from '../../../src/extension/api.ts';
import type { ComparisonReport } from '../../../src/blocks/protocol/comparison.ts';
import { edit, positionOf, until, withFile } from '../editor.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';

const narrow = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [8] })] });

const wide = tf.sequential({ layers: [tf.layers.dense({ units: 30, inputShape: [8] })] });
`;

describe('Compare Blocks', function () {
  this.timeout(120_000);
  let api: BlockscopeApi;
  let document: vscode.TextDocument;
  withFile('compared.js', SOURCE, opened => { ({ api, document } = opened); });

  const ids = (): string[] => ['narrow', 'wide'].map(name => `${document.uri.toString()}#${name}@0`);
  const compared = (): readonly string[] | undefined => {
    const content = api.panelContent();
    return content && 'compared' in content ? content.compared : undefined;
  };

  it('measures the blocks that it is given', async () => {
    const report = new Promise<ComparisonReport>(resolve => {
      const subscription = api.onDidCompare(result => { subscription.dispose(); resolve(result); });
    });
    await vscode.commands.executeCommand('blockscope.compareBlocks', document.uri.toString(), ids(), false);
    const { blocks, ratios } = await report;
    assert.deepEqual(blocks.map(({ name, report: own }) => [name, own?.measuredParams, own?.shapesAgree]), [['narrow', 27, true], ['wide', 270, true]]);
    assert.ok(ratios.written[0]![1]!.median > 0);
    assert.deepEqual(compared(), ids());
  });

  it('leaves out a block that is no longer there', async () => {
    const start = positionOf(document, 'const wide');
    await edit(change => change.replace(document.uri, new vscode.Range(start, start.translate(0, 10)), 'const broad'));
    await until('one block is left', compared, now => now?.length === 1);
    assert.deepEqual(compared(), [ids()[0]]);
  });

  it('asks which blocks are meant, and does nothing where nobody says', async () => {
    let ended = false;
    const asked = Promise.resolve(vscode.commands.executeCommand('blockscope.compareBlocks')).then(() => { ended = true; });
    await until('the command ends', async () => {
      if (!ended) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return ended;
    }, now => now);
    await asked;
    assert.deepEqual(compared(), [ids()[0]]);
  });

  it('leaves no error behind', () => assert.deepEqual(api.failures(), []));
});
