// What a line's layers see of the inputs of the blocks that they are in.
import type { Analysis, LayerSite, LayerVariant } from '../analysis.ts';
import type { BlockGraph, CallPath, GraphNode } from '../graph/block-graph.ts';
import { receptiveFieldsOf } from '../graph/receptive-field.ts';
import { shapesInto } from '../graph/tensors.ts';
import { isRanked, sameShape } from '../shapes/shape.ts';
import { escapeMarkdown } from './markdown.ts';
import { receptiveFieldsText } from './receptive-field-text.ts';

/** Of more blocks than this it is not told. */
const mostBlocks = 3;

interface NamedGraph {
  readonly name: string;
  readonly graph: BlockGraph;
}

/**
 * One result of a line, as Markdown: a line for each block in which it sees something else. Graphs are made for it, so that it is only for what
 * somebody looks at.
 */
export function seenBy(site: LayerSite, variant: LayerVariant, analysis: Analysis): readonly string[] {
  if (!isRanked(variant.output)) return [];
  const told = new Map<string, string[]>();
  for (const { name, graph } of graphsWith(site, analysis)) {
    const text = textIn(graph, site, variant);
    if (text === undefined) continue;
    const names = told.get(text) ?? [];
    if (!names.includes(name)) names.push(name);
    told.set(text, names);
  }
  const lines = [...told].slice(0, mostBlocks);
  return lines.map(([text, names]) => escapeMarkdown(lines.length > 1 ? `In ${names.join(', ')} it ${text}` : text.charAt(0).toUpperCase() + text.slice(1)));
}

/** Blocks, else functions and parts of blocks that nobody calls. */
function graphsWith(site: LayerSite, { blocks, functions, blockSites }: Analysis): readonly NamedGraph[] {
  const kinds: readonly (readonly (readonly [name: string, has: { readonly graph: BlockGraph }])[])[] = [
    blocks.map(block => [block.name, block]),
    functions.flatMap(({ name, variants }) => variants.map(variant => [name, variant] as const)),
    blockSites.flatMap(({ name, variants }) => variants.map(variant => [name, variant] as const)),
  ];
  for (const kind of kinds) {
    const graphs = kind.map(([name, { graph }]) => ({ name, graph })).filter(({ graph }) => graph.nodes.some(node => isOf(site, node)));
    if (graphs.length > 0) return graphs;
  }
  return [];
}

const isOf = ({ layer, at }: LayerSite, node: GraphNode): boolean => node.layer === layer && node.at.start === at.start && node.at.file === at.file;

/** One place may have the same result several times, each further from the input. */
function textIn(graph: BlockGraph, site: LayerSite, variant: LayerVariant): string | undefined {
  const same = graph.nodes.filter(node => isOf(site, node) && sameShape(node.output, variant.output) && sameShapes(shapesInto(node, graph.nodes), variant));
  if (same.length === 0) return undefined;
  // Of a block that the program makes several times the graph has the calls that made the first.
  const called = same.filter(node => variant.callPaths.some(path => samePath(path, node.callPath)));
  const fields = receptiveFieldsOf(graph);
  return receptiveFieldsText((called.length > 0 ? called : same).map(({ id }) => fields[id]), graph.inputs);
}

const samePath = (a: CallPath, b: CallPath): boolean => a.length === b.length && a.every((step, i) => step === b[i]);

const sameShapes = (shapes: readonly (GraphNode['output'])[], { inputs }: LayerVariant): boolean =>
  shapes.length === inputs.length && shapes.every((shape, i) => sameShape(shape, inputs[i]!));
