// The order of the table's rows.
import type { Roofline } from '../../src/blocks/features/roofline.ts';
import type { GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { elementsPerExample } from '../../src/blocks/shapes/shape.ts';
import type { Sort, SortColumn } from '../page-state.ts';
import type { LayerFigures } from './layer-figures.ts';

/** As the graph has them without a sort. What is not known comes last either way. */
export function sortRows(nodes: readonly GraphNode[], lines: readonly number[], figures: readonly LayerFigures[], rooflines: ReadonlyMap<number, Roofline | string>, sort: Sort | null): readonly GraphNode[] {
  if (!sort) return nodes;
  const key = (node: GraphNode): number | string | undefined => keyOf(sort.column, node, lines, figures[node.id]!, rooflines.get(node.id));
  return [...nodes].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === undefined || y === undefined) return x === y ? a.id - b.id : x === undefined ? 1 : -1;
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
    return (sort.descending ? -order : order) || a.id - b.id;
  });
}

function keyOf(column: SortColumn, node: GraphNode, lines: readonly number[], figures: LayerFigures, roofline: Roofline | string | undefined): number | string | undefined {
  const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
  switch (column) {
    case 'line': return lines[node.id];
    case 'layer': return node.layer;
    case 'output': return number(elementsPerExample(node.output));
    case 'params': return number(figures.params);
    case 'macs': return number(figures.operations);
    case 'time': return figures.timing?.medianMs;
    case 'limit': return typeof roofline === 'object' ? roofline.share : undefined;
  }
}
