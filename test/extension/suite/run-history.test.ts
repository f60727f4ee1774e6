// The history of runs in the real editor: it outlives the panel, and is cleared by whoever says yes. That the question is asked in the panel,
// and how it looks, is tested with a person's eyes in test/e2e.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { KeptRun } from '../../../src/blocks/protocol/run-history.ts';
import type { BlockscopeApi } from '../../../src/extension/api.ts';
import { RunHistory } from '../../../src/extension/run-history.ts';
import { edit, panels, positionOf, until, withFile } from '../editor.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';

const kept = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [8] })] });

const other = tf.sequential({ layers: [tf.layers.dense({ units: 5, inputShape: [8] })] });
`;

describe('the history of runs', function () {
  this.timeout(120_000);
  let api: BlockscopeApi;
  let document: vscode.TextDocument;
  withFile('kept.js', SOURCE, opened => { ({ api, document } = opened); });

  const shown = (): { readonly id: string; readonly version: number; readonly keptRuns: number } | undefined => {
    const content = api.panelContent();
    return content && 'id' in content ? content : undefined;
  };
  const open = (command: 'profileBlock' | 'visualizeBlock', name: string): Thenable<unknown> =>
    vscode.commands.executeCommand(`blockscope.${command}`, document.uri.toString(), [`${document.uri.toString()}#${name}@0`]);
  const closePanel = async (): Promise<void> => {
    await vscode.window.tabGroups.close(panels());
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

  describe('where it is to be cleared', () => {
    const run = (at: number): KeptRun => ({
      at, backend: 'wasm', renderer: 'WebAssembly', software: false, machine: { tensorflowjs: '4.22.0', browser: 'Chrome/142', cores: 2 }, inputShapes: [[1, 8]], chosenDims: {},
      times: { written: { medianMs: 1, samples: 5, quality: 'good' } }, params: 27, graph: 'a',
    });
    const ask = vscode.window.showWarningMessage;
    afterEach(() => { Object.assign(vscode.window, { showWarningMessage: ask }); });

    /** A person who answers so; an extension host in which tests run refuses to ask. */
    function answering(answer: string | undefined): { readonly history: RunHistory; readonly questions: string[] } {
      const stored = new Map<string, unknown>([['runHistory', { schema: 1, blocks: [['two', [run(1), run(2)]], ['one', [run(3)]]] }]]);
      const storage = { keys: () => [...stored.keys()], get: (key: string) => stored.get(key), update: async (key: string, value: unknown) => void stored.set(key, value) } as vscode.Memento;
      const questions: string[] = [];
      Object.assign(vscode.window, {
        showWarningMessage: async (question: string, options: vscode.MessageOptions, ...choices: string[]) => {
          questions.push(`${options.modal ? 'modal: ' : ''}${question} [${choices.join()}]`);
          return answer;
        },
      });
      return { history: new RunHistory(storage, { guardAsync: async (_what, _fallback, work) => work() }), questions };
    }

    it('keeps all where nobody says yes', async () => {
      const { history, questions } = answering(undefined);
      const changed: string[] = [];
      history.onDidChange(id => changed.push(id));
      await history.clear('two', 'kept');
      assert.deepEqual(questions, ['modal: Remove all 2 kept runs of “kept”? [Remove]']);
      assert.deepEqual([history.of('two').length, history.of('one').length, changed], [2, 1, []]);
    });

    it('removes those of the block, and says so to the panel', async () => {
      const { history, questions } = answering('Remove');
      const changed: string[] = [];
      history.onDidChange(id => changed.push(id));
      await history.clear('one', 'kept');
      assert.deepEqual(questions, ['modal: Remove the kept run of “kept”? [Remove]']);
      assert.deepEqual([history.of('two').length, history.of('one').length, changed], [2, 0, ['one']]);
    });
  });

  it('leaves no error behind', () => assert.deepEqual(api.failures(), []));
});
