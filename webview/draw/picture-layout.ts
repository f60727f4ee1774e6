// The whole picture: levels of lanes in nested frames, from the innermost outwards, in one system of coordinates.
import { shortCount } from '../../src/blocks/features/figures.ts';
import { shapesLabel } from '../../src/blocks/features/shape-label.ts';
import type { BlockGraph, Group } from '../../src/blocks/graph/block-graph.ts';
import { defaultCounting, type Counting } from '../../src/blocks/counting/counting.ts';
import { countedTotals } from '../../src/blocks/counting/totals.ts';
import { cardOfFrame, cardOfNode, commonWidth, type Card } from './cards.ts';
import { layOutLanes, type LaneItem, type Point } from './lanes.ts';
import { levelsOf, type Level, type LevelMember } from './levels.ts';
import type { MeasureText } from './text-fit.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The x of the main path. */
  readonly startX: number;
  /** Outer frames come before inner ones. */
  readonly frames: readonly PlacedFrame[];
  readonly cards: readonly PlacedCard[];
  readonly lines: readonly PlacedLine[];
}

export interface PlacedFrame {
  readonly group: Group;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** Ids of all nodes in it. */
  readonly nodes: readonly number[];
  /** What comes out and the parameters, as far as there is room for it beside the name. */
  readonly title: string;
  readonly figures: string;
}

/** The box of a layer, or of a frame that is closed. */
export interface PlacedCard {
  readonly x: number;
  readonly y: number;
  readonly card: Card;
  /** Ids of the nodes in it: one, or all of a closed frame. */
  readonly nodes: readonly number[];
  readonly group?: Group;
}

export interface PlacedLine {
  /** The node whose output flows. */
  readonly tensor: number;
  readonly points: readonly Point[];
  readonly beside: boolean;
  /** True where the line ends at a box, which gets an arrow head; lines into a frame go on inside it. */
  readonly arrow: boolean;
  /** The nodes at whose box it starts and ends, where it does. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Pixels. */
export const FRAME = { padding: 14, titleHeight: 28, minTitle: 120, maxTitle: 360, button: 20 } as const;

/** Lays the graph out with the given groups closed. */
export function layOutPicture(graph: BlockGraph, closed: ReadonlySet<number>, measure: MeasureText, counting: Counting = defaultCounting): Picture {
  const frames: PlacedFrame[] = [];
  const cards: PlacedCard[] = [];
  const lines: PlacedLine[] = [];
  const root = layOutLevel(levelsOf(graph, closed), { graph, measure, minWidth: commonWidth(graph, measure, counting), counting });
  draw(root, { x: 0, y: 0 }, 0, { frames, cards, lines });
  return { width: root.width, height: root.height, startX: root.lanes.anchor, frames, cards, lines };
}

interface Context {
  readonly graph: BlockGraph;
  readonly counting: Counting;
  readonly measure: MeasureText;
  readonly minWidth: number;
}

/** A level with the boxes that stand in it, laid out but not yet moved to where it goes. */
interface LaidOutLevel {
  readonly level: Level;
  readonly width: number;
  readonly height: number;
  readonly lanes: ReturnType<typeof layOutLanes>;
  readonly cards: ReadonlyMap<string, Card>;
  readonly inner: ReadonlyMap<string, FramedLevel>;
}

interface FramedLevel extends LaidOutLevel {
  readonly title: string;
  readonly figures: string;
  readonly frameWidth: number;
  readonly frameHeight: number;
}

function layOutLevel(level: Level, context: Context): LaidOutLevel {
  const cards = new Map<string, Card>();
  const inner = new Map<string, FramedLevel>();
  const items = level.members.map((member): LaneItem => {
    if (member.kind === 'port') {
      return { id: member.id, width: 0, height: 0, anchor: 0, weight: 0.01, boundary: member.boundary, sideEntry: false };
    }
    if (member.kind === 'frame') {
      const framed = layOutFrame(member, context);
      inner.set(member.id, framed);
      return itemOfFrame(member.id, member.nodes.length, framed);
    }
    const card = cardOfMember(member, context);
    cards.set(member.id, card);
    const item = { id: member.id, width: card.width, height: card.height, anchor: card.width / 2, weight: member.nodes.length };
    return member.kind === 'closed' ? { ...item, ...portsOfClosed(member.id, level, card.width), sideEntry: false } : { ...item, sideEntry: true };
  });
  const lanes = layOutLanes(items, level.edges);
  return { level, lanes, cards, inner, width: lanes.width, height: lanes.height };
}

/** Several tensors that enter or leave a closed frame do so side by side, around its middle. */
function portsOfClosed(id: string, level: Level, width: number): Pick<LaneItem, 'portIn' | 'portOut'> {
  const spread = (tensors: readonly string[]): ReadonlyMap<string, number> =>
    new Map([...new Set(tensors)].map((tensor, i, all) => [tensor, (width * (i + 1)) / (all.length + 1)]));
  return {
    portIn: spread(level.edges.filter(edge => edge.to === id).map(edge => edge.tensor)),
    portOut: spread(level.edges.filter(edge => edge.from === id).map(edge => edge.tensor)),
  };
}

type CardMember = Extract<LevelMember, { kind: 'node' | 'closed' }>;
type FrameMember = Extract<LevelMember, { kind: 'frame' }>;

function cardOfMember(member: CardMember, { graph, measure, minWidth, counting }: Context): Card {
  const nodes = member.nodes.map(id => graph.nodes[id]!);
  if (member.kind === 'node') return cardOfNode(nodes[0]!, measure, minWidth, counting);
  return cardOfFrame(member.group.name, member.nodes.length, outputOf(member, graph), countedTotals(nodes, counting, graph.nodes).params, measure, minWidth);
}

const outputOf = (member: { readonly outputs: readonly number[] }, graph: BlockGraph): string =>
  shapesLabel(member.outputs.map(id => graph.nodes[id]!.output));

function layOutFrame(member: FrameMember, context: Context): FramedLevel {
  const { graph, measure, counting } = context;
  const inside = layOutLevel(member.level, context);
  const nodes = member.nodes.map(id => graph.nodes[id]!);
  const { params } = countedTotals(nodes, counting, graph.nodes);
  const figures = [outputOf(member, graph), ...(params === 0 ? [] : [shortCount(params)])].join(' · ');
  const titleWidth = Math.min(FRAME.maxTitle, measure(member.group.name, 'title')) + FRAME.button + 2 * FRAME.padding;
  const figuresWidth = measure(figures, 'figures') + FRAME.padding;
  const frameWidth = Math.max(inside.width + 2 * FRAME.padding, titleWidth, FRAME.minTitle);
  return {
    ...inside,
    title: member.group.name,
    figures: titleWidth + figuresWidth <= frameWidth ? figures : '',
    frameWidth,
    frameHeight: inside.height + FRAME.titleHeight + FRAME.padding,
  };
}

/** How far the content of a frame is moved in, so that it stands in the middle where the title is wider. */
const indent = (framed: FramedLevel): number => (framed.frameWidth - framed.width) / 2;

function itemOfFrame(id: string, weight: number, framed: FramedLevel): LaneItem {
  const ports = (boundary: 'top' | 'bottom'): ReadonlyMap<string, number> =>
    new Map(framed.level.members.flatMap(member =>
      member.kind === 'port' && member.boundary === boundary
        ? [[member.tensor, indent(framed) + framed.lanes.corners.get(member.id)!.x] as const]
        : []));
  return {
    id, weight, width: framed.frameWidth, height: framed.frameHeight, anchor: indent(framed) + framed.lanes.anchor,
    portIn: ports('top'), portOut: ports('bottom'), sideEntry: false,
  };
}

function draw(
  laidOut: LaidOutLevel, at: Point, depth: number, into: { frames: PlacedFrame[]; cards: PlacedCard[]; lines: PlacedLine[] },
): void {
  const members = new Map(laidOut.level.members.map(member => [member.id, member]));
  for (const member of laidOut.level.members) {
    const corner = laidOut.lanes.corners.get(member.id)!;
    const [x, y] = [at.x + corner.x, at.y + corner.y];
    if (member.kind === 'frame') {
      const framed = laidOut.inner.get(member.id)!;
      const { title, figures, frameWidth: width, frameHeight: height } = framed;
      into.frames.push({ group: member.group, x, y, width, height, depth, nodes: member.nodes, title, figures });
      draw(framed, { x: x + indent(framed), y: y + FRAME.titleHeight }, depth + 1, into);
    } else if (member.kind !== 'port') {
      const group = member.kind === 'closed' ? { group: member.group } : {};
      into.cards.push({ x, y, card: laidOut.cards.get(member.id)!, nodes: member.nodes, ...group });
    }
  }
  for (const { edge, points, beside } of laidOut.lanes.routes) {
    const nodesAt = (id: string): readonly number[] => {
      const member = members.get(id)!;
      return member.kind === 'node' || member.kind === 'closed' ? member.nodes : [];
    };
    // At a port the line goes on to the border of the frame, through its title and its padding.
    const [first, last] = [members.get(edge.from)!.kind === 'port', members.get(edge.to)!.kind === 'port'];
    const moved = points.map((point, i) => ({
      x: at.x + point.x,
      y: at.y + point.y - (first && i === 0 ? FRAME.titleHeight : 0) + (last && i === points.length - 1 ? FRAME.padding : 0),
    }));
    into.lines.push({
      tensor: Number(edge.tensor), points: moved, beside,
      arrow: nodesAt(edge.to).length > 0, from: nodesAt(edge.from), to: nodesAt(edge.to),
    });
  }
}
