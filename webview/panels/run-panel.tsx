// Starting a run, how far it is, and what came of it.
import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import { runFormats, type RunFormatName } from '../../src/blocks/features/run-formats.ts';
import type { Roofline } from '../../src/blocks/features/roofline.ts';
import { freeDims } from '../../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { fingerprint } from '../../src/blocks/graph/fingerprint.ts';
import { backendNames, type BackendName, type BlockPayload } from '../../src/blocks/protocol/messages.ts';
import type { Actions } from '../page.tsx';
import type { PageState, Result } from '../page-state.ts';
import { fractionOf, PHASES, type Progress } from '../run/progress.ts';
import { BACKENDS, gpuNote } from './backend-names.ts';
import { FixedSizesForm, SizesNote } from './fixed-sizes-form.tsx';
import { HistoryPane } from './history-pane.tsx';
import { RunResult } from './run-result.tsx';
import { SizesForm } from './sizes-form.tsx';
import { whyNotRunnable } from './why-not-runnable.ts';

interface RunPanelProps {
  readonly state: PageState;
  readonly block: BlockPayload;
  readonly sizes: Readonly<Record<string, number>>;
  readonly bound: BlockGraph;
  readonly outOfDate: string | undefined;
  readonly rooflines: ReadonlyMap<number, Roofline | string>;
  readonly actions: Actions;
}

export function RunPanel({ state, block, sizes, bound, outOfDate, rooflines, actions }: RunPanelProps): JSX.Element {
  const { run } = state;
  const running = run.kind === 'running';
  const obstacle = whyNotRunnable(bound, block.lines);
  // Not drawn anew with the progress of a run, so as not to take time from it.
  const history = useMemo(() => state.history && <HistoryPane key={block.id} runs={state.history} actions={actions} />, [state.history, block.id, actions]);
  return (
    <section class="run" aria-label="Run">
      <div class="run-controls">
        {running
          ? <button type="button" class="secondary" onClick={actions.cancel}>Stop</button>
          : <button type="button" class="primary" disabled={obstacle !== undefined} onClick={() => actions.profile(false)}>Profile</button>}
        <BackendChoice state={state} actions={actions} />
        <label class="pass" title="A training step is a loss over what comes out and its gradients for all weights that are trained. It is measured in turns with the block as it is.">
          <select aria-label="What is run" value={state.training ? 'training' : 'forward'} disabled={running} onChange={event => actions.chooseTraining(event.currentTarget.value === 'training')}>
            <option value="forward">Forward</option>
            <option value="training">Forward and backward (one training step)</option>
          </select>
        </label>
        <QuickChoice state={state} actions={actions} />
        <SizesForm dims={freeDims(block.graph)} sizes={sizes} disabled={running} onChange={actions.setSize} />
        <FixedSizesForm block={block} sizes={sizes} disabled={running} actions={actions} />
        {running && <ProgressLine progress={run.progress} />}
        {!running && <button type="button" class="link" onClick={() => actions.chooseBlocks()} title="Measures this block against others, in turns">Compare with…</button>}
        {!running && state.result && isOfGraph(state.result, block) && <Report state={state} actions={actions} onCopy={actions.copyReport} onSave={actions.saveReport} />}
      </div>
      <SizesNote block={block} sizes={sizes} disabled={running} actions={actions} />
      {obstacle !== undefined && !running && <p class="notice warning" role="status">{obstacle}</p>}
      {obstacle === undefined && <RunState state={state} onAnyway={() => actions.profile(true)} />}
      {state.result && <RunResult report={state.result.report} block={block} outOfDate={outOfDate} bound={bound} rooflines={rooflines} selected={state.selected} actions={actions} />}
      {history}
    </section>
  );
}

/** A result of another graph has the times of other layers. */
const isOfGraph = (result: Result, block: BlockPayload): boolean => result.fingerprint === fingerprint(block.graph);

export function BackendChoice({ state, actions }: { readonly state: PageState; readonly actions: Actions }): JSX.Element {
  return (
    <label class="backend" title="What computes. Without a GPU that is WebAssembly at first, because an emulated GPU is many times slower.">
      on{' '}
      <select value={state.backend} disabled={state.run.kind === 'running'} onChange={event => actions.chooseBackend(event.currentTarget.value as BackendName)}>
        {backendNames.map(name => <option key={name} value={name}>{BACKENDS[name]}{gpuNote(name, state)}</option>)}
      </select>
    </label>
  );
}

export function QuickChoice({ state, actions }: { readonly state: PageState; readonly actions: Actions }): JSX.Element {
  return (
    <label class="quick" title="Takes as few samples as support a confidence interval. Everything is checked as otherwise; the times are less certain, and the result says so.">
      <input type="checkbox" checked={state.quick} disabled={state.run.kind === 'running'} onChange={event => actions.chooseQuick(event.currentTarget.checked)} />
      Quick
    </label>
  );
}

interface ReportProps {
  readonly state: PageState;
  readonly actions: Actions;
  readonly onCopy: () => void;
  readonly onSave: () => void;
}

export function Report({ state, actions, onCopy, onSave }: ReportProps): JSX.Element {
  return (
    <span class="report">
      <button type="button" class="link" onClick={onCopy} title="Copies the result with its table">Copy</button>
      <button type="button" class="link" onClick={onSave} title="Saves the result with its table to a file">Save…</button>
      <label title="The form in which the result is copied and saved">
        as{' '}
        <select aria-label="Form of the report" value={state.format} onChange={event => actions.chooseFormat(event.currentTarget.value as RunFormatName)}>
          {Object.entries(runFormats).map(([id, { name }]) => <option key={id} value={id}>{name}</option>)}
        </select>
      </label>
    </span>
  );
}

export function RunState({ state, onAnyway }: { readonly state: PageState; readonly onAnyway: () => void }): JSX.Element | null {
  const { run } = state;
  if (run.kind === 'failed') return <p class="notice error" role="alert">{run.message}</p>;
  if (run.kind === 'cancelled') {
    return <p class="notice" role="status">{run.reason === 'user' ? 'The run was stopped.' : 'The run was stopped, because the block changed.'}</p>;
  }
  if (run.kind === 'cut-off') return <p class="notice" role="status">The run was cut off when the panel was hidden or the window reloaded.</p>;
  if (run.kind !== 'asking') return null;
  return (
    <p class="notice warning" role="alert">
      {run.estimate.sentence}{' '}
      {run.estimate.verdict === 'ask' && <button type="button" class="secondary" onClick={onAnyway}>Run anyway</button>}
    </p>
  );
}

export function ProgressLine({ progress }: { readonly progress: Progress }): JSX.Element {
  const { phase, done, of, detail } = progress;
  const count = phase === 'building' || phase === 'firstRun' || phase === 'layers' ? ` (${Math.min(done + 1, of)} of ${of})` : '';
  return (
    <div class="progress" role="status">
      <progress max={1} value={fractionOf(progress)} aria-label="Progress of the run" />
      <span class="progress-text">{PHASES[phase]}{count}{detail ? ` · ${detail}` : ''}</span>
    </div>
  );
}
