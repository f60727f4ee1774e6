// What can be said of a graph model: what goes in and comes out, how many operations of which kind there are, its weights.
import type { Block, LayerSite } from '../analysis.ts';
import type { BlockGraph, GraphNode } from '../graph/block-graph.ts';
import { graphModel } from '../problems/graph-model.ts';
import type { Problem } from '../problems/problem.ts';
import { spellDim, unknown } from '../shapes/dim.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';
import { dtypeOf, functionsOf, graphShape, nameOf, operationsOf, sizeOfShape, type Operation } from './graph-operations.ts';
import { member, objectAt, stringAt, type JsonNode } from '../json/json-tree.ts';
import type { ModelFile } from './recognize.ts';
import { listedWeights, sizeOfListed } from './weights-manifest.ts';

/** Kinds that are named one by one; the rest are counted together. */
const mostKinds = 12;

const noShape = unknown('a graph model does not say what its operations give');
const noCost = unknown('a graph model does not say what its operations cost');
const notTold = unknown('a graph model does not say which of its weights are trained');

interface Named {
  readonly name: string;
  readonly dtype: string;
  readonly shape: Shape;
}

export function analyzeGraphModel(file: string, { topology, source, root, weightsManifest }: ModelFile): { readonly sites: LayerSite[]; readonly blocks: Block[]; readonly problem: Problem } {
  const operations = operationsOf(topology, source);
  const at: Location = { file, start: root.start, end: root.start + 1 };
  const listed = weightsManifest && listedWeights(weightsManifest);
  const weights = listed?.map(weight => ({ size: sizeOfListed(weight), isFloat: weight.dtype?.startsWith('float') !== false }))
    ?? operations.filter(({ op }) => op === 'Const').map(({ output, isFloat }) => ({ size: sizeOfShape(output), isFloat }));
  const sum = (those: typeof weights): number | undefined => those.reduce<number | undefined>((total, { size }) => (total === undefined || size === undefined ? undefined : total + size), 0);
  const [all, floats] = [sum([...weights]), sum(weights.filter(({ isFloat }) => isFloat))];
  const [inputs, outputs] = [signatureOf(root, 'inputs'), signatureOf(root, 'outputs')];
  const shapes = new Map([...inputs, ...outputs].map(({ tensor, shape }) => [tensor, shape]));
  const graph = graphOf(operations, shapes, outputs.map(({ tensor }) => tensor), at);
  const params = floats ?? unknown('the size of a weight is not given');
  const block: Block = {
    name: 'graph model', kind: 'model', at, callPaths: [[]], graph, count: 1, data: undefined,
    inputShapes: inputs.length > 0 ? inputs.map(({ shape }) => shape) : graph.inputs.map(id => graph.nodes[id]!.output),
    outputShapes: outputs.length > 0 ? outputs.map(({ shape }) => shape) : graph.outputs.map(id => graph.nodes[id]!.output),
    totals: { params, trainableParams: params === 0 ? 0 : notTold, nonTrainableParams: params === 0 ? 0 : notTold, macs: noCost },
  };
  const { id, severity, message } = graphModel;
  const said = {
    operations: countsOf(operations, functionsOf(topology)), signature: signatureText(inputs, outputs),
    weights: all === undefined ? '' : `${weights.length} weights of ${all.toLocaleString('en')} values${floats === all ? '' : `, ${floats!.toLocaleString('en')} of them floating-point, which count as parameters`}`,
  };
  return { sites: graph.nodes.filter(({ output, params }) => isRanked(output) || params !== 0).map(siteOf).sort((a, b) => a.at.start - b.at.start), blocks: [block], problem: { id, severity, message: message(said), at, related: [] } };
}

function siteOf(node: GraphNode): LayerSite {
  const { output, params, trainableParams, macs, weightsKey, name, at } = node;
  return { layer: node.layer, at, call: at, variants: [{ output, params, trainableParams, macs, count: 1, assumed: [], callPaths: [[]], names: [name], weightsKey, node, inputs: [] }] };
}

/** `124 operations: 71 Const, 19 _FusedConv2D, …`, and those of the functions that loops and conditions call. */
function countsOf(operations: readonly Operation[], functions: readonly number[]): string {
  const counts = new Map<string, number>();
  for (const { op } of operations) counts.set(op, (counts.get(op) ?? 0) + 1);
  const kinds = [...counts].sort(([, a], [, b]) => b - a).map(([op, count]) => `${count} ${op}`);
  const rest = kinds.length - mostKinds;
  return `${operations.length} operations: ${kinds.slice(0, mostKinds).join(', ')}${rest > 0 ? ` and ${rest} more kinds` : ''}${inFunctions(functions)}`;
}

function inFunctions(functions: readonly number[]): string {
  if (functions.length === 0) return '';
  const inside = functions.reduce((sum, count) => sum + count, 0);
  return `, and ${inside} more in ${functions.length === 1 ? 'a function' : `${functions.length} functions`} for loops and conditions`;
}

function signatureText(inputs: readonly Named[], outputs: readonly Named[]): string {
  const list = (named: readonly Named[]): string => named.map(({ name, dtype, shape }) => `${name} ${dtype}${isRanked(shape) ? `[${shape.map(spellDim).join(', ')}]` : ' ?'}`).join(', ');
  return inputs.length + outputs.length === 0 ? '' : `signature: ${list(inputs)} → ${list(outputs)}`;
}

/** The name of each, the operation that it is, and its shape. */
function signatureOf(root: JsonNode, side: 'inputs' | 'outputs'): (Named & { readonly tensor: string })[] {
  const signature = member(root, 'signature') ?? member(member(root, 'userDefinedMetadata'), 'signature');
  return (objectAt(signature, side)?.members ?? []).map(({ name, value }) => ({
    name, dtype: dtypeOf(member(value, 'dtype')) ?? '', tensor: nameOf(stringAt(value, 'name') ?? name), shape: graphShape(member(value, 'tensorShape')) ?? noShape,
  }));
}

/** Operations with what they take of each other; a constant is a weight of the operation that takes it, where that is only one. */
function graphOf(operations: readonly Operation[], shapes: ReadonlyMap<string, Shape>, outputs: readonly string[], at: Location): BlockGraph {
  const byName = new Map(operations.map(operation => [operation.name, operation]));
  const nodes: GraphNode[] = [];
  const ids = new Map<string, number>();
  const takers = countTakers(operations);
  const used = new Set<string>();
  for (const { name, op, at: place, inputs, output } of inOrder(operations, byName)) {
    const constants = inputs.flatMap(input => byName.get(input) ?? []).filter(({ op, name }) => op === 'Const' && takers.get(name) === 1);
    const weights = constants.filter(({ isFloat, output }) => isFloat && isRanked(output ?? noShape)).map(constant => ({ name: constant.name, shape: constant.output as readonly number[], trainable: true }));
    const params = weights.reduce((sum, { shape }) => sum + (sizeOfShape(shape) ?? 0), 0);
    const id = nodes.length;
    ids.set(name, id);
    for (const input of inputs) used.add(input);
    const isInput = op === 'Placeholder';
    nodes.push({
      id, layer: isInput ? 'inputLayer' : op, name, attributes: {}, inputs: inputs.flatMap(input => ids.get(input) ?? []),
      output: shapes.get(name) ?? output ?? noShape, furtherOutputs: [], weights, params, trainableParams: params === 0 ? 0 : notTold,
      macs: isInput ? 0 : noCost, macProducts: [], workings: [], weightsKey: id, at: place, callPath: [], group: 0, assumed: [], optional: false,
    });
  }
  const given = outputs.flatMap(name => ids.get(name) ?? []);
  return {
    nodes, groups: [{ id: 0, parent: null, kind: 'block', name: 'graph model', at }], inputs: nodes.filter(({ layer }) => layer === 'inputLayer').map(({ id }) => id),
    outputs: given.length > 0 ? given : nodes.filter(({ name }) => !used.has(name!)).map(({ id }) => id),
  };
}

/** By how many operations each is taken. */
function countTakers(operations: readonly Operation[]): Map<string, number> {
  const takers = new Map<string, number>();
  for (const { inputs } of operations) for (const input of new Set(inputs)) takers.set(input, (takers.get(input) ?? 0) + 1);
  return takers;
}

/** Each behind what goes into it, as far as that does not go round in a circle, which loops do. */
function inOrder(operations: readonly Operation[], byName: ReadonlyMap<string, Operation>): Operation[] {
  const order: Operation[] = [];
  const begun = new Set<Operation>();
  for (const first of operations) {
    const open: { readonly operation: Operation; next: number }[] = [];
    const begin = (operation: Operation | undefined): void => {
      if (!operation || operation.op === 'Const' || begun.has(operation)) return;
      begun.add(operation);
      open.push({ operation, next: 0 });
    };
    begin(first);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (top.next < top.operation.inputs.length) begin(byName.get(top.operation.inputs[top.next++]!));
      else order.push(open.pop()!.operation);
    }
  }
  return order;
}
