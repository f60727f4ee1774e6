// The tensors of a block graph: what the edges carry, where a node gives several.
import type { Shape } from '../shapes/shape.ts';
import type { BlockGraph, GraphNode } from './block-graph.ts';

/** One tensor: the node that gives it, and which of the node's tensors it is. */
export interface TensorOfNode {
  readonly node: number;
  readonly port: number;
}

export const tensorsInto = ({ inputs, inputPorts }: GraphNode): readonly TensorOfNode[] => withPorts(inputs, inputPorts);

export const tensorsOut = ({ outputs, outputPorts }: BlockGraph): readonly TensorOfNode[] => withPorts(outputs, outputPorts);

export const shapesInto = (node: GraphNode, nodes: readonly GraphNode[]): readonly Shape[] =>
  tensorsInto(node).map(tensor => shapeOf(tensor, nodes));

export const shapesOut = (graph: BlockGraph): readonly Shape[] => tensorsOut(graph).map(tensor => shapeOf(tensor, graph.nodes));

/** Ports as a graph lists them: not at all where each is 0. */
export const portsOf = (tensors: readonly TensorOfNode[]): readonly number[] | undefined =>
  tensors.some(({ port }) => port > 0) ? tensors.map(({ port }) => port) : undefined;

function shapeOf({ node, port }: TensorOfNode, nodes: readonly GraphNode[]): Shape {
  const { output, furtherOutputs } = nodes[node]!;
  return port === 0 ? output : furtherOutputs[port - 1]!;
}

const withPorts = (ids: readonly number[], ports: readonly number[] | undefined): readonly TensorOfNode[] =>
  ids.map((node, i) => ({ node, port: ports?.[i] ?? 0 }));
