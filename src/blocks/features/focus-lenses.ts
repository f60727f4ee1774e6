// The line above a function whose calls differ: how many there are to choose from, or which of them is focused.
import type { Analysis, CalledFunction } from '../analysis.ts';
import type { Location } from '../text/location.ts';
import { ways } from './call-paths.ts';
import { focusableFunctions } from './focus-choices.ts';
import { focusLabel, isOnTheWay, type FocusedCall } from './focus.ts';
import type { Places } from './places.ts';

export interface FocusLens {
  readonly at: Location;
  readonly title: string;
  readonly tooltip: string;
  readonly action: 'choose' | 'showAll';
}

/** In the order of the source; two where the focus leaves out calls of the function. */
export const focusLenses = (analysis: Analysis, focus: FocusedCall | undefined, places: Places): FocusLens[] =>
  focusableFunctions(analysis).flatMap((called): FocusLens[] => {
    const { at } = called;
    if (!focus || !isNarrowed(called, focus)) {
      return [{ at, action: 'choose', title: countLabel(called), tooltip: `Show at the lines of ${called.name || 'this function'} what one of its calls gives` }];
    }
    return [
      { at, action: 'choose', title: `only ${focusLabel(analysis, focus, places)}`, tooltip: 'The lines show what this call gives; choose another one' },
      { at, action: 'showAll', title: 'show all', tooltip: 'Show the results of all calls again' },
    ];
  });

const isNarrowed = ({ callPaths }: CalledFunction, focus: FocusedCall): boolean =>
  callPaths.some(path => isOnTheWay(path, focus)) && !callPaths.every(path => isOnTheWay(path, focus));

/** `5 call paths`, or `16 calls` where they all come from the same place. */
function countLabel({ callPaths }: CalledFunction): string {
  const { length } = ways(callPaths);
  return length > 1 ? `${length} call paths` : `${callPaths.length} calls`;
}
