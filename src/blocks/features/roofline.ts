// Why a layer takes the time that it takes: the least that arithmetic, memory and the dispatch of its operations each need on this
// device, which of the three is the most, and how near to it the layer is. After the roofline model (Williams et al. 2009,
// doi:10.1145/1498765.1498785), with the cost of dispatching operations as a third limit.
import { shapesInto } from '../graph/tensors.ts';
import type { BlockGraph, GraphNode } from '../graph/block-graph.ts';
import type { DevicePeak, LayerTiming, RunReport } from '../protocol/messages.ts';
import { isUnknown, productOfDims, type Dim } from '../shapes/dim.ts';
import { isRanked, unknownIn, type Shape } from '../shapes/shape.ts';

export type Limit = 'arithmetic' | 'memory' | 'dispatch';

/** Of one execution with the whole batch. */
export interface Roofline {
  readonly macs: number;
  /** What goes in, weights and what comes out, each once, at 4 bytes a value: inferred, not measured. */
  readonly bytes: number;
  /** Programs of the GPU where there are any, else kernels: measured. */
  readonly operations: number;
  /** Milliseconds that each limit alone would need. */
  readonly floors: Readonly<Record<Limit, number>>;
  /** The limit with the highest floor. */
  readonly limit: Limit;
  /** That floor, as a share of the time that was measured. */
  readonly share: number;
  readonly macsPerSecond: number;
  readonly bytesPerSecond: number;
}

const BYTES_OF_VALUE = 4;

/** A text says why it is not known. `graph` has numbers for its free dims. */
export function rooflineOf(node: GraphNode, { nodes }: BlockGraph, layer: LayerTiming, peak: DevicePeak | undefined): Roofline | string {
  if (!peak) return 'what this device does at best was not measured';
  if (layer.backend !== undefined) return 'it ran on another backend than the one whose best was measured';
  if (layer.kernels === undefined) return 'the operations that it is made of were not recorded';
  const macs = numberOr(node.macs, 'its MACs are not known');
  if (typeof macs === 'string') return macs;
  const values = [...shapesInto(node, nodes), node.output, ...node.furtherOutputs].reduce<number | string>((sum, shape) => plus(sum, valuesIn(shape)), 0);
  const weights = numberOr(node.params, 'the size of its weights is not known');
  const bytes = plus(values, weights);
  if (typeof bytes === 'string') return bytes;
  const batch = isRanked(node.output) && typeof node.output[0] === 'number' ? node.output[0] : 1;
  return limitsOf(macs * batch, bytes * BYTES_OF_VALUE, operationsOf(layer), layer.timing.medianMs, peak);
}

/** Of the block as written: all of its layers, measured as one. */
export function rooflineOfBlock(graph: BlockGraph, { layers, layersComplete, peak, whole }: RunReport): Roofline | string {
  if (!layersComplete) return 'not all layers were measured';
  let [macs, bytes, operations] = [0, 0, 0];
  for (const layer of layers) {
    const own = rooflineOf(graph.nodes[layer.node]!, graph, layer, peak);
    if (typeof own === 'string') return `of ${layer.layer}: ${own}`;
    macs += own.macs;
    bytes += own.bytes;
    operations += own.operations;
  }
  return peak && layers.length > 0 ? limitsOf(macs, bytes, operations, whole.medianMs, peak) : 'no layer was measured';
}

function limitsOf(macs: number, bytes: number, operations: number, ms: number, peak: DevicePeak): Roofline | string {
  if (ms <= 0) return 'it took less time than the clock can tell';
  const floors = { arithmetic: (macs / peak.macsPerSecond) * 1000, memory: (bytes / peak.bytesPerSecond) * 1000, dispatch: operations * peak.operationMs };
  const limit = (Object.keys(floors) as Limit[]).reduce((most, other) => (floors[other] > floors[most] ? other : most));
  return { macs, bytes, operations, floors, limit, share: floors[limit] / ms, macsPerSecond: (macs / ms) * 1000, bytesPerSecond: (bytes / ms) * 1000 };
}

const operationsOf = ({ kernels = [] }: LayerTiming): number =>
  kernels.reduce((sum, { count, programs }) => sum + (programs ? programs.reduce((all, program) => all + program.count, 0) : count), 0);

const numberOr = (dim: Dim, otherwise: string): number | string => (typeof dim === 'number' ? dim : isUnknown(dim) ? `${otherwise}: ${dim.reason}` : otherwise);

function valuesIn(shape: Shape): number | string {
  const unknown = unknownIn(shape);
  if (unknown) return `the size of its tensors is not known: ${unknown.reason}`;
  return isRanked(shape) ? numberOr(productOfDims(shape), 'the size of its tensors is not known') : 'the size of its tensors is not known';
}

const plus = (a: number | string, b: number | string): number | string => (typeof a === 'string' ? a : typeof b === 'string' ? b : a + b);
