// Small analyses made by hand, so that a feature is tested without the reader and the evaluator.
import type { Analysis, LayerSite, LayerVariant } from '../../../src/blocks/analysis.ts';
import type { BlockGraph, CallStep, GraphNode, Totals } from '../../../src/blocks/graph/block-graph.ts';
import type { Location } from '../../../src/blocks/text/location.ts';

export const FILE = 'file:///model.ts';

export const place = (start: number, end = start + 1, file = FILE): Location => ({ file, start, end });

export const call = (name: string, at: number): CallStep => ({ name, at: place(at) });

export const node = (fields: Partial<GraphNode> = {}): GraphNode => ({
  id: 0, layer: 'conv2d', attributes: {}, inputs: [], output: [null, 26, 26, 8], weightsKey: 0, weights: [], params: 0,
  furtherOutputs: [], trainableParams: 0, macs: 0, macProducts: [], workings: [], at: place(0), callPath: [], group: 0, assumed: [],
  optional: false, ...fields,
});

let layers = 0;

/** Of a layer of its own, unless the fields name a node. */
export function variant(fields: Partial<LayerVariant> = {}): LayerVariant {
  const weightsKey = fields.node?.weightsKey ?? layers++;
  const result = {
    weightsKey, output: [null, 26, 26, 8], params: 80, trainableParams: fields.params ?? 80, macs: 0, count: 1, assumed: [], callPaths: [[]], names: [undefined],
    inputs: [[null, 28, 28, 1]], ...fields,
  };
  return { node: node({ output: result.output, params: result.params, macs: result.macs, weightsKey }), ...result };
}

/** A layer whose call ends at the given offset. */
export const site = (end: number, variants: readonly LayerVariant[], fields: Partial<LayerSite> = {}): LayerSite => ({
  layer: 'conv2d', at: place(end - 10, end - 4), call: place(end - 20, end), variants, ...fields,
});

export const analysis = (fields: Partial<Analysis> = {}): Analysis =>
  ({ file: FILE, sites: [], blocks: [], functions: [], blockSites: [], calledFunctions: [], entryPoints: [], exampleCalls: [], problems: [], parses: true, ...fields });

export const graph = (nodes: readonly GraphNode[] = []): BlockGraph => ({ nodes, groups: [], inputs: [], outputs: [] });

export const totals = (fields: Partial<Totals> = {}): Totals =>
  ({ params: 80, trainableParams: 80, nonTrainableParams: 0, macs: 48_672, ...fields });
