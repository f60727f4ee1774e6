// What `blockscope profile` does: the page of the editor's panel, in a browser of this machine that nobody sees, runs the block.
import path from 'node:path';
import type { Analysis } from '../blocks/analysis.ts';
import { outline, type BlockResult } from '../blocks/features/outline.ts';
import type { BlockPayload, RunReport, RunSettings } from '../blocks/protocol/messages.ts';
import type { Answers } from './page-server.ts';
import { runInBrowser, type BrowserRun } from './run-in-browser.ts';

/** The result of the name that is wanted; without one the only model, or the only block. A text says why there is none. */
export function chooseResult(analysis: Analysis, wanted: string | undefined): BlockResult | string {
  const entries = outline(analysis);
  const file = path.basename(analysis.file);
  const names = [...new Set(entries.map(({ name }) => name))].join(', ');
  if (names === '') return `there is no block in ${file}`;
  const models = entries.filter(({ results }) => results[0]!.kind !== 'function');
  const found = wanted === undefined ? onlyOne(models) ?? onlyOne(entries) : entries.find(({ name }) => name === wanted);
  if (found) return found.results[0]!;
  return wanted === undefined ? `say with --block which of ${file}: ${names}` : `there is no ${wanted} in ${file}: it has ${names}`;
}

const onlyOne = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

/** How a run of one block ends. */
export const answersOfRun: Answers<RunReport> = ({ resolve, reject }) => ({
  runFinished: ({ report }) => resolve(report),
  runFailed: ({ message }) => reject(new Error(message)),
  runCancelled: () => reject(new Error('the run was stopped')),
});

/** Throws with one sentence where the block does not run. */
export const profile = (block: BlockPayload, settings: RunSettings, run: BrowserRun): Promise<RunReport> =>
  runInBrowser({ type: 'show', data: { block, profile: true, settings } }, answersOfRun, run);
