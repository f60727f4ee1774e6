// What `blockscope export` prints: one block of an analyzed file, or a network of the library, in another form.
import path from 'node:path';
import type { Analysis } from '../blocks/analysis.ts';
import { blockJson } from '../blocks/export/block-json.ts';
import { CannotExport } from '../blocks/export/cannot-export.ts';
import { exportFormat, exportFormats } from '../blocks/export/formats.ts';
import type { BlockGraph } from '../blocks/graph/block-graph.ts';
import { networks, type NetworkName } from '../blocks/library/networks/networks.ts';
import { publishedNetworks } from '../blocks/library/networks/published.ts';
import type { Block } from '../blocks/vocabulary/block.ts';
import { graphOfBlock } from '../blocks/vocabulary/graph-of-block.ts';

export type ExportedCode = { readonly code: string } | { readonly reason: string };

interface Exportable {
  readonly name: string;
  readonly graph: BlockGraph;
  readonly data?: Block | undefined;
}

/** What `--as` takes; JSON has only what is written in blocks. */
export const exportedAs: readonly string[] = [...exportFormats.map(({ id }) => id), 'json'];

/** `wanted` may be left out where there is one model. A function gives its first result. */
export function exportedCode(analysis: Analysis, { wanted, as }: { readonly wanted?: string | undefined; readonly as: string }): ExportedCode {
  const models = analysis.blocks.filter(({ kind }) => kind !== 'loose');
  const functions = analysis.functions.flatMap(({ name, variants }) => variants.slice(0, 1).map(({ graph }) => ({ name, graph })));
  const all: readonly Exportable[] = [...models, ...functions];
  const found = wanted === undefined ? onlyOne(models) : all.find(({ name }) => name === wanted);
  if (!found) return { reason: whyNone(path.basename(analysis.file), all, wanted) };
  return codeOf(found, as);
}

/** On an image of the size that its figures are published for, in a batch of any size. */
export function exportedNetwork(name: string, as: string): ExportedCode {
  if (!Object.hasOwn(networks, name)) return { reason: `there is no network ${name}: there are ${Object.keys(networks).join(', ')}` };
  const network = networks[name as NetworkName]();
  if (as === 'json') return { code: blockJson(network) };
  const { input } = publishedNetworks.find(published => published.name === name)!;
  return codeOf({ name, graph: graphOfBlock(network, { input: [null, input, input, 3] }).graph }, as);
}

function codeOf({ name, graph, data }: Exportable, as: string): ExportedCode {
  const format = exportFormat(as);
  if (!format && !data) return { reason: `${name}: JSON has what is written in blocks and certain in all its parts` };
  try {
    return { code: format ? format.code(graph, name) : blockJson(data!) };
  } catch (error) {
    if (error instanceof CannotExport) return { reason: `${name}: ${error.message}` };
    throw error;
  }
}

const onlyOne = (models: readonly Exportable[]): Exportable | undefined => (models.length === 1 ? models[0] : undefined);

function whyNone(file: string, all: readonly Exportable[], wanted: string | undefined): string {
  const names = [...new Set(all.map(({ name }) => name))].join(', ');
  if (names === '') return `there is no model in ${file}`;
  return wanted === undefined ? `say with --block which of ${file}: ${names}` : `there is no ${wanted} in ${file}: it has ${names}`;
}
