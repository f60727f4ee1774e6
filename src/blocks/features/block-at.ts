// The block that somebody means who puts the caret somewhere in the source.
import type { BlockResult, OutlineEntry } from './outline.ts';
import { isWithinCall } from './call-paths.ts';

/**
 * The entry whose code the offset lies in: the shortest stretch from an entry's first word to its last layer that holds
 * it, where a call of a helper counts at the place of the call. Undefined outside of all of them.
 */
export function entryAt(entries: readonly OutlineEntry[], file: string, offset: number, lineOf: (offset: number) => number): OutlineEntry | undefined {
  const line = lineOf(offset);
  const stretches = entries.map(entry => ({ entry, ...linesOf(entry, file, lineOf) }));
  const around = stretches.filter(({ from, to }) => from <= line && line <= to);
  return around.sort((a, b) => a.to - a.from - (b.to - b.from))[0]?.entry;
}

function linesOf(entry: OutlineEntry, file: string, lineOf: (offset: number) => number): { readonly from: number; readonly to: number } {
  const lines = [entry.at.start, ...entry.results.flatMap(result => placesWithin(result, file))].map(lineOf);
  return { from: Math.min(...lines), to: Math.max(...lines) };
}

/** Where the block's own code makes its layers or calls what makes them. What a block says of its input stands elsewhere where a preset makes it. */
function placesWithin({ kind, graph, callPaths: [callPath = []] }: BlockResult, file: string): number[] {
  return graph.nodes.flatMap(node => {
    if (kind === 'block' && graph.inputs.includes(node.id)) return [];
    const place = isWithinCall(node.callPath, callPath) ? (node.callPath[callPath.length]?.at ?? node.at) : node.at;
    return place.file === file ? [place.start] : [];
  });
}
