// What of a graph decides its shapes and times, as text: without the places in the source, which an edit elsewhere in the
// file moves.
import type { BlockGraph } from './block-graph.ts';

export const fingerprint = (graph: BlockGraph): string =>
  JSON.stringify(graph, (key, value: unknown) => (key === 'at' || key === 'callPath' ? undefined : value));
