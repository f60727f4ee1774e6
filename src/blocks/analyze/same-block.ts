// When two results of the same place are one and the same to whoever reads them.
import type { BlockGraph, Totals } from '../graph/block-graph.ts';
import { sameDim } from '../shapes/dim.ts';
import { sameShape, type Shape } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';

interface Comparable {
  readonly at: Location;
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
  readonly totals: Totals;
  readonly graph: BlockGraph;
}

export function sameBlock(a: Comparable, b: Comparable): boolean {
  return a.at.file === b.at.file && a.at.start === b.at.start
    && sameShapes(a.inputShapes, b.inputShapes) && sameShapes(a.outputShapes, b.outputShapes)
    && sameDim(a.totals.params, b.totals.params) && sameDim(a.totals.trainableParams, b.totals.trainableParams) && sameDim(a.totals.macs, b.totals.macs)
    && a.graph.nodes.length === b.graph.nodes.length
    && a.graph.nodes.every((node, i) => node.layer === b.graph.nodes[i]!.layer && sameShape(node.output, b.graph.nodes[i]!.output));
}

const sameShapes = (a: readonly Shape[], b: readonly Shape[]): boolean => a.length === b.length && a.every((shape, i) => sameShape(shape, b[i]!));
