// An analysis as data that can be compared: with everything that is only made when somebody asks for it.
import type { Analysis, Block, BlockVariant, CalledFunction, FunctionVariant, LayerVariant } from '../../src/blocks/analysis.ts';

type Parts<T> = Readonly<Record<keyof T, true>>;

const ofLayer: Parts<LayerVariant> = {
  output: true, params: true, trainableParams: true, macs: true, count: true, assumed: true, callPaths: true, names: true, weightsKey: true, node: true, inputs: true,
};
const ofFunction: Parts<FunctionVariant> = { inputShapes: true, outputShapes: true, totals: true, count: true, assumed: true, callPaths: true, graph: true };
const ofBlockSite: Parts<BlockVariant> = { ...ofFunction, inputs: true, output: true, params: true, macs: true, weightsKey: true };
const ofCalled: Parts<CalledFunction> = { name: true, at: true, whole: true, callPaths: true };
const ofBlock: Parts<Block> = { name: true, kind: true, at: true, callPaths: true, graph: true, inputShapes: true, outputShapes: true, totals: true, count: true, data: true };

export const plainAnalysis = (analysis: Analysis): object => ({
  ...analysis,
  sites: analysis.sites.map(site => ({ ...site, variants: site.variants.map(plain(ofLayer)), settings: site.settings && { at: site.settings.at, all: site.settings.all() } })),
  functions: analysis.functions.map(fn => ({ ...fn, variants: fn.variants.map(plain(ofFunction)) })),
  blockSites: analysis.blockSites.map(site => ({ ...site, variants: site.variants.map(plain(ofBlockSite)) })),
  calledFunctions: analysis.calledFunctions.map(plain(ofCalled)),
  blocks: analysis.blocks.map(plain(ofBlock)),
});

const plain = <T>(parts: Parts<T>) => (value: T): object =>
  Object.fromEntries((Object.keys(parts) as (keyof T)[]).map(part => [part, value[part]]));
