// How the front end speaks of places in files: the core knows offsets, the editor knows names and addresses.
import type { CallStep } from '../graph/block-graph.ts';
import type { Location } from '../text/location.ts';
import { escapeMarkdown, link } from './markdown.ts';

export interface Places {
  /** What people call the place: `line 42`, or `blocks.ts:42` in another file. */
  name(at: Location): string;
  /** An address that leads there, where the front end has such a thing. */
  address?(at: Location): string | undefined;
}

export const placeLink = (at: Location, places: Places): string => link(places.name(at), places.address?.(at));

/** `stage, line 40 › block, line 12`: the calls that led to a layer, outermost first. */
export const callPathLinks = (callPath: readonly CallStep[], places: Places): string =>
  callPath.map(step => `${escapeMarkdown(step.name)} ${placeLink(step.at, places)}`).join(' › ');

/** Whether what happened at the end of a call path happened during the call that another one leads to. */
export const isWithinCall = (path: readonly CallStep[], call: readonly CallStep[]): boolean =>
  call.every((step, i) => path[i]?.at.start === step.at.start && path[i]?.at.file === step.at.file);
