// Why a block cannot be run, said before anybody tries.
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { formatDim, namesInDim } from '../../src/blocks/shapes/dim.ts';
import { isRanked, unknownIn } from '../../src/blocks/shapes/shape.ts';
import { layerConfig } from '../../src/blocks/graph/layer-config.ts';

/** A sentence that names the first layer in the way; undefined where nothing is. `graph` has numbers for its free dims. */
export function whyNotRunnable(graph: BlockGraph, lines: readonly number[]): string | undefined {
  if (graph.nodes.every(node => node.inputs.length === 0)) return 'There is no layer to run.';
  for (const node of graph.nodes) {
    const where = `${node.layer} in line ${lines[node.id] ?? '?'}`;
    const config = node.inputs.length > 0 ? layerConfig(node) : { config: {}, replaced: [] };
    if ('obstacle' in config) return `It cannot be run, because in ${where} ${config.obstacle}.`;
    const unknown = unknownIn(node.output);
    if (unknown) return `It cannot be run, because what ${where} gives is not known: ${unknown.reason}.`;
    const small = isRanked(node.output) ? node.output.find(dim => typeof dim === 'number' && dim < 1) : undefined;
    if (small !== undefined) return `It cannot be run with these sizes: ${where} would give a dim of ${formatDim(small)}.`;
    const open = isRanked(node.output) ? node.output.flatMap(namesInDim) : [];
    if (open.length > 0) return `It cannot be run, because ${open[0]} has no number.`;
  }
  return undefined;
}
