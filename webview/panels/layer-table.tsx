// The layers of the block as a table, one row each, with totals.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Counting } from '../../src/blocks/counting/counting.ts';
import { countedNode } from '../../src/blocks/counting/node.ts';
import { countedTotals } from '../../src/blocks/counting/totals.ts';
import { countedBy, operationsInFull, operationsUnit, parametersUnit } from '../../src/blocks/counting/words.ts';
import { exactCount } from '../../src/blocks/features/figures.ts';
import { milliseconds } from '../../src/blocks/features/milliseconds.ts';
import type { Roofline } from '../../src/blocks/features/roofline.ts';
import { limitText } from '../../src/blocks/features/roofline-words.ts';
import { receptiveFieldText } from '../../src/blocks/features/receptive-field-text.ts';
import { shapeLabel, shapesLabel, wholeShape } from '../../src/blocks/features/shape-label.ts';
import { dimsText } from '../../src/blocks/features/run-words.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import type { ReceptiveField } from '../../src/blocks/graph/receptive-field.ts';
import { shapesOut } from '../../src/blocks/graph/tensors.ts';
import type { BlockPayload, RunReport } from '../../src/blocks/protocol/messages.ts';
import { isUnknown, type Dim } from '../../src/blocks/shapes/dim.ts';
import { unknownIn } from '../../src/blocks/shapes/shape.ts';
import { familyOf } from '../draw/families.ts';
import { percent } from '../format.ts';
import type { Actions } from '../page.tsx';
import type { PageState, SortColumn } from '../page-state.ts';
import { Bar } from './bar.tsx';
import { LayerDetail } from './layer-detail.tsx';
import type { LayerFigures } from './layer-figures.ts';
import { sortRows } from './sort-rows.ts';

interface LayerTableProps {
  readonly state: PageState;
  readonly block: BlockPayload;
  readonly bound: BlockGraph;
  readonly sizes: Readonly<Record<string, number>>;
  /** What each node sees of the block's input. */
  readonly seen: readonly ReceptiveField[];
  readonly figures: readonly LayerFigures[];
  /** What limits each layer; a text says why it is not known. */
  readonly rooflines: ReadonlyMap<number, Roofline | string>;
  readonly wrong: ReadonlySet<number>;
  readonly report: RunReport | undefined;
  readonly actions: Actions;
}

interface Column {
  readonly column: SortColumn;
  readonly label: string;
  readonly numeric: boolean;
  readonly title: string;
}

const columnsFor = (counting: Counting): readonly Column[] => [
  { column: 'line', label: 'Line', numeric: true, title: 'Line in the source' },
  { column: 'layer', label: 'Layer', numeric: false, title: 'As TensorFlow.js names it, and as the source names this one' },
  { column: 'output', label: 'Output', numeric: false, title: 'Shape of one example, inferred' },
  { column: 'params', label: parametersUnit(counting, 'Params'), numeric: true, title: `Number of parameters ${countedBy(counting)}, inferred; the bar compares it with the largest` },
  { column: 'macs', label: operationsUnit(counting), numeric: true, title: `${capitalized(operationsInFull(counting))}; inferred; the bar compares it with the largest` },
  { column: 'time', label: 'Time', numeric: true, title: 'Median time of the layer measured by itself; the share is that of the sum over the layers' },
  { column: 'limit', label: 'Limit', numeric: false, title: 'What needs the most time at the best that this device does, and that time as a share of what was measured: 100 % cannot be made faster here by doing the same better. Select a row for the figures.' },
];

export function LayerTable(props: LayerTableProps): JSX.Element {
  const { state, block, bound, sizes, figures, rooflines, report, actions } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const columns = columnsFor(block.counting).filter(({ column }) => (column !== 'time' && column !== 'limit') || report !== undefined);
  const rows = sortRows(bound.nodes, block.lines, figures, rooflines, state.sort);
  useEffect(() => {
    if (state.selected !== null) scroll.current?.querySelector(`[data-row="${state.selected}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [state.selected]);
  const detailOf = (node: number): JSX.Element[] => {
    const [layer, roofline] = [report?.layers.find(one => one.node === node), rooflines.get(node)];
    return state.selected === node && layer && roofline !== undefined ? [<LayerDetail key="detail" layer={layer} roofline={roofline} columns={columns.length} />] : [];
  };
  return (
    <section class="table-pane" aria-label="Layers" ref={scroll}>
      <table class={report === undefined ? 'layers' : 'layers timed'}>
        <thead>
          <tr>{columns.map(column => <Heading key={column.column} {...column} state={state} actions={actions} />)}</tr>
        </thead>
        <tbody onKeyDown={moveFocus}>
          {rows.flatMap((node, i) => [<Row key={node.id} node={node} first={i === 0} {...props} />, ...detailOf(node.id)])}
        </tbody>
        <Totals block={block} bound={bound} sizes={sizes} figures={figures} report={report} />
      </table>
    </section>
  );
}

function Heading(props: {
  readonly column: SortColumn; readonly label: string; readonly numeric: boolean; readonly title: string; readonly state: PageState; readonly actions: Actions;
}): JSX.Element {
  const { column, label, numeric, title, state, actions } = props;
  const sort = state.sort?.column === column ? (state.sort.descending ? 'descending' : 'ascending') : undefined;
  return (
    <th scope="col" class={numeric ? 'number' : column} aria-sort={sort ?? 'none'} title={title}>
      <button type="button" onClick={() => actions.sortBy(column)}>
        {label}<span class="sort-mark" aria-hidden="true">{sort === 'descending' ? '▾' : sort === 'ascending' ? '▴' : ''}</span>
      </button>
    </th>
  );
}

function Row(props: LayerTableProps & { readonly node: GraphNode; readonly first: boolean }): JSX.Element {
  const { node, first, state, block, seen, figures, wrong, report, actions } = props;
  const figure = figures[node.id]!;
  const selected = state.selected === node.id;
  const source = block.graph.nodes[node.id]!;
  const counted = countedNode(source, block.graph.nodes, block.counting);
  const classes = [selected ? 'selected' : '', state.revealed.includes(node.id) ? 'revealed' : '', wrong.has(node.id) ? 'wrong' : ''].filter(Boolean).join(' ');
  const open = (): void => actions.select(node.id, 'open');
  return (
    <tr
      class={classes} data-row={node.id} tabIndex={selected || (first && state.selected === null) ? 0 : -1} aria-selected={selected}
      onClick={open} onFocus={() => selected || actions.select(node.id, 'focus')}
      onKeyDown={event => { if (event.key === 'Enter') open(); }}
    >
      <td class="number quiet">{block.lines[node.id] ?? '?'}</td>
      <td class="layer-cell" title={node.callPath.length > 0 ? `called by ${node.callPath.map(step => step.name || 'a function').join(' › ')}` : undefined}><span class={`dot family-${familyOf(node.layer)}`} aria-hidden="true" />{node.layer}{' '}{node.name !== undefined && <span class="name quiet">{node.name}</span>}{node.optional && <span class="quiet" title="In one arm of a condition that is not known"> ?</span>}</td>
      <td class="figures" title={[`${wholeShape(source.output)}, inferred${reasonOf(unknownIn(source.output))}`, receptiveFieldText(seen[node.id], block.graph.inputs)].filter(Boolean).join('\n')}>{shapeLabel(source.output)}</td>
      <CountCell count={figure.params} source={counted.params} share={figure.paramsShare} length={figure.paramsOfLargest} assumed={node.assumed} kind="params" note={figure.sharesWeights ? 'the same weights as above, counted once' : undefined} />
      <CountCell count={figure.operations} source={counted.operations.count} share={figure.operationsShare} length={figure.operationsOfLargest} assumed={node.assumed} kind="macs" note={undefined} />
      {report !== undefined && <TimeCell figure={figure} />}
      {report !== undefined && <LimitCell roofline={props.rooflines.get(node.id)} />}
    </tr>
  );
}

/** A count with the bar of its share. A zero is left empty: most layers have none, and the eye looks for those that do. */
function CountCell(props: {
  readonly count: Dim; readonly source: Dim; readonly share: number | undefined; readonly length: number | undefined; readonly assumed: readonly string[]; readonly kind: 'params' | 'macs'; readonly note: string | undefined;
}): JSX.Element {
  const { count, source, share, length, assumed, kind, note } = props;
  if (count === 0) return <td class="number count" />;
  const known = typeof count === 'number';
  const title = [
    `${exactCount(source)}, ${assumed.length > 0 ? `assumed: ${assumed.join(', ')}` : 'inferred'}${reasonOf(count)}`,
    share === undefined ? '' : `${percent(share)} of the block`, note ?? '',
  ].filter(part => part !== '').join('\n');
  return (
    <td class={`number count${known ? '' : ' unknown'}${note ? ' quiet' : ''}`} title={title}>
      <span class="figures">{countText(count, assumed.length > 0)}</span>
      <Bar length={length} kind={kind} />
    </td>
  );
}

function TimeCell({ figure }: { readonly figure: LayerFigures }): JSX.Element {
  const { timing, timeShare } = figure;
  if (!timing) return <td class="number count" />;
  const title = `median of ${timing.samples} samples of ${timing.runsPerSample} runs\n25–75 %: ${milliseconds(timing.p25Ms)} – ${milliseconds(timing.p75Ms)}, min ${milliseconds(timing.minMs)}\n${timing.quality}`;
  return (
    <td class={`number count${timing.quality === 'good' ? '' : ' unsure'}`} title={title}>
      <span class="figures">{milliseconds(timing.medianMs, timing.quality)}</span>
      <span class="figures share">{timeShare === undefined ? '' : percent(timeShare)}</span>
      <Bar length={figure.timeOfSlowest} kind="time" />
    </td>
  );
}

function LimitCell({ roofline }: { readonly roofline: Roofline | string | undefined }): JSX.Element {
  if (roofline === undefined) return <td class="limit" />;
  const known = typeof roofline !== 'string';
  return <td class={known ? 'limit' : 'limit unknown'} title={known ? undefined : roofline}>{limitText(roofline)}</td>;
}

function Totals({ block, bound, sizes, figures, report }: Pick<LayerTableProps, 'block' | 'bound' | 'sizes' | 'figures' | 'report'>): JSX.Element {
  // The batch multiplies neither parameters nor MACs, which are of one example.
  const chosen = dimsText(Object.fromEntries(Object.entries(sizes).filter(([name]) => !/^(open )?batch$/.test(name))));
  const totals = countedTotals(bound.nodes, block.counting);
  const layers = bound.nodes.filter(node => node.inputs.length > 0).length;
  return (
    <tfoot>
      <tr>
        <td class="number" />
        <td>{layers} layer{layers === 1 ? '' : 's'}{chosen !== '' && <span class="name quiet" title={`The figures are for ${chosen}`}>{chosen}</span>}</td>
        <td class="figures">{shapesLabel(shapesOut(block.graph))}</td>
        <TotalCell count={totals.params} title={`${capitalized(countedBy(block.counting))}; weights that are shared count once`} assumed={bound.nodes.some(node => isAssumed(node, node.params))} />
        <TotalCell count={totals.operations} title={capitalized(operationsInFull(block.counting))} assumed={bound.nodes.some(node => isAssumed(node, figures[node.id]!.operations))} />
        {report !== undefined && (
          <td class="number count" title="The whole block, measured as one; not the sum of the rows">
            <span class="figures">{milliseconds(report.whole.medianMs, report.whole.quality)}</span>
            <span class="figures share" />
            <span class="bar blank time" />
          </td>
        )}
        {report !== undefined && <td class="limit" />}
      </tr>
    </tfoot>
  );
}

/** An empty bar keeps the sum under its column. */
const TotalCell = ({ count, title, assumed }: { readonly count: Dim; readonly title: string; readonly assumed: boolean }): JSX.Element => (
  <td class={`number count${typeof count === 'number' ? '' : ' unknown'}`} title={`${title}${reasonOf(count)}`}>
    <span class="figures">{countText(count, assumed)}</span>
    <span class="bar blank macs" />
  </td>
);

const isAssumed = ({ assumed }: GraphNode, count: Dim): boolean => assumed.length > 0 && count !== 0;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const countText = (count: Dim, assumed: boolean): string => `${assumed && typeof count === 'number' ? '~' : ''}${exactCount(count)}`;

const reasonOf = (dim: Dim | undefined): string => (dim !== undefined && isUnknown(dim) ? `: ${dim.reason}` : '');

/** Up and down through the rows, as in a list. */
function moveFocus(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = (event.target as HTMLElement).closest('tr');
  const sibling = (of: Element | null | undefined): Element | null | undefined => (event.key === 'ArrowDown' ? of?.nextElementSibling : of?.previousElementSibling);
  let next = sibling(row);
  // What is told of the selected layer is no row of its own.
  while (next && !next.hasAttribute('data-row')) next = sibling(next);
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}
