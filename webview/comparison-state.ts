// What the page shows of a comparison, as plain data.
import { labelsOf, type ComparisonRow } from '../src/blocks/features/comparison-rows.ts';
import { dimsText } from '../src/blocks/features/run-words.ts';
import { bindSymbols, freeDims, type FreeDim } from '../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../src/blocks/graph/block-graph.ts';
import { fingerprint } from '../src/blocks/graph/fingerprint.ts';
import type { ComparisonReport } from '../src/blocks/protocol/comparison.ts';
import type { BlockPayload } from '../src/blocks/protocol/messages.ts';

export interface ComparisonState {
  /** The id of the block that the others are compared with; null for the first. */
  readonly baseline: string | null;
  /** The last result, with the graphs that it was measured for. */
  readonly result: { readonly report: ComparisonReport; readonly fingerprint: string } | null;
  readonly sort: ComparisonSort | null;
}

export interface ComparisonSort {
  readonly column: ComparisonColumn;
  readonly descending: boolean;
}

export type ComparisonColumn = 'block' | 'written' | 'deployed' | 'ratio' | 'params' | 'macs' | 'memory' | 'perMac';

export const initialComparison: ComparisonState = { baseline: null, result: null, sort: null };

/** Of blocks in their order, whatever moved in their files. */
export const fingerprintOf = (blocks: readonly BlockPayload[]): string => blocks.map(({ id, graph }) => `${id} ${fingerprint(graph)}`).join('\n');

export interface BoundBlock {
  readonly block: BlockPayload;
  readonly label: string;
  /** Numbers for its own free dims. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly graph: BlockGraph;
}

/** The free dims of all blocks: what has one name is one size for all of them. It starts with the largest that one of them suggests. */
export function freeDimsOfAll(blocks: readonly BlockPayload[]): readonly FreeDim[] {
  const dims = new Map<string, FreeDim>();
  for (const { graph } of blocks) for (const dim of freeDims(graph)) {
    const known = dims.get(dim.name);
    if (!known || known.suggestion < dim.suggestion) dims.set(dim.name, dim);
  }
  return [...dims.values()];
}

export function bindAll(blocks: readonly BlockPayload[], chosen: Readonly<Record<string, number>>): readonly BoundBlock[] {
  const suggestions = new Map(freeDimsOfAll(blocks).map(({ name, suggestion }) => [name, suggestion]));
  const labels = labelsOf(blocks);
  return blocks.map((block, i) => {
    const sizes = Object.fromEntries(freeDims(block.graph).map(({ name }) => [name, chosen[name] ?? suggestions.get(name)!]));
    return { block, label: labels[i]!, sizes, graph: bindSymbols(block.graph, sizes) };
  });
}

/** Why the last result does not hold for what the page shows; undefined where it does. */
export function whyComparisonOutOfDate({ report, fingerprint: measured }: NonNullable<ComparisonState['result']>, blocks: readonly BoundBlock[]): string | undefined {
  if (measured !== fingerprintOf(blocks.map(({ block }) => block))) return 'The blocks have changed since.';
  const dims = Object.assign({}, ...report.blocks.map(block => block.report?.chosenDims ?? {})) as Readonly<Record<string, number>>;
  const changed = blocks.some(({ sizes }) => Object.entries(sizes).some(([name, size]) => dims[name] !== undefined && dims[name] !== size));
  return changed ? `It was measured with ${dimsText(dims)}.` : undefined;
}

/** As they were chosen without a sort. What is not known comes last either way. */
export function sortedRows(rows: readonly ComparisonRow[], sort: ComparisonSort | null): readonly ComparisonRow[] {
  if (!sort) return rows;
  const key = (row: ComparisonRow): string | number | undefined => keyOf(row, sort.column);
  return [...rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? 1 : -1;
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
    return sort.descending ? -order : order;
  });
}

function keyOf(row: ComparisonRow, column: ComparisonColumn): string | number | undefined {
  switch (column) {
    case 'block': return row.label;
    case 'written': return row.written?.medianMs;
    case 'deployed': return row.deployed?.medianMs;
    case 'ratio': return row.isBaseline ? 1 : row.ratios.written?.median;
    case 'params': return row.params;
    case 'macs': return row.block.macs;
    case 'memory': return row.block.memory;
    case 'perMac': return row.psPerMac;
  }
}

