// What `blockscope inspect --json` prints: an analysis with lines and columns instead of offsets, and shapes as people
// and programs read them.
import type { Analysis, Block } from '../blocks/analysis.ts';
import { defaultCounting, sameCounting, type Counting } from '../blocks/counting/counting.ts';
import { countedNode } from '../blocks/counting/node.ts';
import { countedTotalsOf } from '../blocks/counting/totals.ts';
import { ways } from '../blocks/features/call-paths.ts';
import type { CallPath, GraphNode } from '../blocks/graph/block-graph.ts';
import { receptiveFieldsOf, type ReceptiveField } from '../blocks/graph/receptive-field.ts';
import type { Problem, Severity } from '../blocks/problems/problem.ts';
import { addDims, formatDim, isSymbolic, isUnknown, type Dim } from '../blocks/shapes/dim.ts';
import { isRanked, unknownIn, type Shape } from '../blocks/shapes/shape.ts';
import type { Location } from '../blocks/text/location.ts';
import { LineMap } from '../blocks/text/location.ts';
import { inspectedReceptiveField, type InspectedReceptiveField } from './inspected-receptive-field.ts';

/** A number, `null` where the model leaves it open, `"H/2"` where it is symbolic, `"?"` where it is unknown. */
export type JsonDim = number | string | null;
/** `"?"` where not even the rank is known. */
export type JsonShape = readonly JsonDim[] | '?';

export interface Inspection {
  readonly file: string;
  /** By which convention figures are counted; absent for the one that they have by default. */
  readonly counting?: Counting;
  readonly blocks: readonly InspectedBlock[];
  readonly problems: readonly InspectedProblem[];
}

export interface InspectedBlock extends Position {
  readonly name: string;
  readonly kind: Block['kind'];
  /** One shape; a list of shapes where the block has several inputs or none that is known. */
  readonly inputShape: JsonShape | readonly JsonShape[];
  readonly outputShape: JsonShape | readonly JsonShape[];
  readonly params: number | string;
  readonly trainableParams: number | string;
  readonly nonTrainableParams: number | string;
  /** Values of weights that the convention leaves out; absent where it leaves none out. */
  readonly uncountedParams?: number | string;
  readonly macs: number | string;
  /** What the convention counts in the place of MACs; absent where it counts these. */
  readonly operations?: number | string;
  /** How many times the place gave exactly this block; absent where it was once. */
  readonly count?: number;
  readonly layers: readonly InspectedLayer[];
}

export interface InspectedLayer extends Position {
  readonly layer: string;
  /** The name that the source gives the layer; null where TensorFlow.js would make one up. */
  readonly name: string | null;
  /** What holds of all results of the line: dims that differ are `"?"`. */
  readonly outputShape: JsonShape;
  /** The sum over all results of the line, so that the lines add up to the block. */
  readonly params: number | string;
  readonly macs: number | string;
  readonly operations?: number | string;
  /** What a value that comes out sees of the input of the block; absent where that is not known, or has no positions. */
  readonly receptiveField?: InspectedReceptiveField;
  /** Why something is `"?"`. */
  readonly reason?: string;
  readonly assumed?: readonly string[];
  readonly variants?: readonly InspectedVariant[];
}

export interface InspectedVariant {
  readonly outputShape: JsonShape;
  readonly params: number | string;
  readonly macs: number | string;
  readonly operations?: number | string;
  readonly count: number;
  /** The ways that lead to it; absent where the line lies in no function. */
  readonly callers?: readonly InspectedCaller[];
}

/** The calls that lead to a layer, outermost first. */
export interface InspectedCaller {
  readonly calls: readonly InspectedCall[];
  /** How many times they did, as in a loop; absent where it was once. */
  readonly count?: number;
}

export interface InspectedCall extends Position {
  /** Null where the function has no name. */
  readonly function: string | null;
}

export interface InspectedProblem extends Position {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
}

interface Position {
  readonly line: number;
  readonly column: number;
  /** Present where it is another file than the inspected one. */
  readonly file?: string;
}

/** `textOf` gives the text of a file that the analysis mentions; `label` says how a file is called in the output. */
export function inspectionOf(analysis: Analysis, textOf: (file: string) => string, label: (file: string) => string, counting: Counting = defaultCounting): Inspection {
  const lines = new Map<string, LineMap>();
  const position = (at: Location): Position => {
    let map = lines.get(at.file);
    if (!map) lines.set(at.file, (map = new LineMap(textOf(at.file))));
    return { ...map.lineColumn(at.start), ...(at.file === analysis.file ? {} : { file: label(at.file) }) };
  };
  const written = new Set(analysis.sites.map(site => placeOf(site.at, site.layer)));
  return {
    file: label(analysis.file), ...(sameCounting(counting, defaultCounting) ? {} : { counting }),
    blocks: analysis.blocks.map(block => inspectedBlock(block, position, written, counting)),
    problems: analysis.problems.map(problem => inspectedProblem(problem, position)),
  };
}

/** What a convention counts of a node of a graph. */
interface Figures {
  params(this: void, node: GraphNode): Dim;
  /** Absent where it is the MACs. */
  readonly operations?: (node: GraphNode) => Dim;
}

const countsMacs = ({ operations, layers }: Counting): boolean => operations === 'macs' && layers === 'convolutionAndDense';

const figuresIn = (nodes: readonly GraphNode[], counting: Counting): Figures => ({
  params: node => countedNode(node, nodes, counting).params,
  ...(countsMacs(counting) ? {} : { operations: node => countedNode(node, nodes, counting).operations.count }),
});

const mostRepeats = 64;

/**
 * The same with a block of its own for each time that a place gave it, so that blocks and the counts of lines add up.
 * Beyond 64 times it is one block with a `count`.
 */
export function withoutRepeats(inspection: Inspection): Inspection {
  const blocks = inspection.blocks.flatMap(block => {
    const { count = 1, ...once } = block;
    return count <= mostRepeats ? new Array<InspectedBlock>(count).fill(once) : [block];
  });
  return { ...inspection, blocks };
}

const placeOf = (at: Location, layer: string): string => `${at.file}\n${at.start}\n${layer}`;

function inspectedBlock(block: Block, position: (at: Location) => Position, written: ReadonlySet<string>, counting: Counting): InspectedBlock {
  const totals = countedTotalsOf(block, counting);
  const figures = figuresIn(block.graph.nodes, counting);
  const fields = receptiveFieldsOf(block.graph);
  const places = new Map<string, GraphNode[]>();
  for (const node of block.graph.nodes) {
    const place = placeOf(node.at, node.layer);
    // The implicit input of a sequential model is no call of the program.
    if (!written.has(place)) continue;
    const nodes = places.get(place);
    if (nodes) nodes.push(node);
    else places.set(place, [node]);
  }
  return {
    name: block.name, kind: block.kind, ...position(block.at),
    inputShape: oneOrSeveral(block.inputShapes), outputShape: oneOrSeveral(block.outputShapes),
    params: jsonCount(totals.params), trainableParams: jsonCount(totals.trainableParams), nonTrainableParams: jsonCount(totals.nonTrainableParams),
    ...(totals.uncountedParams === 0 ? {} : { uncountedParams: jsonCount(totals.uncountedParams) }),
    macs: jsonCount(block.totals.macs), ...(countsMacs(counting) ? {} : { operations: jsonCount(totals.operations) }),
    ...(block.count > 1 ? { count: block.count } : {}),
    layers: [...places.values()].map(nodes => inspectedLayer(nodes, position, figures, fields)),
  };
}

function inspectedLayer(nodes: readonly GraphNode[], position: (at: Location) => Position, figures: Figures, fields: readonly ReceptiveField[]): InspectedLayer {
  const first = nodes[0]!;
  const variants = variantsOf(nodes, position, figures);
  const owners = [...new Map(nodes.map(node => [node.weightsKey, node])).values()];
  const names = new Set(nodes.map(node => node.name));
  const reason = nodes.map(node => unknownIn(node.output) ?? (isUnknown(node.params) ? node.params : undefined)).find(Boolean);
  const assumed = [...new Set(nodes.flatMap(node => node.assumed))];
  const receptiveField = inspectedReceptiveField(nodes.map(({ id }) => fields[id]));
  return {
    ...position(first.at), layer: first.layer, name: names.size === 1 ? first.name ?? null : null,
    outputShape: nodes.map(node => jsonShape(node.output)).reduce(joinJson),
    params: jsonCount(sum(owners.map(figures.params))), macs: jsonCount(sum(nodes.map(node => node.macs))),
    ...(figures.operations ? { operations: jsonCount(sum(nodes.map(figures.operations))) } : {}),
    ...(receptiveField ? { receptiveField } : {}),
    ...(reason ? { reason: reason.reason } : {}),
    ...(assumed.length > 0 ? { assumed } : {}),
    ...(variants.length > 1 || variants[0]!.count > 1 ? { variants } : {}),
  };
}

function variantsOf(nodes: readonly GraphNode[], position: (at: Location) => Position, figures: Figures): InspectedVariant[] {
  const variants = new Map<string, { readonly variant: Omit<InspectedVariant, 'count'>; readonly callPaths: CallPath[] }>();
  const counted = new Set<string>();
  for (const node of nodes) {
    const variant = {
      outputShape: jsonShape(node.output), params: jsonCount(figures.params(node)), macs: jsonCount(node.macs),
      ...(figures.operations ? { operations: jsonCount(figures.operations(node)) } : {}),
    };
    const key = JSON.stringify(variant);
    // The same layer applied again with the same result is not another layer.
    if (counted.has(`${node.weightsKey} ${key}`)) continue;
    counted.add(`${node.weightsKey} ${key}`);
    const known = variants.get(key);
    if (known) known.callPaths.push(node.callPath);
    else variants.set(key, { variant, callPaths: [node.callPath] });
  }
  return [...variants.values()].map(({ variant, callPaths }) => {
    const callers = ways(callPaths.filter(path => path.length > 0)).map(same => inspectedCaller(same, position));
    return { ...variant, count: callPaths.length, ...(callers.length > 0 ? { callers } : {}) };
  });
}

const inspectedCaller = (same: readonly CallPath[], position: (at: Location) => Position): InspectedCaller => ({
  calls: same[0]!.map(({ name, at }) => ({ function: name || null, ...position(at) })), ...(same.length > 1 ? { count: same.length } : {}),
});

const inspectedProblem = ({ id, severity, message, at }: Problem, position: (at: Location) => Position): InspectedProblem => ({
  ...position(at), severity, code: id, message,
});

export const jsonShape = (shape: Shape): JsonShape => (isRanked(shape) ? shape.map(jsonDim) : '?');

const jsonDim = (dim: Dim): JsonDim => (dim === null || typeof dim === 'number' ? dim : formatDim(dim));

const jsonCount = (count: Dim): number | string => (typeof count === 'number' ? count : isSymbolic(count) ? formatDim(count) : '?');

function oneOrSeveral(shapes: readonly Shape[]): JsonShape | readonly JsonShape[] {
  return shapes.length === 1 ? jsonShape(shapes[0]!) : shapes.map(jsonShape);
}

function joinJson(a: JsonShape, b: JsonShape): JsonShape {
  if (a === '?' || b === '?' || a.length !== b.length) return '?';
  return a.map((dim, i) => (dim === b[i] ? dim : '?'));
}

const sum = (dims: readonly Dim[]): Dim => dims.reduce<Dim>((total, dim) => addDims(total, dim), 0);
