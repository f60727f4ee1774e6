// What `blockscope compare` does: the page of the editor's panel, in a browser of this machine that nobody sees, measures blocks in turns.
import type { ComparisonReport } from '../blocks/protocol/comparison.ts';
import type { BlockPayload, RunSettings } from '../blocks/protocol/messages.ts';
import { runInBrowser, type BrowserRun } from './run-in-browser.ts';

/** Throws with one sentence where there are not two blocks that run. */
export const compare = (blocks: readonly BlockPayload[], settings: RunSettings, run: BrowserRun): Promise<ComparisonReport> =>
  runInBrowser<ComparisonReport>({ type: 'compare', data: { blocks, start: true, settings } }, ({ resolve, reject }) => ({
    compareFinished: ({ report }) => resolve(report),
    compareFailed: ({ message }) => reject(new Error(message)),
    compareCancelled: () => reject(new Error('the comparison was stopped')),
  }), run);
