// Several blocks side by side: which is faster, by how much, and how certain that is.
import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import { comparisonSentences, differingShapes } from '../../src/blocks/features/comparison-words.ts';
import { dimsText } from '../../src/blocks/features/run-words.ts';
import { shapesOut } from '../../src/blocks/graph/tensors.ts';
import type { ComparisonReport } from '../../src/blocks/protocol/comparison.ts';
import type { BlockPayload } from '../../src/blocks/protocol/messages.ts';
import type { Shape } from '../../src/blocks/shapes/shape.ts';
import { bindAll, freeDimsOfAll, whyComparisonOutOfDate, type BoundBlock } from '../comparison-state.ts';
import type { Actions } from '../page.tsx';
import type { PageState } from '../page-state.ts';
import { ComparisonChart } from './comparison-chart.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import { BackendChoice, ProgressLine, QuickChoice, Report, RunState } from './run-panel.tsx';
import { BACKEND_NAMES } from './run-result.tsx';
import { SizesForm } from './sizes-form.tsx';
import { whyNotRunnable } from './why-not-runnable.ts';

interface ComparisonViewProps {
  readonly state: PageState;
  readonly blocks: readonly BlockPayload[];
  readonly actions: Actions;
}

export function ComparisonView({ state, blocks, actions }: ComparisonViewProps): JSX.Element {
  const { run, comparison: { result, baseline, sort } } = state;
  const bound = useMemo(() => bindAll(blocks, state.sizes), [blocks, state.sizes]);
  const dims = useMemo(() => freeDimsOfAll(blocks), [blocks]);
  const obstacles = useMemo(() => new Map(bound.map(({ block, graph }) => [block.id, whyNotRunnable(graph, block.lines)])), [bound]);
  const outOfDate = useMemo(() => (result ? whyComparisonOutOfDate(result, bound) : undefined), [result, bound]);
  const shapes = useMemo(() => differingShapes(bound.map(shapesOf)), [bound]);
  const device = useMemo(() => ({ backend: state.backend, software: (state.backend === 'webgpu' ? state.webgpu : state.gpu) === 'software' }), [state.backend, state.gpu, state.webgpu]);
  const running = run.kind === 'running';
  const runnable = [...obstacles.values()].filter(obstacle => obstacle === undefined).length;
  // The progress of a run changes often: what it does not touch is not drawn anew, so as not to take time from the run.
  const results = useMemo(() => <>
    {result && <Results report={result.report} outOfDate={outOfDate} baseline={baseline} />}
    <ComparisonTable bound={bound} report={outOfDate === undefined ? result?.report : undefined} obstacles={obstacles} baseline={baseline} sort={sort} device={device} actions={actions} />
  </>, [result, outOfDate, bound, obstacles, baseline, sort, device]);
  return (
    <main class="comparison">
      <header class="header">
        <div class="header-name"><h1>Comparison</h1><span class="quiet">{blocks.length === 1 ? '1 block' : `${blocks.length} blocks`}</span></div>
      </header>
      <section class="comparison-run" aria-label="Run">
        <div class="run-controls">
          {running
            ? <button type="button" class="secondary" onClick={actions.cancel}>Stop</button>
            : <button type="button" class="primary" disabled={runnable < 2} onClick={() => actions.compare(false)}>{result ? 'Compare again' : 'Compare'}</button>}
          <BackendChoice state={state} actions={actions} />
          <QuickChoice state={state} actions={actions} />
          <SizesForm dims={dims} sizes={Object.assign({}, ...bound.map(({ sizes }) => sizes)) as Record<string, number>} disabled={running} onChange={actions.setSize} />
          {!running && <button type="button" class="link" onClick={actions.chooseBlocks}>Blocks…</button>}
          {running && <ProgressLine progress={run.progress} />}
          {!running && result && outOfDate === undefined && <Report state={state} actions={actions} onCopy={actions.copyComparison} onSave={actions.saveComparison} />}
        </div>
        {runnable < 2 && <p class="notice warning" role="status">A comparison needs two blocks that can be run: choose them with “Blocks…”.</p>}
        {shapes !== undefined && <p class="notice" role="status">{shapes}</p>}
        <RunState state={state} onAnyway={() => actions.compare(true)} />
      </section>
      {results}
    </main>
  );
}

function Results({ report, outOfDate, baseline }: { readonly report: ComparisonReport; readonly outOfDate: string | undefined; readonly baseline: string | null }): JSX.Element {
  const measured = report.blocks.flatMap(block => (block.report ? [block.report] : []));
  const [first] = measured;
  const dims = dimsText(Object.assign({}, ...measured.map(({ chosenDims }) => chosenDims)) as Readonly<Record<string, number>>);
  return (
    <section class={outOfDate === undefined ? 'comparison-result' : 'comparison-result out-of-date'} aria-label="Result">
      {outOfDate !== undefined && <p class="notice warning" role="status">This is an earlier result. {outOfDate}</p>}
      {first?.fallbackReason !== undefined && <p class="notice warning" role="status">{first.fallbackReason} It ran on {BACKEND_NAMES[first.backend]} instead.</p>}
      {report.leakedTensors !== 0 && <p class="notice error" role="alert">{report.leakedTensors} tensors were not freed, which is an error of Blockscope’s.</p>}
      <ul class="verdicts">
        {comparisonSentences(report, baseline).map(sentence => <li key={sentence}>{sentence}</li>)}
      </ul>
      {first && <p class="quiet">
        {first.software && <span class="badge before" title="A CPU emulates the GPU here: the times say nothing about a GPU.">SOFTWARE</span>}
        Medians of {report.rounds} rounds in turns, {first.renderer}{dims === '' ? '' : `, with ${dims}`}
      </p>}
      <ComparisonChart report={report} />
    </section>
  );
}

function shapesOf({ label, graph }: BoundBlock): { readonly label: string; readonly inputs: readonly (readonly number[])[]; readonly outputs: readonly (readonly number[])[] } {
  return { label, inputs: graph.inputs.map(id => numbersOf(graph.nodes[id]!.output)), outputs: shapesOut(graph).map(numbersOf) };
}

/** What is not known makes no difference that can be told. */
const numbersOf = (shape: Shape): readonly number[] => (Array.isArray(shape) ? (shape as readonly unknown[]).map(dim => (typeof dim === 'number' ? dim : NaN)) : []);
