// The line above each block: its totals, and what can be done with it.
import type { Analysis } from '../analysis.ts';
import { defaultCounting, type Counting } from '../counting/counting.ts';
import type { Location } from '../text/location.ts';
import { resultDetail, resultsLabel } from './block-label.ts';
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

/** Characters of the totals, so that what can be done stays within reach in an editor that has half of the window. */
const ROOM = 70;

/** More results than this are counted in a tooltip instead of listed. */
const MOST_DETAILS = 12;

/** Three for each block, totals first, in the order of the source; with a focus, of what the focused call makes. */
export const codeLenses = (analysis: Analysis, focus?: FocusedCall, counting: Counting = defaultCounting): CodeLens[] =>
  outline(analysis).flatMap(entry => lensesOf(focus ? { ...entry, results: resultsWithin(entry.results, focus) } : entry, counting));

function lensesOf(entry: OutlineEntry, counting: Counting): CodeLens[] {
  const lens = { at: entry.at, results: entry.results.map(result => result.id) };
  return [
    { ...lens, action: 'none', title: totalsTitle(entry, counting), tooltip: totalsTooltip(entry, counting) },
    { ...lens, action: 'visualize', title: 'Visualize', tooltip: `Draw ${entry.name} beside the editor` },
    { ...lens, action: 'profile', title: 'Profile', tooltip: `Run ${entry.name} with TensorFlow.js and time each layer` },
  ];
}

/** The name of a function stands right below, that of a model may stand elsewhere. */
function totalsTitle({ name, results }: OutlineEntry, counting: Counting): string {
  if (results.every(({ kind }) => kind === 'function')) return resultsLabel(results, ROOM, counting);
  const label = resultsLabel(results, Math.max(ROOM / 2, ROOM - name.length), counting);
  return label.startsWith('→') ? `${name} ${label}` : `${name} · ${label}`;
}

function totalsTooltip({ results }: OutlineEntry, counting: Counting): string {
  const rest = results.length - MOST_DETAILS;
  return [...results.slice(0, MOST_DETAILS).map(result => resultDetail(result, counting)), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}
