// What `blockscope export` prints: one block of an analyzed file, or a network of the library, in another form.
import path from 'node:path';
import type { Analysis } from '../blocks/analysis.ts';
import { CannotExport } from '../blocks/export/cannot-export.ts';
import { exportFormat, exportFormats, type Exportable } from '../blocks/export/formats.ts';
import { networks, type NetworkName } from '../blocks/library/networks/networks.ts';
import { everyPublishedNetwork } from '../blocks/library/networks/published.ts';
import { graphOfBlock } from '../blocks/vocabulary/graph-of-block.ts';

export type ExportedCode = { readonly code: string } | { readonly reason: string };

/** What `--as` takes. */
export const exportedAs: readonly string[] = exportFormats.map(({ id }) => id);

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
  const { input } = everyPublishedNetwork.find(published => published.name === name)!;
  return codeOf({ name, graph: graphOfBlock(network, { input: [null, input, input, 3] }).graph, data: network }, as);
}

function codeOf(block: Exportable, as: string): ExportedCode {
  try {
    return { code: exportFormat(as)!.code(block) };
  } catch (error) {
    if (error instanceof CannotExport) return { reason: `${block.name}: ${error.message}` };
    throw error;
  }
}

const onlyOne = (models: readonly Exportable[]): Exportable | undefined => (models.length === 1 ? models[0] : undefined);

function whyNone(file: string, all: readonly Exportable[], wanted: string | undefined): string {
  const names = [...new Set(all.map(({ name }) => name))].join(', ');
  if (names === '') return `there is no model in ${file}`;
  return wanted === undefined ? `say with --block which of ${file}: ${names}` : `there is no ${wanted} in ${file}: it has ${names}`;
}
