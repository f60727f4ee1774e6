// What the values of each tensor of a graph see of what goes into it. Put together of what each layer says of itself, where somebody asks for it.
import { withoutPlaces } from '../layers/attribute.ts';
import { receptiveStepsOf } from '../layers/infer-receptive-field.ts';
import type { AxisStep } from '../layers/receptive-field.ts';
import { findLayerOf } from '../layers/registry.ts';
import { isUnknown, unknown, type Dim, type Unknown } from '../shapes/dim.ts';
import { isRanked } from '../shapes/shape.ts';
import { onePosition, sizeOf, stepOf, through, union, unknownInSight, type Sight } from '../shapes/sight.ts';
import type { BlockGraph, GraphNode } from './block-graph.ts';
import { shapesInto, tensorsInto } from './tensors.ts';

/** What is seen of one of the graph's inputs. */
export interface Seen {
  /** The node that stands for it. */
  readonly input: number;
  /** Along each axis that has positions, in their order: neither along the batch nor along the channels. */
  readonly axes: readonly SeenAxis[];
}

export type SeenAxis = 'all' | SeenWindows;

export interface SeenWindows {
  /** From the first position to the last, padding counted. Where not every value sees as much, the most that one does. */
  readonly size: Dim;
  readonly varies: boolean;
  /** How far apart neighbours see, as a fraction; absent where values are laid out in a row with others, or one is left. */
  readonly step?: { readonly step: Dim; readonly of: number };
}

/** Of a node; unknown with its reason, and undefined where the graph's input has no axis with positions, or it is an input itself. */
export type ReceptiveField = readonly Seen[] | Unknown | undefined;

/** By the ids of the nodes. */
export function receptiveFieldsOf(graph: BlockGraph): readonly ReceptiveField[] {
  const views: View[] = [];
  for (const node of graph.nodes) views.push(node.inputs.length === 0 ? viewOfInput(node, graph) : viewThrough(node, graph, views));
  return views.map((view, i) => (graph.nodes[i]!.inputs.length === 0 ? undefined : receptiveField(view)));
}

/** What a tensor is made of: for each input of the graph what is seen along its axes. */
type View = ReadonlyMap<number, readonly AxisView[]>;

type AxisView =
  | { readonly kind: 'along'; readonly sight: Sight; /** The axis of the tensor along which they lie; absent where that has one value. */ readonly axis?: number; readonly inRow?: true }
  | { readonly kind: 'whole' }
  | Unknown;

const whole: AxisView = { kind: 'whole' };

function viewOfInput(node: GraphNode, graph: BlockGraph): View {
  const axes = positionsOf(node, graph);
  const views: readonly AxisView[] = isUnknown(axes) ? [axes] : (axes as readonly number[]).map(axis => ({ kind: 'along', sight: onePosition, axis }));
  return new Map(views.length > 0 ? [[node.id, views]] : []);
}

/** The axes of an input that have positions: where the channels stand, the first layer says that has a format for them. */
function positionsOf({ id, output }: GraphNode, { nodes }: BlockGraph): readonly number[] | Unknown {
  if (!isRanked(output)) return output;
  const all = output.slice(1).map((_, i) => i + 1);
  if (nodes.some(node => node.inputs.includes(id) && findLayerOf(node)?.receptiveField.readsPositions)) return all;
  if (output.length < 3) return [];
  const deciding = nodes.find(node => {
    const definition = findLayerOf(node);
    return definition?.rank === output.length && 'dataFormat' in definition.attributes;
  });
  const format = deciding?.attributes['dataFormat'] ?? 'channelsLast';
  if (format === 'channelsFirst') return all.slice(1);
  return format === 'channelsLast' ? all.slice(0, -1) : unknown('where the channels stand is not known');
}

function viewThrough(node: GraphNode, { nodes }: BlockGraph, views: readonly View[]): View {
  const shapes = shapesInto(node, nodes);
  const definition = findLayerOf(node);
  const perInput = tensorsInto(node).map(({ node: from, port }, place) => {
    const before = views[from]!;
    const after = (step: (view: AxisView) => AxisView): View => new Map([...before].map(([input, axes]) => [input, axes.map(step)]));
    if (port > 0) return after(() => unknown(`${nodes[from]!.layer} gives several tensors, of which only the first is followed`));
    // Which of two it is does not matter where both have seen the same.
    if (node.layer === 'either') return before;
    if (!definition) return after(() => unknown(`what ${node.layer} sees is not known to Blockscope`));
    const steps = receptiveStepsOf(definition, withoutPlaces(node.attributes), shapes, node.output, place);
    return after(view => throughStep(view, steps));
  });
  return perInput.reduce((a, b) => joinViews(a, b, node.layer === 'either' ? sameView : unionOfViews));
}

function throughStep(view: AxisView, steps: readonly AxisStep[] | Unknown): AxisView {
  if (isUnknown(view) || view.kind === 'whole') return view;
  if (isUnknown(steps)) return steps;
  if (view.axis === undefined) return view;
  const step = (steps as readonly AxisStep[])[view.axis - 1]!;
  if (isUnknown(step)) return step;
  switch (step.kind) {
    case 'whole': return whole;
    case 'single': return { kind: 'along', sight: view.sight };
    case 'row': return { ...view, axis: step.to, inRow: true };
    case 'along': {
      if (step.sight === onePosition) return { ...view, axis: step.to };
      if (view.inRow) return unknown('a window over values that were laid out in a row is none over the input');
      const sight = through(view.sight, step.sight);
      return isUnknown(sight) ? sight : { kind: 'along', sight: sight as Sight, axis: step.to };
    }
  }
}

function joinViews(a: View, b: View, join: (a: AxisView, b: AxisView) => AxisView): View {
  const joined = new Map(a);
  for (const [input, axes] of b) {
    const others = a.get(input);
    joined.set(input, others ? axes.map((axis, i) => join(others[i]!, axis)) : axes);
  }
  return joined;
}

function unionOfViews(a: AxisView, b: AxisView): AxisView {
  if (isWhole(a)) return a;
  if (isWhole(b)) return b;
  if (isUnknown(a)) return a;
  if (isUnknown(b)) return b;
  if (a.kind === 'whole' || b.kind === 'whole') return whole;
  if (a.axis !== b.axis || a.inRow !== b.inRow) return unknown('its branches have the axis in different places');
  if (a.sight === b.sight) return a;
  if (a.inRow) return unknown('values that see differently are laid out in rows');
  const sight = union(a.sight, b.sight);
  return isUnknown(sight) ? sight : { ...a, sight: sight as Sight };
}

const isWhole = (view: AxisView): boolean => !isUnknown(view) && view.kind === 'whole';

function sameView(a: AxisView, b: AxisView): AxisView {
  if (isUnknown(a)) return a;
  if (isUnknown(b)) return b;
  const same = a.kind === 'along' && b.kind === 'along' ? a.sight === b.sight && a.axis === b.axis && a.inRow === b.inRow : a.kind === b.kind;
  return same ? a : unknown('which of two ways leads here depends on a condition that is not known');
}

function receptiveField(view: View): ReceptiveField {
  if (view.size === 0) return undefined;
  const reason = [...view.values()].flat().map(axis => (isUnknown(axis) ? axis : axis.kind === 'along' ? unknownInSight(axis.sight) ?? unknownSize(axis.sight) : undefined)).find(one => one !== undefined);
  return reason ?? [...view].map(([input, axes]) => ({ input, axes: (axes as readonly Exclude<AxisView, Unknown>[]).map(seenAxis) }));
}

function unknownSize(sight: Sight): Unknown | undefined {
  const { size } = sizeOf(sight);
  return isUnknown(size) ? size : undefined;
}

function seenAxis(view: Exclude<AxisView, Unknown>): SeenAxis {
  if (view.kind === 'whole') return 'all';
  const { size, varies } = sizeOf(view.sight);
  return { size, varies, ...(view.axis === undefined || view.inRow ? {} : { step: stepOf(view.sight) }) };
}
