// The page of a block: header and run above, picture and table side by side or one over the other.
import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import { rooflineOf } from '../../src/blocks/features/roofline.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { changeSizes } from '../../src/blocks/graph/fixed-sizes.ts';
import { receptiveFieldsOf } from '../../src/blocks/graph/receptive-field.ts';
import type { BlockPayload } from '../../src/blocks/protocol/messages.ts';
import { PicturePane } from '../draw/picture-pane.tsx';
import type { MeasureText } from '../draw/text-fit.ts';
import type { Actions } from '../page.tsx';
import { whyOutOfDate, type PageState } from '../page-state.ts';
import { Header } from './header.tsx';
import { LayerTable } from './layer-table.tsx';
import { RunPanel } from './run-panel.tsx';
import { layerFigures } from './layer-figures.ts';

export interface BlockViewProps {
  readonly state: PageState;
  readonly block: BlockPayload;
  readonly sizes: Readonly<Record<string, number>>;
  /** The graph with `sizes` put in. */
  readonly bound: BlockGraph;
  readonly actions: Actions;
  readonly measure: MeasureText;
}

export function BlockView({ state, block, sizes, bound, actions, measure }: BlockViewProps): JSX.Element {
  const outOfDate = useMemo(() => (state.result ? whyOutOfDate(state.result, block, sizes) : undefined), [state.result, block, sizes]);
  const report = state.result && outOfDate === undefined ? state.result.report : undefined;
  const figures = useMemo(() => layerFigures(bound, report, block.counting), [bound, report, block.counting]);
  const rooflines = useMemo(() => new Map((report?.layers ?? []).map(layer => [layer.node, rooflineOf(bound.nodes[layer.node]!, bound, layer, report?.peak)])), [bound, report]);
  const shown = useMemo(() => ({ ...block, graph: changeSizes(block.graph, sizes) }), [block, sizes]);
  const seen = useMemo(() => receptiveFieldsOf(shown.graph), [shown.graph]);
  const wrong = useMemo(() => new Set((report?.mismatches ?? []).flatMap(({ node }) => (node === undefined ? [] : [node]))), [report]);
  // The progress of a run changes often: what it does not touch is not drawn anew, so as not to take time from the run.
  const { selected, revealed, closed, sort } = state;
  const panes = useMemo(() => (
    <div class="panes">
      <PicturePane state={state} block={shown} seen={seen} figures={figures} wrong={wrong} actions={actions} measure={measure} />
      <LayerTable state={state} block={shown} bound={bound} sizes={sizes} seen={seen} figures={figures} rooflines={rooflines} wrong={wrong} report={report} actions={actions} />
    </div>
  ), [selected, revealed, closed, sort, shown, bound, seen, figures, wrong, report, measure]);
  return (
    <main class="block-view">
      <Header block={shown} bound={bound} />
      <RunPanel state={state} block={block} sizes={sizes} bound={bound} outOfDate={outOfDate} rooflines={rooflines} actions={actions} />
      {panes}
    </main>
  );
}
