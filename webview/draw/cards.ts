// What is written on the box of a layer and on the title bar of a frame, and how large that makes them.
import type { Counting } from '../../src/blocks/counting/counting.ts';
import { countedParams } from '../../src/blocks/counting/parameters.ts';
import { shortCount } from '../../src/blocks/features/figures.ts';
import { shapeLabel } from '../../src/blocks/features/shape-label.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import type { Dim } from '../../src/blocks/shapes/dim.ts';
import { keyAttributes } from './key-attributes.ts';
import { fitText, type MeasureText } from './text-fit.ts';

export interface Card {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** The name that the source gives, behind the title; empty where it gives none or no room is left. */
  readonly name: string;
  /** Where the name starts, from the left edge. */
  readonly nameX: number;
  /** The second line; empty where there is nothing to say, and then the card has one line less. */
  readonly detail: string;
  readonly shape: string;
  readonly count: string;
}

/** Pixels. The time of a run is written at the right of the first line, and its room is kept free before there is one. */
export const CARD = { padding: 12, line: 17, top: 10, timeWidth: 62, gap: 10, minWidth: 168, commonWidth: 232, maxWidth: 276 } as const;

/** Cards are as wide as the widest of them, up to a common width, because equal boxes read as a column. */
export const commonWidth = (graph: BlockGraph, measure: MeasureText, counting: Counting): number =>
  Math.min(CARD.commonWidth, Math.max(CARD.minWidth, ...graph.nodes.map(node => cardOfNode(node, measure, CARD.minWidth, counting).width)));

export function cardOfNode(node: GraphNode, measure: MeasureText, minWidth: number, counting: Counting): Card {
  const params = countedParams(node, counting);
  return cardOf({ title: node.layer, name: node.name ?? '', detail: keyAttributes(node), shape: shapeLabel(node.output), count: params === 0 ? '' : shortCount(params) }, measure, minWidth);
}

/** The box of a frame that is closed: the name of the function, how much is in it, and what comes out of it. */
export function cardOfFrame(name: string, layers: number, shape: string, params: Dim, measure: MeasureText, minWidth: number): Card {
  return cardOf({ title: name, name: '', detail: `${layers} layer${layers === 1 ? '' : 's'}`, shape, count: params === 0 ? '' : shortCount(params) }, measure, minWidth);
}

type CardTexts = Pick<Card, 'title' | 'name' | 'detail' | 'shape' | 'count'>;

function cardOf({ title, name, detail, shape, count }: CardTexts, measure: MeasureText, minWidth: number): Card {
  const gapFor = (text: string): number => (text === '' ? 0 : CARD.gap);
  const first = measure(title, 'title') + gapFor(name) + measure(name, 'plain') + CARD.timeWidth;
  const third = measure(shape, 'figures') + gapFor(count) + measure(count, 'figures');
  const wanted = Math.ceil(Math.max(first, measure(detail, 'plain'), third)) + 2 * CARD.padding;
  const width = Math.min(CARD.maxWidth, Math.max(minWidth, wanted));
  const inner = width - 2 * CARD.padding;
  const fittedTitle = fitText(title, inner - CARD.timeWidth, 'title', measure);
  const titleWidth = measure(fittedTitle, 'title');
  return {
    width,
    height: 2 * CARD.top + CARD.line * (detail === '' ? 2 : 3) - 3,
    title: fittedTitle,
    name: fitText(name, inner - CARD.timeWidth - titleWidth - CARD.gap, 'plain', measure),
    nameX: CARD.padding + titleWidth + CARD.gap,
    detail: fitText(detail, inner, 'plain', measure),
    shape: fitText(shape, inner - gapFor(count) - measure(count, 'figures'), 'figures', measure),
    count,
  };
}
