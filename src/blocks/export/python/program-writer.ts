// Goes through a graph and writes down one statement after the other; what a layer is in a framework its own table says.
import type { BlockGraph, GraphNode } from '../../graph/block-graph.ts';
import { tensorsInto, tensorsOut } from '../../graph/tensors.ts';
import { CannotExport } from '../cannot-export.ts';
import { knownShape, trainability } from '../known-facts.ts';
import { nonNegativeNodes } from '../non-negative.ts';
import { NodeFacts, type KnownShape } from './node-facts.ts';
import type { PythonProgram, PythonStatement } from './statements.ts';

export interface WrittenProgram extends PythonProgram {
  /** The nodes of `inputs`. */
  readonly inputNodes: readonly GraphNode[];
  /** What layers of the graph have that is not taken over: names of attributes. */
  readonly leftOut: readonly string[];
}

export type NewStatement = Omit<PythonStatement, 'group'>;

/** Writes for one framework. */
export interface NodeWriter {
  /** The tensor of an input. */
  input(tensor: number, shape: KnownShape): void;
  /** The statements for a node; `outputs` are its tensors. `newTensor` gives numbers for those between its steps. */
  node(work: NodeWork): readonly NewStatement[];
}

export interface NodeWork {
  readonly node: GraphNode;
  readonly facts: NodeFacts;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Whether the program keeps the layer as it is while it trains. */
  readonly frozen: boolean;
  readonly newTensor: () => number;
  /** The same for all nodes that share their weights. */
  readonly layer: number;
}

/** Throws `CannotExport`. */
export function writeProgram(graph: BlockGraph, writer: NodeWriter): WrittenProgram {
  const nonNegative = nonNegativeNodes(graph);
  const tensors: (readonly number[])[] = [];
  const statements: PythonStatement[] = [];
  const leftOut = new Set<string>();
  let count = 0;
  const newTensor = (): number => count++;
  for (const node of graph.nodes) {
    if (node.optional) throw new CannotExport(`${node.layer} is applied only under a condition that is not known.`, node.id);
    const outputs = [node.output, ...node.furtherOutputs].map(newTensor);
    tensors[node.id] = outputs;
    if (node.inputs.length === 0) {
      writer.input(outputs[0]!, knownShape(node.output, node));
      continue;
    }
    const facts = NodeFacts.of(graph, node, nonNegative);
    const inputs = tensorsInto(node).map(({ node: id, port }) => tensors[id]![port]!);
    const frozen = trainability(node).trainable === false || (node.params !== 0 && node.trainableParams === 0);
    const written = writer.node({ node, facts, inputs, outputs, frozen, newTensor, layer: node.weightsKey });
    statements.push(...written.map(statement => ({ ...statement, group: node.group })));
    for (const name of facts.leftOut()) leftOut.add(name);
  }
  const inputNodes = graph.inputs.map(id => graph.nodes[id]!);
  return {
    statements, inputNodes, leftOut: [...leftOut].sort(), inputs: inputNodes.map(({ id }) => tensors[id]![0]!), outputs: tensorsOut(graph).map(({ node, port }) => tensors[node]![port]!),
  };
}

/** A name that the program gives a layer; undefined where it does not. */
export const givenName = ({ name }: GraphNode): { readonly given?: string } => (name === undefined ? {} : { given: name });
