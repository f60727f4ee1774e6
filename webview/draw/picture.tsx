// The picture of a block: frames, lines and boxes as SVG.
import type { JSX } from 'preact';
import type { Counting } from '../../src/blocks/counting/counting.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import type { ReceptiveField } from '../../src/blocks/graph/receptive-field.ts';
import { unknownIn } from '../../src/blocks/shapes/shape.ts';
import { CARD } from './cards.ts';
import { describeNode } from './describe-node.ts';
import { familyOf } from './families.ts';
import { FRAME, type Picture, type PlacedCard, type PlacedFrame, type PlacedLine } from './picture-layout.ts';
import { roundedPath } from './rounded-path.ts';
import { fitText, type MeasureText } from './text-fit.ts';
import { shapeLabel } from '../../src/blocks/features/shape-label.ts';

export interface PictureProps {
  readonly picture: Picture;
  readonly graph: BlockGraph;
  /** What each node sees of the block's input. */
  readonly seen: readonly ReceptiveField[];
  readonly counting: Counting;
  readonly lines: readonly number[];
  readonly zoom: number;
  readonly selected: number | null;
  readonly revealed: readonly number[];
  readonly wrong: ReadonlySet<number>;
  /** The time of a layer, or the sum over those of a frame; undefined where it was not measured. */
  readonly timeOf: (nodes: readonly number[]) => BoxTime | undefined;
  readonly measure: MeasureText;
  readonly onSelect: (node: number, how: 'focus' | 'open') => void;
  readonly onToggle: (group: number) => void;
}

export interface BoxTime {
  readonly text: string;
  /** Of the time of the slowest box in the picture. */
  readonly share: number;
}

/** Pixels around the picture, so that outlines are not cut. */
export const MARGIN = 20;

export function PictureSvg(props: PictureProps): JSX.Element {
  const { picture, zoom } = props;
  const [width, height] = [picture.width + 2 * MARGIN, picture.height + 2 * MARGIN];
  const active = props.selected;
  return (
    <svg class="picture" width={width * zoom} height={height * zoom} viewBox={`${-MARGIN} ${-MARGIN} ${width} ${height}`} role="group" aria-label="Picture of the block">
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
          <path d="M0 0.5 L7.5 4 L0 7.5 Z" class="arrow-head" />
        </marker>
        <marker id="arrow-active" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
          <path d="M0 0.5 L7.5 4 L0 7.5 Z" class="arrow-head active" />
        </marker>
      </defs>
      {picture.frames.map(frame => <FrameBody key={`frame ${frame.group.id}`} frame={frame} />)}
      {picture.lines.map(line => <Line key={lineKey(line)} line={line} active={active !== null && isAt(line, active)} graph={props.graph} />)}
      {picture.frames.map(frame => <FrameTitle key={`title ${frame.group.id}`} frame={frame} measure={props.measure} time={props.timeOf(frame.nodes)} onToggle={props.onToggle} />)}
      {picture.cards.map(card => <Box key={`box ${card.group ? `g${card.group.id}` : card.nodes[0]}`} placed={card} {...props} />)}
    </svg>
  );
}

const lineKey = (line: PlacedLine): string => `line ${line.tensor} ${line.points.map(point => `${point.x},${point.y}`).join(' ')}`;

const isAt = (line: PlacedLine, node: number): boolean => line.tensor === node || line.to.includes(node);

const FrameBody = ({ frame }: { readonly frame: PlacedFrame }): JSX.Element =>
  <rect class="frame-body" x={frame.x} y={frame.y} width={frame.width} height={frame.height} rx="8" />;

/** Drawn over the lines, which pass behind it into the frame. */
function FrameTitle(props: { readonly frame: PlacedFrame; readonly measure: MeasureText; readonly time: BoxTime | undefined; readonly onToggle: (group: number) => void }): JSX.Element {
  const { frame, measure } = props;
  const { width, group, figures } = frame;
  const room = width - 2 * FRAME.padding - FRAME.button - (figures === '' ? 0 : measure(figures, 'figures') + FRAME.padding);
  const baseline = FRAME.titleHeight / 2 + 4;
  const toggle = (): void => props.onToggle(group.id);
  return (
    <g
      class="frame-toggle" transform={`translate(${frame.x} ${frame.y})`} role="button" tabindex={0} aria-expanded={true} data-group={group.id}
      aria-label={`${group.name}, open frame, ${frame.nodes.length} layers`} onClick={toggle} onKeyDown={event => onEnter(event, toggle)}
    >
      <rect class="frame-title" width={width} height={FRAME.titleHeight} rx="8" />
      <path class="chevron" d={`M${FRAME.padding - 3} ${FRAME.titleHeight / 2 - 2} l4 5 l4 -5`} />
      <text class="text-title halo" x={FRAME.padding + FRAME.button - 8} y={baseline}>{fitText(group.name, room, 'title', measure)}</text>
      {figures !== '' && <text class="text-figures quiet halo" x={width - FRAME.padding} y={baseline} text-anchor="end">{figures}</text>}
      <title>{`${group.name}: ${frame.nodes.length} layers${figures === '' ? '' : ` · ${figures}`}${sumText(props.time)}\nClick to close`}</title>
    </g>
  );
}

function onEnter(event: KeyboardEvent, action: () => void): void {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

function Line({ line, active, graph }: { readonly line: PlacedLine; readonly active: boolean; readonly graph: BlockGraph }): JSX.Element {
  const path = roundedPath(line.points, 8);
  const classes = ['line', line.beside ? 'beside' : '', active ? 'active' : ''].join(' ');
  return (
    <g class={classes}>
      <path class="line-hit" d={path}><title>{shapeLabel(graph.nodes[line.tensor]!.output)}</title></path>
      <path class="line-path" d={path} {...(line.arrow ? { 'marker-end': active ? 'url(#arrow-active)' : 'url(#arrow)' } : {})} />
    </g>
  );
}

function Box(props: PictureProps & { readonly placed: PlacedCard }): JSX.Element {
  const { placed, graph, lines, selected, revealed, wrong, onSelect, onToggle } = props;
  const { card, group, nodes } = placed;
  const node = graph.nodes[nodes[0]!]!;
  const one = group ? undefined : node;
  const time = props.timeOf(nodes);
  const isSelected = selected !== null && nodes.includes(selected);
  const classes = [
    'box', group ? 'closed' : `family-${familyOf(node.layer)}`, isSelected ? 'selected' : '',
    nodes.some(id => revealed.includes(id)) ? 'revealed' : '', nodes.some(id => wrong.has(id)) ? 'wrong' : '',
    one?.optional ? 'optional' : '', one && unknownIn(one.output) ? 'unknown' : '',
  ].filter(name => name !== '').join(' ');
  const activate = (): void => (group ? onToggle(group.id) : onSelect(node.id, 'open'));
  return (
    <g
      class={classes} transform={`translate(${placed.x} ${placed.y})`} role="button" data-node={group ? undefined : node.id} data-group={group?.id}
      data-card={nodes[0]} tabindex={isSelected || (selected === null && node.id === 0) ? 0 : -1}
      aria-label={group ? `${group.name}, closed, ${nodes.length} layers` : ariaLabel(node, lines)} aria-pressed={isSelected}
      {...(group ? { 'aria-expanded': false } : {})}
      onClick={activate} onKeyDown={event => onEnter(event, activate)} onFocus={() => isSelected || onSelect(node.id, 'focus')}
    >
      {group && <rect class="box-behind" x="4" y="4" width={card.width} height={card.height} rx="6" />}
      <rect class="box-body" width={card.width} height={card.height} rx="6" />
      <path class="box-stripe" d={stripe(card.height)} />
      <CardText placed={placed} />
      {time && <text class="text-figures time" x={card.width - CARD.padding} y={CARD.top + 11} text-anchor="end">{time.text}</text>}
      {time && <rect class="heat" x="5" y={card.height - 4} width={Math.max(1, (card.width - 10) * time.share)} height="3" rx="1.5" />}
      <title>{group ? `${group.name}: ${nodes.length} layers${sumText(time)}\nClick to open` : describeNode(node, graph, props.seen[node.id], props.counting, lines[node.id], time?.text)}</title>
    </g>
  );
}

function CardText({ placed }: { readonly placed: PlacedCard }): JSX.Element {
  const { card } = placed;
  const second = CARD.top + 11 + CARD.line;
  const third = card.detail === '' ? second : second + CARD.line;
  return (
    <>
      <text class="text-title" x={CARD.padding} y={CARD.top + 11}>{card.title}</text>
      {card.name !== '' && <text class="text-plain quiet" x={card.nameX} y={CARD.top + 11}>{card.name}</text>}
      {card.detail !== '' && <text class="text-plain quiet" x={CARD.padding} y={second}>{card.detail}</text>}
      <text class="text-figures" x={CARD.padding} y={third}>{card.shape}</text>
      {card.count !== '' && <text class="text-figures quiet" x={card.width - CARD.padding} y={third} text-anchor="end">{card.count}</text>}
    </>
  );
}

const sumText = (time: BoxTime | undefined): string => (time ? `, ${time.text} as the sum over them` : '');

/** The coloured edge at the left of a box, inside its rounded corners. */
const stripe = (height: number): string => `M6 0 H5 A5 6 0 0 0 0 6 V${height - 6} A5 6 0 0 0 5 ${height} H6 Z`;

const ariaLabel = (node: GraphNode, lines: readonly number[]): string =>
  `${node.layer}${node.name ? ` ${node.name}` : ''}, line ${lines[node.id] ?? '?'}, gives ${shapeLabel(node.output)}`;
