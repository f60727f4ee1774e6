// How the front end speaks of places in files: the core knows offsets, the editor knows names and addresses.
import type { Location } from '../text/location.ts';
import type { Focus } from './focus.ts';
import { link } from './markdown.ts';

export interface Places {
  /** What people call the place: `line 42`, or `blocks.ts:42` in another file. */
  name(at: Location): string;
  /** An address that leads there, where the front end has such a thing. */
  address?(at: Location): string | undefined;
  /** Addresses that focus calls, where the front end can. */
  readonly focus?: {
    on(focus: Focus): string;
    /** Asks for a call of the function that stands there. */
    choose(called: Location): string;
    readonly showAll: string;
  };
}

export const placeLink = (at: Location, places: Places): string => link(places.name(at), places.address?.(at));
