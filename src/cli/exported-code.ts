// What `blockscope export` prints: one block of an analyzed file as code.
import path from 'node:path';
import type { Analysis } from '../blocks/analysis.ts';
import { CannotExport } from '../blocks/export/cannot-export.ts';
import { Identifiers } from '../blocks/export/identifiers.ts';
import { tfLayersCode } from '../blocks/export/tf-layers-code.ts';
import type { BlockGraph } from '../blocks/graph/block-graph.ts';

export type ExportedCode = { readonly code: string } | { readonly reason: string };

interface Exportable {
  readonly name: string;
  readonly graph: BlockGraph;
}

/** `wanted` may be left out where there is one model. A function gives its first result. */
export function exportedCode(analysis: Analysis, wanted?: string): ExportedCode {
  const models = analysis.blocks.filter(({ kind }) => kind !== 'loose');
  const functions = analysis.functions.flatMap(({ name, variants }) => variants.slice(0, 1).map(({ graph }) => ({ name, graph })));
  const all: readonly Exportable[] = [...models, ...functions];
  const found = wanted === undefined ? onlyOne(models) : all.find(({ name }) => name === wanted);
  if (!found) return { reason: whyNone(path.basename(analysis.file), all, wanted) };
  try {
    return { code: tfLayersCode(found.graph, { name: new Identifiers().take(found.name, true) }) };
  } catch (error) {
    if (error instanceof CannotExport) return { reason: `${found.name}: ${error.message}` };
    throw error;
  }
}

const onlyOne = (models: readonly Exportable[]): Exportable | undefined => (models.length === 1 ? models[0] : undefined);

function whyNone(file: string, all: readonly Exportable[], wanted: string | undefined): string {
  const names = [...new Set(all.map(({ name }) => name))].join(', ');
  if (names === '') return `there is no model in ${file}`;
  return wanted === undefined ? `say with --block which of ${file}: ${names}` : `there is no ${wanted} in ${file}: it has ${names}`;
}
