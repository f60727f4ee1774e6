// The blocks of a file, as the lenses, the quick pick and the panel name them: models, loose layers, and functions that
// apply layers. Everything listed here can be drawn and run.
import type { Analysis, Block, FunctionVariant } from '../analysis.ts';
import type { BlockGraph, CallPath, Totals } from '../graph/block-graph.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';
import { isWithinCall } from './call-paths.ts';

/** One place in the file that makes a block, with all the blocks that it turns out to make. */
export interface OutlineEntry {
  readonly name: string;
  readonly at: Location;
  readonly results: readonly BlockResult[];
}

/** A block with its shapes and figures: one that can be drawn and run. */
export interface BlockResult {
  /** Stable over edits that do not touch the block: `file#name@index`, counted among the file's results of that name. */
  readonly id: string;
  readonly name: string;
  readonly kind: Block['kind'] | 'function';
  readonly graph: BlockGraph;
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
  readonly totals: Totals;
  readonly count: number;
  /** What led to it, each of the `count` times. */
  readonly callPaths: readonly CallPath[];
  readonly assumed: readonly string[];
  /** What it is in the analysis, where it is not a function's. */
  readonly block?: Block;
}

/** In the order of the source; only what lies in the analysed file itself. */
export function outline(analysis: Analysis): OutlineEntry[] {
  const taken = new Map<string, number>();
  const identify = (name: string): string => {
    const index = taken.get(name) ?? 0;
    taken.set(name, index + 1);
    return `${analysis.file}#${name}@${index}`;
  };
  const here = ({ at }: { readonly at: Location }): boolean => at.file === analysis.file;
  const functionGraphs = new Set(analysis.functions.flatMap(({ variants }) => variants.map(({ graph }) => placesOf(graph))));
  // What a function makes by itself is that function's, unless it is a model.
  const ownBlock = ({ kind, graph }: Block): boolean => kind !== 'loose' || !functionGraphs.has(placesOf(graph));
  const models = groupByStart(analysis.blocks.filter(block => here(block) && ownBlock(block))).map((blocks): OutlineEntry => {
    const [first] = blocks;
    return { name: first!.name, at: first!.at, results: blocks.map(block => ({ ...resultOf(block, block.name, block.kind), id: identify(block.name), assumed: assumedIn(block), block })) };
  });
  const functions = analysis.functions.filter(here).map((fn): OutlineEntry => ({
    name: fn.name, at: fn.at,
    results: fn.variants.filter(makesLayers).map(variant => ({ ...resultOf(variant, fn.name, 'function'), id: identify(fn.name), assumed: variant.assumed })),
  }));
  return [...models, ...functions.filter(fn => fn.results.length > 0)].sort((a, b) => a.at.start - b.at.start);
}

/** Where the layers of a graph stand, without what only goes in. */
const placesOf = ({ nodes, inputs }: BlockGraph): string => nodes.filter(({ id }) => !inputs.includes(id)).map(({ at }) => `${at.start} ${at.file}`).join('\n');

/** The result with this id, if the file still has it. */
export const findResult = (entries: readonly OutlineEntry[], id: string): BlockResult | undefined =>
  entries.flatMap(entry => entry.results).find(result => result.id === id);

/** A function that only applies layers that were made for it, like `(layer, x) => layer.apply(x)`, is no block of its own. */
const makesLayers = ({ graph, callPaths: [callPath = []] }: FunctionVariant): boolean =>
  graph.nodes.some(node => !graph.inputs.includes(node.id) && isWithinCall(node.callPath, callPath));

const resultOf = ({ graph, inputShapes, outputShapes, totals, count, callPaths }: Block | FunctionVariant, name: string, kind: BlockResult['kind']) =>
  ({ name, kind, graph, inputShapes, outputShapes, totals, count, callPaths });

const assumedIn = (block: Block): string[] => [...new Set(block.graph.nodes.flatMap(node => node.assumed))];

function groupByStart(blocks: readonly Block[]): Block[][] {
  const groups = new Map<number, Block[]>();
  for (const block of blocks) {
    const group = groups.get(block.at.start);
    if (group) group.push(block);
    else groups.set(block.at.start, [block]);
  }
  return [...groups.values()];
}
