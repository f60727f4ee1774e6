// Puts numbers in the place of symbolic and open dims, so that a block can be run and its costs counted. A pure
// function over plain data: the graph that came in stays as it is.
import { isAlternatives, isInnerLayer, isInnerModel, isList, type AttributeValue } from '../layers/attribute.ts';
import { bindDim, isSymbolic, namesInDim, type Dim, type SymbolicDim } from '../shapes/dim.ts';
import { bindShape, isRanked, type Shape } from '../shapes/shape.ts';
import type { BlockGraph, GraphNode } from './block-graph.ts';
import { inferAgain } from './infer-again.ts';
import { shapesInto } from './tensors.ts';

/** A dim of a graph that is left to whoever runs it. */
export interface FreeDim {
  /** The symbol, or for a dim without one what it means: `batch`, `height`. Open dims of one meaning are one dim. */
  readonly name: string;
  readonly meaning: DimMeaning;
  /** A size to start from. A height or width divides evenly wherever the block halves it, and something is left of it everywhere. */
  readonly suggestion: number;
}

export type DimMeaning = 'batch' | 'depth' | 'height' | 'width' | 'length' | 'channels' | 'features' | 'size';

const SUGGESTIONS: Readonly<Record<DimMeaning, number>> = {
  batch: 1, depth: 16, height: 56, width: 56, length: 32, channels: 3, features: 64, size: 32,
};

/** Whoever draws a block asks each time. */
const known = new WeakMap<BlockGraph, readonly FreeDim[]>();

/** In the order in which the inputs name them, then those that only attributes and weights know. */
export function freeDims(graph: BlockGraph): readonly FreeDim[] {
  let dims = known.get(graph);
  if (!dims) known.set(graph, (dims = findFreeDims(graph)));
  return dims;
}

function findFreeDims(graph: BlockGraph): readonly FreeDim[] {
  const meanings = new Map<string, DimMeaning>();
  for (const id of graph.inputs) {
    const { output } = graph.nodes[id]!;
    if (!isRanked(output)) continue;
    output.forEach((dim, i) => {
      const meaning = dimMeanings(graph, id, output.length)[i]!;
      for (const name of dim === null ? [openName(graph, meaning)] : namesInDim(dim)) {
        if (!meanings.has(name)) meanings.set(name, meaning);
      }
    });
  }
  for (const dim of allDims(graph)) for (const name of namesInDim(dim)) if (!meanings.has(name)) meanings.set(name, 'size');
  return largeEnough([...meanings].map(([name, meaning]) => ({ name, meaning, suggestion: suggest(name, meaning, graph) })), graph);
}

const MOST_DOUBLED = 8;

/** Windows without padding leave nothing of a small image: then all that has places is suggested twice as large, and again. */
function largeEnough(dims: readonly FreeDim[], graph: BlockGraph): readonly FreeDim[] {
  if (!dims.some(({ meaning }) => hasPlaces(meaning))) return dims;
  for (let times = 1; times <= MOST_DOUBLED; times *= 2) {
    const sized = dims.map(dim => (hasPlaces(dim.meaning) ? { ...dim, suggestion: dim.suggestion * times } : dim));
    if (!leavesNothing(bindSymbols(graph, Object.fromEntries(sized.map(({ name, suggestion }) => [name, suggestion]))))) return sized;
  }
  return dims;
}

const hasPlaces = (meaning: DimMeaning): boolean => meaning === 'depth' || meaning === 'height' || meaning === 'width' || meaning === 'length';

const leavesNothing = ({ nodes }: BlockGraph): boolean => nodes.some(({ output }) => isRanked(output) && output.some(dim => typeof dim === 'number' && dim < 1));

/**
 * The graph with the dims that `numbers` names replaced. A layer whose shape depends on a dim that was open is worked
 * out anew by its rule, because an open dim leaves no trace behind it, as a symbol does.
 */
export function bindSymbols(graph: BlockGraph, numbers: Readonly<Record<string, number>>): BlockGraph {
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes) {
    const bound = bindNode(node, numbers);
    if (node.inputs.length === 0) {
      nodes.push({ ...bound, output: fillOpen(bound.output, i => numberFor(graph, node.id, bound.output, i, numbers)) });
      continue;
    }
    const batch = isRanked(nodes[node.inputs[0]!]!.output) ? (nodes[node.inputs[0]!]!.output as readonly Dim[])[0]! : null;
    const withBatch = (shape: Shape): Shape => fillOpen(shape, i => (i === 0 ? batch : null));
    const filled = { ...bound, output: withBatch(bound.output), furtherOutputs: bound.furtherOutputs.map(withBatch) };
    nodes.push(hasOpen(filled) ? inferAgain(filled, shapesInto(node, nodes)) : filled);
  }
  return { ...graph, nodes };
}

function bindNode(node: GraphNode, numbers: Readonly<Record<string, number>>): GraphNode {
  const bind = (dim: Dim): Dim => bindDim(dim, numbers);
  return {
    ...node,
    attributes: bindValues(node.attributes, bind),
    output: bindShape(node.output, numbers),
    furtherOutputs: node.furtherOutputs.map(shape => bindShape(shape, numbers)),
    weights: node.weights.map(weight => ({ ...weight, shape: weight.shape.map(bind) })),
    params: bind(node.params),
    trainableParams: bind(node.trainableParams),
    macs: bind(node.macs),
    macProducts: node.macProducts.map(factors => factors.map(bind)),
  };
}

type Values = Readonly<Record<string, AttributeValue>>;

const bindValues = (values: Values, bind: (dim: Dim) => Dim): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, bindValue(value, bind)]));

function bindValue(value: AttributeValue, bind: (dim: Dim) => Dim): AttributeValue {
  if (isList(value)) return value.map(item => bindValue(item, bind));
  if (isAlternatives(value)) return { ...value, values: value.values.map(item => bindValue(item, bind)) };
  if (isInnerLayer(value)) return { ...value, attributes: bindValues(value.attributes, bind) };
  if (isInnerModel(value)) {
    const bindAll = (shape: Shape): Shape => (isRanked(shape) ? shape.map(bind) : shape);
    return {
      ...value,
      inputs: value.inputs.map(bindAll),
      layers: value.layers.map(({ layer, weights }) => ({
        layer: { ...layer, attributes: bindValues(layer.attributes, bind) }, weights: weights.map(weight => ({ ...weight, shape: weight.shape.map(bind) })),
      })),
    };
  }
  return isSymbolic(value) ? bind(value as SymbolicDim) : value;
}

const fillOpen = (shape: Shape, numberAt: (index: number) => Dim): Shape =>
  isRanked(shape) ? shape.map((dim, i) => (dim === null ? numberAt(i) : dim)) : shape;

function numberFor(graph: BlockGraph, input: number, shape: Shape, index: number, numbers: Readonly<Record<string, number>>): Dim {
  const rank = isRanked(shape) ? shape.length : 0;
  const name = openName(graph, dimMeanings(graph, input, rank)[index]!);
  return Object.hasOwn(numbers, name) ? numbers[name]! : null;
}

const hasOpen = (node: GraphNode): boolean =>
  [...dimsOut(node), node.params, node.macs, ...node.weights.flatMap(weight => weight.shape)].includes(null);

const dimsOut = ({ output, furtherOutputs }: GraphNode): Dim[] =>
  [output, ...furtherOutputs].flatMap(shape => (isRanked(shape) ? shape : []));

/** What the dims of an input mean, by its rank and by the data format of the layers that it goes into. */
export function dimMeanings(graph: BlockGraph, input: number, rank: number): readonly DimMeaning[] {
  if (rank === 2) return ['batch', 'features'];
  if (rank === 3) return ['batch', 'length', 'features'];
  const axes: readonly DimMeaning[] = rank === 4 ? ['height', 'width'] : rank === 5 ? ['depth', 'height', 'width'] : [];
  if (axes.length === 0) return ['batch', ...Array.from({ length: Math.max(0, rank - 1) }, () => 'size' as const)];
  const channelsFirst = graph.nodes.some(node => node.inputs.includes(input) && node.attributes['dataFormat'] === 'channelsFirst');
  return channelsFirst ? ['batch', 'channels', ...axes] : ['batch', ...axes, 'channels'];
}

/** An open dim is called by its meaning; where a symbol of the source has that name already it is set apart. */
function openName(graph: BlockGraph, meaning: DimMeaning): string {
  const taken = graph.inputs.some(id => {
    const { output } = graph.nodes[id]!;
    return isRanked(output) && output.some(dim => namesInDim(dim).includes(meaning));
  });
  return taken ? `open ${meaning}` : meaning;
}

const allDims = (graph: BlockGraph): Dim[] =>
  graph.nodes.flatMap(node => [
    ...dimsOut(node), node.params, node.macs,
    ...node.weights.flatMap(weight => weight.shape),
    ...Object.values(node.attributes).flatMap(symbolsInValue),
  ]);

function symbolsInValue(value: AttributeValue): Dim[] {
  if (isList(value)) return value.flatMap(symbolsInValue);
  if (isAlternatives(value)) return value.values.flatMap(symbolsInValue);
  if (isInnerLayer(value)) return Object.values(value.attributes).flatMap(symbolsInValue);
  if (isInnerModel(value)) return [...value.inputs.filter(isRanked).flat(), ...value.layers.flatMap(({ layer }) => symbolsInValue(layer))];
  return isSymbolic(value) ? [value as SymbolicDim] : [];
}

function suggest(name: string, meaning: DimMeaning, graph: BlockGraph): number {
  const least = SUGGESTIONS[meaning];
  if (meaning === 'batch') return least;
  const step = allDims(graph).reduce<number>((common, dim) => leastCommonMultiple(common, divisorsOf(dim, name)), 1);
  return step <= MOST_COMMON ? Math.ceil(least / step) * step : least;
}

/** A block that divides by more than this is not made to fit: its suggestion would be too large to run. */
const MOST_COMMON = 256;

/** The least common multiple of everything that a dim divides the name by; 1 where it does not. */
function divisorsOf(dim: Dim, name: string): number {
  if (!isSymbolic(dim)) return 1;
  return dim.terms.flatMap(term => term.atoms).reduce((common, atom) => {
    if (atom.kind !== 'floor' || !namesInDim(atom.of).includes(name)) return common;
    return leastCommonMultiple(common, leastCommonMultiple(atom.divisor, divisorsOf(atom.of, name)));
  }, 1);
}

function leastCommonMultiple(a: number, b: number): number {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y));
  return (a / divisor(a, b)) * b;
}
