// Sizes that the source fixes and a run can have otherwise: the batch, and how large or long what goes in is.
import { isRanked, type Shape } from '../shapes/shape.ts';
import { bindSymbols, dimMeanings, freeDims, type DimMeaning } from './bind-symbols.ts';
import type { BlockGraph, GraphNode } from './block-graph.ts';
import { inferAgain, inferenceOf } from './infer-again.ts';
import { shapesInto } from './tensors.ts';

/** Dims of inputs with one meaning and one size are one, because the block may depend on their being the same. */
export interface FixedSize {
  /** `height`; with the size behind it where other inputs have another one. */
  readonly name: string;
  readonly meaning: DimMeaning;
  /** As the source has it. */
  readonly size: number;
  /** Why it cannot be another one; absent where it can. */
  readonly obstacle?: SizeObstacle;
}

/** The first layer that does not take another size. */
export interface SizeObstacle {
  readonly node: number;
  /** `weights`: it would have others. `shape`: nothing comes out that is known. `unknown`: Blockscope does not know the layer. */
  readonly what: 'weights' | 'shape' | 'unknown';
  /** The layer before it that makes one list of all values, where there is one: then that is why. */
  readonly flattenedBy?: number;
}

interface Place {
  readonly input: number;
  readonly axis: number;
}

interface Fixed extends FixedSize {
  readonly places: readonly Place[];
}

export const fixedSizes = (graph: BlockGraph): readonly FixedSize[] => fixedOf(graph);

/** The graph with other sizes where `sizes` names such that can be others; the graph itself where it names none. Dims that are free stay so. */
export function changeSizes(graph: BlockGraph, sizes: Readonly<Record<string, number>>): BlockGraph {
  const changes = changedSizes(graph, sizes);
  return changes.length === 0 ? graph : changed(graph, changes.flatMap(({ places, name }) => places.map(place => ({ ...place, size: sizes[name]! })))).graph;
}

/** The graph that runs: with the sizes that are chosen, in the place of free dims and of those that the source fixes. */
export const graphAtSizes = (graph: BlockGraph, sizes: Readonly<Record<string, number>>): BlockGraph => bindSymbols(changeSizes(graph, sizes), sizes);

/** Those of the fixed sizes that `sizes` has otherwise than the source. */
export const changedSizes = (graph: BlockGraph, sizes: Readonly<Record<string, number>>): readonly Fixed[] =>
  fixedOf(graph).filter(({ name, size, obstacle }) => obstacle === undefined && Object.hasOwn(sizes, name) && sizes[name] !== size);

/** What follows from a graph, for as long as there is the graph: a panel asks for it whenever it is drawn. */
const known = new WeakMap<BlockGraph, readonly Fixed[]>();

function fixedOf(graph: BlockGraph): readonly Fixed[] {
  let fixed = known.get(graph);
  if (!fixed) known.set(graph, (fixed = findFixed(graph)));
  return fixed;
}

function findFixed(graph: BlockGraph): readonly Fixed[] {
  const found = new Map<string, { readonly meaning: DimMeaning; readonly size: number; readonly places: Place[] }>();
  for (const input of graph.inputs) {
    const { output } = graph.nodes[input]!;
    if (!isRanked(output)) continue;
    const meanings = dimMeanings(graph, input, output.length);
    output.forEach((size, axis) => {
      const meaning = meanings[axis]!;
      if (typeof size !== 'number') return;
      const key = `${meaning} ${size}`;
      const one = found.get(key);
      if (one) one.places.push({ input, axis });
      else found.set(key, { meaning, size, places: [{ input, axis }] });
    });
  }
  const taken = new Set(freeDims(graph).map(({ name }) => name));
  const all = [...found.values()];
  return all.flatMap(({ meaning, size, places }) => {
    const isOnly = !taken.has(meaning) && all.filter(other => other.meaning === meaning).length === 1;
    const { obstacle } = changed(graph, places.map(place => ({ ...place, size: size * 2 })));
    // How many channels or features there are is nearly always fixed by weights, which needs no saying.
    if (obstacle && (meaning === 'channels' || meaning === 'features' || meaning === 'size')) return [];
    return [{ name: isOnly ? meaning : `${meaning} ${size}`, meaning, size, places, ...(obstacle ? { obstacle } : {}) }];
  });
}

interface Change extends Place {
  readonly size: number;
}

/** Every layer behind what changes is worked out anew. */
function changed(graph: BlockGraph, changes: readonly Change[]): { readonly graph: BlockGraph; readonly obstacle?: SizeObstacle } {
  const nodes: GraphNode[] = [];
  let obstacle: SizeObstacle | undefined;
  const touched = new Set<number>();
  for (const node of graph.nodes) {
    const own = changes.filter(({ input }) => input === node.id);
    if (own.length > 0) {
      touched.add(node.id);
      nodes.push({ ...node, output: withSizes(node.output, own) });
      continue;
    }
    if (!node.inputs.some(input => touched.has(input))) {
      nodes.push(node);
      continue;
    }
    touched.add(node.id);
    const inputs = shapesInto(node, nodes);
    obstacle ??= obstacleAt(node, inputs, nodes);
    nodes.push(inferAgain(node, inputs));
  }
  return { graph: { ...graph, nodes }, ...(obstacle ? { obstacle } : {}) };
}

const withSizes = (shape: Shape, changes: readonly Change[]): Shape =>
  (isRanked(shape) ? shape.map((dim, axis) => changes.find(change => change.axis === axis)?.size ?? dim) : shape);

function obstacleAt(node: GraphNode, inputs: readonly Shape[], nodes: readonly GraphNode[]): SizeObstacle | undefined {
  const inference = inferenceOf(node, inputs);
  if (!inference) return { node: node.id, what: 'unknown' };
  const { output, weights, problems } = inference;
  if (problems.some(({ severity }) => severity === 'error') || !isRanked(output) || (isRanked(node.output) && node.output.some((dim, i) => isUnknownNow(output[i], dim)))) return { node: node.id, what: 'shape' };
  if (JSON.stringify(node.weights.map(({ shape }) => shape)) === JSON.stringify(weights.map(({ shape }) => shape))) return undefined;
  const flattenedBy = flattenBefore(node, nodes);
  return { node: node.id, what: 'weights', ...(flattenedBy === undefined ? {} : { flattenedBy }) };
}

const isUnknownNow = (dim: unknown, before: unknown): boolean => typeof before === 'number' && typeof dim !== 'number';

/** Through layers without weights, such as a dropout between the two. */
function flattenBefore({ inputs }: GraphNode, nodes: readonly GraphNode[]): number | undefined {
  for (let node = nodes[inputs[0]!]; node && node.inputs.length === 1; node = nodes[node.inputs[0]!]) {
    if (node.layer === 'flatten') return node.id;
    if (node.weights.length > 0) return undefined;
  }
  return undefined;
}
