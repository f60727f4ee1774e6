// The table of a comparison: a row for each block, which can be sorted, left out, shown by itself and made the baseline.
import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import { comparisonRows, type ComparisonRow } from '../../src/blocks/features/comparison-rows.ts';
import { perMac } from '../../src/blocks/features/comparison-words.ts';
import { shortCount } from '../../src/blocks/features/figures.ts';
import { milliseconds } from '../../src/blocks/features/milliseconds.ts';
import { shapesLabel } from '../../src/blocks/features/shape-label.ts';
import { ratioText } from '../../src/blocks/features/run-words.ts';
import { shapesOut } from '../../src/blocks/graph/tensors.ts';
import type { ComparedBlock, ComparisonReport } from '../../src/blocks/protocol/comparison.ts';
import type { Ratio, Timing } from '../../src/blocks/protocol/messages.ts';
import { sortedRows, type BoundBlock, type ComparisonColumn, type ComparisonSort } from '../comparison-state.ts';
import { bytes } from '../format.ts';
import type { Actions } from '../page.tsx';
import { estimate, type Device } from '../run/estimate.ts';
import { unmeasured } from '../run/unmeasured.ts';

interface ComparisonTableProps {
  readonly bound: readonly BoundBlock[];
  /** Undefined before there is one for these blocks at these sizes. */
  readonly report: ComparisonReport | undefined;
  readonly obstacles: ReadonlyMap<string, string | undefined>;
  readonly baseline: string | null;
  readonly sort: ComparisonSort | null;
  /** What the next run takes place on, for what is estimated before. */
  readonly device: Device;
  readonly actions: Actions;
}

type Titled = readonly [ComparisonColumn, string, string];

/** Heads of the lines of names, above those of the figures. */
const NAME: Titled = ['block', 'Block', 'The block, its file, and which one the others are compared with'];

const FIGURES: readonly Titled[] = [
  ['written', 'Time', 'Median of the block as written, layer by layer'],
  ['ratio', 'Ratio', 'How many times as fast as the baseline: the median over rounds in which each had its turn, with its 95 % confidence interval'],
  ['deployed', 'As deployed', 'Median with normalization folded and activations fused, and how many times as fast as the baseline so'],
  ['params', 'Params', 'Weights, measured after a run, inferred before'],
  ['macs', 'MACs', 'Multiply-accumulates of one run with the whole batch, inferred'],
  ['perMac', 'Time per MAC', 'The time as written for each multiply-accumulate'],
  ['memory', 'Memory', 'Weights and the tensors that are alive at once at the worst moment: estimated, not measured'],
];

/** Names stand on lines of their own, because all figures beside them would be wider than the panel. */
export function ComparisonTable({ bound, report, obstacles, baseline, sort, device, actions }: ComparisonTableProps): JSX.Element {
  const rows = useMemo(() => sortedRows(comparisonRows(report ?? planned(bound, obstacles, device), baseline), sort), [bound, report, obstacles, baseline, sort, device]);
  const chosen = rows.find(({ isBaseline }) => isBaseline) ?? rows.find(({ block }) => block.id === baseline) ?? rows.find(({ block }) => block.id === bound[0]?.block.id);
  const shapes = useMemo(() => shapesOfNamesakes(bound), [bound]);
  const head = (titled: Titled): JSX.Element => <Head key={titled[0]} titled={titled} sort={sort} actions={actions} />;
  return (
    <div class="comparison-table">
      <table aria-label="Blocks">
        <thead>
          <tr>{head(NAME)}</tr>
          <tr>{FIGURES.map(head)}</tr>
        </thead>
        {rows.map(row => <Rows key={row.block.id} row={row} shapes={shapes.get(row.block.id)} isChosen={row === chosen} droppable={bound.length > 2} actions={actions} />)}
      </table>
    </div>
  );
}

function Head({ titled: [column, title, doc], sort, actions }: { readonly titled: Titled; readonly sort: ComparisonSort | null; readonly actions: Actions }): JSX.Element {
  const sorted = sort?.column === column ? sort : undefined;
  return (
    <th scope="col" {...(column === 'block' ? { colSpan: FIGURES.length } : { class: 'number' })} aria-sort={!sorted ? 'none' : sorted.descending ? 'descending' : 'ascending'}>
      <button type="button" title={doc} onClick={() => actions.sortComparison(column)}>{title}<span class="sort-mark" aria-hidden="true">{sorted ? (sorted.descending ? ' ▾' : ' ▴') : ''}</span></button>
    </th>
  );
}

function Rows({ row, shapes, isChosen, droppable, actions }: { readonly row: ComparisonRow; readonly shapes: string | undefined; readonly isChosen: boolean; readonly droppable: boolean; readonly actions: Actions }): JSX.Element {
  const { block: { id, fileLabel, obstacle, macs, memory }, label, isBaseline, written, deployed, params, psPerMac, ratios, failures } = row;
  return (
    <tbody class={failures.length > 0 ? 'wrong' : ''} data-block={id}>
      <tr>
        <th scope="rowgroup" colSpan={FIGURES.length}>
          <span class="compared">
            <input type="radio" name="baseline" aria-label={`Compare with ${label}`} title="The others are compared with this one" checked={isChosen} onChange={() => actions.chooseBaseline(id)} />
            <button type="button" class="link" title={`Show ${label} by itself`} onClick={() => actions.showBlock(id)}>{label}</button>
            <span class="quiet file">{fileLabel}{shapes !== undefined && <>, {shapes}</>}</span>
            {written && failures.length === 0 && <span class="check ok quiet" title="Output shape and parameters are as inferred, and the numbers are the same in each way"><span class="mark" aria-hidden="true">✓</span> checked</span>}
            {droppable && <button type="button" class="link drop" aria-label={`Leave ${label} out`} title="Leave it out" onClick={() => actions.dropBlock(id)}>×</button>}
          </span>
          {obstacle !== undefined && <span class="obstacle">{obstacle}</span>}
          {failures.map(failure => <span key={failure} class="check bad"><span class="mark" aria-hidden="true">✗</span> {failure}</span>)}
        </th>
      </tr>
      <tr>
        <TimeCell timing={written} />
        <td class="number figures">{isBaseline && written ? 'baseline' : <RatioText ratio={ratios.written} />}</td>
        <td class="number figures">{deployed && <>{milliseconds(deployed.medianMs, deployed.quality)}<span class="interval"><RatioText ratio={ratios.deployed} /></span></>}{written && !deployed && <span class="quiet">not possible</span>}</td>
        <td class="number figures">{params === undefined ? '?' : shortCount(params)}</td>
        <td class="number figures">{macs === undefined ? '?' : shortCount(macs)}</td>
        <td class="number figures">{psPerMac === undefined ? '' : perMac(psPerMac)}</td>
        <td class="number figures">{memory === undefined ? '?' : bytes(memory)}</td>
      </tr>
    </tbody>
  );
}

/** By id, of blocks of the same name: a number alone does not say which result of a function one is. */
function shapesOfNamesakes(bound: readonly BoundBlock[]): ReadonlyMap<string, string> {
  const namesakes = bound.filter(({ block }) => bound.some(other => other.block !== block && other.block.name === block.name));
  return new Map(namesakes.map(({ block: { id, graph } }) => [id, `${shapesLabel(graph.inputs.map(input => graph.nodes[input]!.output))} → ${shapesLabel(shapesOut(graph))}`]));
}

function TimeCell({ timing }: { readonly timing: Timing | undefined }): JSX.Element {
  if (!timing) return <td class="number" />;
  const spread = `25 to 75 %: ${milliseconds(timing.p25Ms, timing.quality)} – ${milliseconds(timing.p75Ms, timing.quality)}, ${timing.samples} samples of ${timing.runsPerSample} runs, ${timing.quality}`;
  return <td class="number figures" title={spread}>{milliseconds(timing.medianMs, timing.quality)}{timing.quality === 'good' ? '' : <span class="interval">{timing.quality}</span>}</td>;
}

function RatioText({ ratio }: { readonly ratio: Ratio | undefined }): JSX.Element | null {
  if (!ratio) return null;
  const { median, interval } = ratio;
  const uncertain = !interval || (interval[0] <= 1 && interval[1] >= 1);
  return <span class={uncertain ? 'quiet' : ''}>{ratioText(median)} ×<span class="interval">{interval ? interval.map(ratioText).join('–') : 'too few rounds'}</span></span>;
}

/** What is known of the blocks before they run. */
function planned(bound: readonly BoundBlock[], obstacles: ReadonlyMap<string, string | undefined>, device: Device): ComparisonReport {
  const blocks = bound.map(({ block, graph }): ComparedBlock => {
    const obstacle = obstacles.get(block.id);
    return { ...unmeasured(block, graph, estimate(graph, device)), ...(obstacle === undefined ? {} : { obstacle }) };
  });
  return { blocks, ratios: { written: [], deployed: [] }, rounds: 0, leakedTensors: 0 };
}
