// Focusing a call: lines that several calls reach show what that one gives, all through the functions on its way and those
// that it calls. A focus outlives edits, because it knows its calls by where they begin.
import type { Analysis } from '../analysis.ts';
import type { CallPath } from '../graph/block-graph.ts';
import { movedStart, type Edit } from '../text/edit.ts';
import { callPathText, samePlace, sharedCalls } from './call-paths.ts';
import type { Places } from './places.ts';

/** What is focused, whatever becomes of the text. */
export interface Focus {
  /** Where the calls begin that lead there, outermost first. */
  readonly steps: readonly { readonly file: string; readonly start: number }[];
  /** Which of the calls that come this way, as the turns of a loop do, counted from 0; all of them where it is left out. */
  readonly time?: number;
}

/** What a focus is in one analysis. */
export interface FocusedCall {
  /** All calls that come this way, in the order of evaluation. */
  readonly calls: readonly CallPath[];
  readonly time?: number;
  /** Which call of its function each path is, in the order of evaluation. */
  readonly order: ReadonlyMap<CallPath, number>;
}

export const focusOf = (path: CallPath, time?: number): Focus =>
  ({ steps: path.map(({ at: { file, start } }) => ({ file, start })), ...(time === undefined ? {} : { time }) });

/** The narrowest focus on these calls, which all come the same way: that way, or the one call where others come it too. */
export function focusOnCalls(analysis: Analysis, calls: readonly CallPath[]): Focus {
  const [path = []] = calls;
  const all = findFocus(analysis, focusOf(path))?.calls ?? calls;
  return focusOf(path, calls.length === 1 && all.length > 1 ? all.indexOf(path) : undefined);
}

/** Undefined where the file has no such call, or has it less often. */
export function findFocus({ calledFunctions }: Analysis, { steps, time }: Focus): FocusedCall | undefined {
  const calls = calledFunctions.flatMap(({ callPaths }) => callPaths.filter(path =>
    path.length === steps.length && path.every(({ at }, i) => at.start === steps[i]!.start && at.file === steps[i]!.file)));
  if (calls.length <= (time ?? 0)) return undefined;
  const order = new Map(calledFunctions.flatMap(({ callPaths }) => callPaths.map((path, i) => [path, i] as const)));
  return { calls, order, ...(time === undefined ? {} : { time }) };
}

/** The same focus after an edit of a file. */
export const movedFocus = (focus: Focus, file: string, edit: Edit): Focus =>
  ({ ...focus, steps: focus.steps.map(step => (step.file === file ? { file, start: movedStart(step.start, edit) } : step)) });

interface Result {
  readonly count: number;
  readonly callPaths: readonly CallPath[];
  /** Those of layers, in the order of the call paths. */
  readonly names?: readonly (string | undefined)[];
}

/** Of the results of one place those that the call gives, in its order; all of them where it does not come there. */
export function resultsWithin<T extends Result>(results: readonly T[], call: FocusedCall): readonly T[] {
  const within = results.flatMap(result => {
    const callPaths = result.callPaths.filter(path => isOnTheWay(path, call));
    if (callPaths.length === result.callPaths.length) return [result];
    const names = result.names?.filter((_, i) => isOnTheWay(result.callPaths[i]!, call));
    return callPaths.length === 0 ? [] : [narrowed(result, { callPaths, count: callPaths.length, ...(names ? { names } : {}) })];
  });
  if (within.length === 0 || (within.length === results.length && within.every((result, i) => result === results[i]))) return results;
  const first = ({ callPaths: [path = []] }: T): number => call.order.get(path) ?? 0;
  return within.sort((a, b) => first(a) - first(b));
}

/** The rest is taken from the result itself, which makes some of it only when it is asked for. */
const narrowed = <T extends Result>(result: T, calls: Result): T => Object.create(result, Object.getOwnPropertyDescriptors(calls)) as T;

/** Whether the call leads to the end of the path, or passes it. The calls of two turns differ, though they stand at one place. */
export function isOnTheWay(path: CallPath, { calls, time }: FocusedCall): boolean {
  const call = calls[time ?? 0]!;
  const length = Math.min(path.length, call.length);
  for (let i = 0; i < length; i++) {
    if (time === undefined ? !samePlace(path[i]!, call[i]!) : path[i] !== call[i]) return false;
  }
  return true;
}

/** `stage line 40 › block line 12, call 5 of 16`, without the calls that every path to the function begins with. */
export function focusLabel({ calledFunctions }: Analysis, { calls, time }: FocusedCall, places: Places): string {
  const [path = []] = calls;
  const paths = calledFunctions.find(({ callPaths }) => callPaths.includes(path))?.callPaths ?? calls;
  const which = time === undefined || calls.length === 1 ? '' : `, ${timeLabel(time, calls.length)}`;
  return `${callPathText(path.slice(sharedCalls(paths)), places)}${which}`;
}

export const timeLabel = (time: number, times: number): string => `call ${time + 1} of ${times}`;
