// The line above each block: its totals, and what can be done with it.
import type { Analysis } from '../analysis.ts';
import type { Location } from '../text/location.ts';
import { entryLabel, resultDetail } from './block-label.ts';
import { resultsWithin, type FocusedCall } from './focus.ts';
import { outline, type OutlineEntry } from './outline.ts';

export interface CodeLens {
  readonly at: Location;
  readonly title: string;
  readonly tooltip: string;
  readonly action: 'none' | 'visualize' | 'profile';
  /** The results to act on; where there are several, the user is asked which. */
  readonly results: readonly string[];
}

/** Three for each block, totals first, in the order of the source; with a focus, of what the focused call makes. */
export const codeLenses = (analysis: Analysis, focus?: FocusedCall): CodeLens[] =>
  outline(analysis).flatMap(entry => lensesOf(focus ? { ...entry, results: resultsWithin(entry.results, focus) } : entry));

function lensesOf(entry: OutlineEntry): CodeLens[] {
  const lens = { at: entry.at, results: entry.results.map(result => result.id) };
  return [
    { ...lens, action: 'none', title: entryLabel(entry), tooltip: entry.results.map(resultDetail).join('\n') },
    { ...lens, action: 'visualize', title: 'Visualize', tooltip: `Draw ${entry.name} beside the editor` },
    { ...lens, action: 'profile', title: 'Profile', tooltip: `Run ${entry.name} with TensorFlow.js and time each layer` },
  ];
}
