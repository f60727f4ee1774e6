// Call paths: which of them go the same way, and how people read them. The turns of a loop go the same way: what differs
// between them is not where the calls stand.
import type { CallPath, CallStep } from '../graph/block-graph.ts';
import { escapeMarkdown } from './markdown.ts';
import { placeLink, type Places } from './places.ts';

export const samePlace = (a: CallStep, b: CallStep): boolean => a.at.start === b.at.start && a.at.file === b.at.file;

/** Whether what happened at the end of a call path happened during the call that another one leads to. */
export const isWithinCall = (path: CallPath, call: CallPath): boolean =>
  path.length >= call.length && call.every((step, i) => samePlace(path[i]!, step));

/** The paths that go the same way together, in the order of the first of each. */
export function ways(paths: readonly CallPath[]): CallPath[][] {
  const byPlaces = new Map<string, CallPath[]>();
  for (const path of paths) {
    const places = path.map(({ at }) => `${at.start} ${at.file}`).join('\n');
    const same = byPlaces.get(places);
    if (same) same.push(path);
    else byPlaces.set(places, [path]);
  }
  return [...byPlaces.values()];
}

/** How many calls all paths begin with in common; each path keeps its last call. */
export function sharedCalls(paths: readonly CallPath[]): number {
  const [first = []] = paths;
  return Math.max(0, first.findIndex((step, i) => paths.some(path => i >= path.length - 1 || !samePlace(path[i]!, step))));
}

/** `stage line 40 › block line 12`: outermost first. */
export const callPathText = (path: CallPath, places: Places): string =>
  readable(path).map(step => `${nameOf(step)} ${places.name(step.at)}`.trim()).join(' › ');

/** The same in Markdown, with a link to each call; a line is broken between calls only. */
export const callPathLinks = (path: CallPath, places: Places): string =>
  readable(path).map(step => `${escapeMarkdown(nameOf(step))} ${placeLink(step.at, places)}`.trim().replaceAll(' ', '\u00a0')).join(' › ');

const nameOf = ({ name, shownAs = name }: CallStep): string => shownAs;

/** Callbacks without a name, as of `forEach`, are told by the lines of what they call. */
const readable = (path: CallPath): CallPath => path.filter((step, i) => nameOf(step) !== '' || i === path.length - 1);
