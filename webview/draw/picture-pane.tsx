// The picture in its pane: zoom, pan, fit, the legend of colours, and moving through the boxes by keyboard.
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { milliseconds } from '../../src/blocks/features/milliseconds.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { ReceptiveField } from '../../src/blocks/graph/receptive-field.ts';
import type { BlockPayload, Timing } from '../../src/blocks/protocol/messages.ts';
import type { Actions } from '../page.tsx';
import type { PageState } from '../page-state.ts';
import type { LayerFigures } from '../panels/layer-figures.ts';
import { familiesOf } from './families.ts';
import { framedGroups } from './levels.ts';
import { layOutPicture, type Picture } from './picture-layout.ts';
import { MARGIN, PictureSvg, type BoxTime } from './picture.tsx';
import type { MeasureText } from './text-fit.ts';
import { usePanAndZoom } from './pan-and-zoom.ts';

interface PicturePaneProps {
  readonly state: PageState;
  readonly block: BlockPayload;
  readonly seen: readonly ReceptiveField[];
  readonly figures: readonly LayerFigures[];
  readonly wrong: ReadonlySet<number>;
  readonly actions: Actions;
  readonly measure: MeasureText;
}

export function PicturePane({ state, block, seen, figures, wrong, actions, measure }: PicturePaneProps): JSX.Element {
  const { graph } = block;
  const scroll = useRef<HTMLDivElement>(null);
  const picture = useMemo(() => layOutPicture(graph, new Set(state.closed), measure, block.counting), [graph, state.closed, measure, block.counting]);
  const size = { width: picture.width + 2 * MARGIN, height: picture.height + 2 * MARGIN };
  const view = usePanAndZoom(scroll, size, picture.startX + MARGIN, block.id);
  const [families, inner] = useMemo(() => [familiesOf(graph.nodes.map(node => node.layer)), framedGroups(graph)], [graph]);
  const cardWith = (node: number | null): SVGElement | null => {
    const placed = picture.cards.find(card => node !== null && card.nodes.includes(node));
    return placed ? scroll.current?.querySelector<SVGElement>(`[data-card="${placed.nodes[0]}"]`) ?? null : null;
  };
  useEffect(() => {
    cardWith(state.revealed[0] ?? state.selected)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [state.selected, state.revealed]);
  useLayoutEffect(() => {
    // The focus goes with the selection where it is in the picture already, so that arrow keys move both.
    if (scroll.current?.contains(document.activeElement)) cardWith(state.selected)?.focus();
  }, [state.selected]);
  const timeOf = useMemo(() => {
    const sums = picture.cards.map(card => sumOfTimes(card.nodes, graph, figures));
    const longest = Math.max(0, ...sums.map(sum => sum?.ms ?? 0));
    const byFirst = new Map(picture.cards.map((card, i) => [card.nodes[0]!, sums[i]]));
    return (nodes: readonly number[]): BoxTime | undefined => {
      const sum = byFirst.get(nodes[0]!) ?? sumOfTimes(nodes, graph, figures);
      return sum && { text: milliseconds(sum.ms, sum.quality), share: longest > 0 ? Math.min(1, sum.ms / longest) : 0 };
    };
  }, [picture, graph, figures]);
  return (
    <section class="picture-pane" aria-label="Picture">
      <div class="toolbar" role="toolbar" aria-label="Picture">
        <button type="button" title="Smaller (−)" aria-label="Smaller" onClick={() => view.zoomBy(1 / 1.25)}>−</button>
        <button type="button" class="zoom-level" title="Actual size (1)" onClick={() => view.zoomTo(1)}>{Math.round(view.zoom * 100)} %</button>
        <button type="button" title="Larger (+)" aria-label="Larger" onClick={() => view.zoomBy(1.25)}>+</button>
        <button type="button" title="As wide as the pane (w)" onClick={view.fitWidth}>Fit width</button>
        <button type="button" title="The whole picture (0)" onClick={view.fitAll}>Fit all</button>
        {inner.length > 0 && (state.closed.length < inner.length
          ? <button type="button" title="Close every frame" onClick={() => actions.closeGroups(inner)}>Close frames</button>
          : <button type="button" title="Open every frame" onClick={() => actions.closeGroups([])}>Open frames</button>)}
      </div>
      <div
        class={`picture-scroll${view.panning ? ' panning' : ''}`} ref={scroll} onPointerDown={view.onPointerDown} onWheel={view.onWheel}
        onKeyDown={event => moveAlong(event, picture, state.selected, actions) || view.onKeyDown(event)}
      >
        <PictureSvg
          picture={picture} graph={graph} seen={seen} counting={block.counting} lines={block.lines} zoom={view.zoom} selected={state.selected} revealed={state.revealed} wrong={wrong}
          timeOf={timeOf} measure={measure} onSelect={actions.select} onToggle={actions.toggleGroup}
        />
      </div>
      <ul class="legend" aria-label="Colours">
        {families.map(family => <li key={family}><span class={`dot family-${family}`} aria-hidden="true" />{family}</li>)}
      </ul>
    </section>
  );
}

/** The layers of a closed frame were measured one at a time, so that its time is their sum. Undefined where one is missing. */
function sumOfTimes(nodes: readonly number[], graph: BlockGraph, figures: readonly LayerFigures[]): { ms: number; quality: Timing['quality'] } | undefined {
  const timings = nodes.filter(id => graph.nodes[id]!.inputs.length > 0).map(id => figures[id]!.timing);
  if (timings.length === 0 || !timings.every(timing => timing !== undefined)) return undefined;
  return {
    ms: timings.reduce((sum, timing) => sum + timing.medianMs, 0),
    quality: timings.every(timing => timing.quality === 'good') ? 'good' : 'noisy',
  };
}

/** Arrow keys go through the boxes in the order of the graph. True where the key was one of them. */
function moveAlong(event: KeyboardEvent, picture: Picture, selected: number | null, actions: Actions): boolean {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || event.ctrlKey || event.metaKey) return false;
  const boxes = picture.cards.map(card => card.nodes).sort((a, b) => a[0]! - b[0]!);
  const next = boxes[boxes.findIndex(nodes => selected !== null && nodes.includes(selected)) + step];
  if (next) actions.select(next[0]!, 'focus');
  event.preventDefault();
  return true;
}
