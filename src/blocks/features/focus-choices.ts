// What can be focused: the functions whose calls give their lines different results, and the calls of each.
import type { Analysis, CalledFunction, LayerVariant } from '../analysis.ts';
import { defaultCounting, type Counting } from '../counting/counting.ts';
import type { CallPath, CallStep } from '../graph/block-graph.ts';
import { resultsLabel } from './block-label.ts';
import { callPathText, sharedCalls, ways } from './call-paths.ts';
import { focusOf, timeLabel, type Focus } from './focus.ts';
import { outline, type OutlineEntry } from './outline.ts';
import type { Places } from './places.ts';

/** Characters of a result beside the way that leads to it, in a list to choose from. */
const ROOM = 50;

export interface FocusChoice {
  /** `stage line 40 › block line 12`, or `call 5 of 16`. */
  readonly label: string;
  /** What the calls make: `56×56×64 → 56×56×256 · 75k params ×3`. */
  readonly description: string;
  readonly call: CallPath;
  readonly focus: Focus;
  /** One by one, the calls that come this way; empty where they all give the same. */
  readonly times: readonly FocusChoice[];
}

/** In the order of the source; each has at least two calls that differ in what a line of this file gives. */
export function focusableFunctions(analysis: Analysis): CalledFunction[] {
  const given = resultsByCall(analysis);
  return analysis.calledFunctions.filter(({ callPaths }) => differ(callPaths, given));
}

/** The innermost of the functions that the line lies in. */
export function focusableFunctionAt(analysis: Analysis, line: number, lineOf: (offset: number) => number): CalledFunction | undefined {
  const around = focusableFunctions(analysis).filter(({ whole }) => lineOf(whole.start) <= line && line <= lineOf(whole.end));
  return around.sort((a, b) => a.whole.end - a.whole.start - (b.whole.end - b.whole.start))[0];
}

/** The ways to a function, in the order of evaluation. */
export function waysTo(analysis: Analysis, { callPaths }: CalledFunction, places: Places, counting: Counting = defaultCounting): FocusChoice[] {
  const given = resultsByCall(analysis);
  const entries = outline(analysis);
  const shared = sharedCalls(callPaths);
  return ways(callPaths).map(calls => ({
    label: callPathText(calls[0]!.slice(shared), places), description: made(entries, calls, counting), call: calls[0]!, focus: focusOf(calls[0]!),
    times: differ(calls, given)
      ? calls.map((call, time) => ({ label: timeLabel(time, calls.length), description: made(entries, [call], counting), call, focus: focusOf(call, time), times: [] }))
      : [],
  }));
}

/** The ways that end with a call whose callee's name the offset lies in. */
export const waysThrough = (analysis: Analysis, offset: number, places: Places, counting: Counting = defaultCounting): FocusChoice[] =>
  focusableFunctions(analysis).flatMap(called => waysTo(analysis, called, places, counting)).filter(({ call }) => {
    const { file, start, end } = call.at(-1)!.at;
    return file === analysis.file && start <= offset && offset <= end;
  });

/** What each call gives to the lines of the file that give several results. */
function resultsByCall({ sites, file }: Analysis): Map<CallStep, Set<LayerVariant>> {
  const given = new Map<CallStep, Set<LayerVariant>>();
  for (const { variants, at } of sites) {
    if (at.file !== file || variants.length < 2) continue;
    for (const variant of variants) {
      for (const step of new Set(variant.callPaths.flat())) {
        const known = given.get(step);
        if (known) known.add(variant);
        else given.set(step, new Set([variant]));
      }
    }
  }
  return given;
}

function differ(calls: readonly CallPath[], given: ReadonlyMap<CallStep, ReadonlySet<LayerVariant>>): boolean {
  const [first, ...rest] = calls.map(call => given.get(call.at(-1)!));
  return rest.some(other => other?.size !== first?.size || [...other ?? []].some(variant => !first!.has(variant)));
}

/** What the calls themselves make: the result of the function, or the model in it. */
function made(entries: readonly OutlineEntry[], calls: readonly CallPath[], counting: Counting): string {
  const wanted = new Set(calls);
  const results = entries.flatMap(entry => entry.results).filter(({ kind }) => kind !== 'loose').flatMap(result => {
    const callPaths = result.callPaths.filter(path => wanted.has(path));
    return callPaths.length === 0 ? [] : [{ ...result, callPaths, count: callPaths.length }];
  });
  return results.length === 0 ? '' : resultsLabel(results, ROOM, counting);
}
