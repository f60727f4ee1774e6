// Starting and stopping experiments, on what and how thoroughly, and taking their results along.
import type { JSX } from 'preact';
import { duration } from '../../src/blocks/claims/claim-words.ts';
import { efforts } from '../../src/blocks/claims/effort.ts';
import { runFormats, type RunFormatName } from '../../src/blocks/features/run-formats.ts';
import type { Effort } from '../../src/blocks/protocol/claim-report.ts';
import { backendNames, type BackendName } from '../../src/blocks/protocol/messages.ts';
import { BACKENDS, gpuNote } from '../panels/backend-names.ts';
import { PHASES } from '../run/progress.ts';
import type { RunningClaims } from './lab-state.ts';
import type { LabProps } from './lab-actions.ts';

interface LabControlsProps extends LabProps {
  /** What is started, copied and saved. */
  readonly claims: readonly string[];
  readonly run: string;
  /** In seconds. */
  readonly expected: number;
}

export function LabControls({ lab, backend, gpus, format, actions, claims, run, expected }: LabControlsProps): JSX.Element {
  const running = lab.running !== null;
  const hasResults = claims.some(claim => lab.reports[claim]);
  return (
    <section class="lab-controls" aria-label="Run">
      <div class="run-controls">
        {running
          ? <button type="button" class="secondary" onClick={actions.stop}>Stop</button>
          : <button type="button" class="primary" onClick={() => actions.run(claims)}>{run}</button>}
        <label class="backend" title="What computes. Without a GPU that is WebAssembly at first, because an emulated GPU is many times slower.">
          on{' '}
          <select value={backend} disabled={running} onChange={event => actions.chooseBackend(event.currentTarget.value as BackendName)}>
            {backendNames.map(name => <option key={name} value={name}>{BACKENDS[name]}{gpuNote(name, gpus)}</option>)}
          </select>
        </label>
        <label class="backend" title="How many rounds are measured, or how many seeds: more of them find smaller differences.">
          rounds{' '}
          <select aria-label="Rounds" value={lab.effort} disabled={running} onChange={event => actions.chooseEffort(event.currentTarget.value as Effort)}>
            {Object.entries(efforts).map(([effort, { name }]) => <option key={effort} value={effort}>{name}</option>)}
          </select>
        </label>
        {!running && <span class="quiet" title="By what this backend manages at the least">up to about {duration(Math.max(1, expected))}</span>}
        {!running && hasResults && <Report claims={claims} format={format} actions={actions} />}
      </div>
      {lab.running && <ClaimProgress running={lab.running} />}
    </section>
  );
}

function Report({ claims, format, actions }: Pick<LabControlsProps, 'claims' | 'format' | 'actions'>): JSX.Element {
  return (
    <span class="report">
      <button type="button" class="link" onClick={() => actions.copy(claims)}>Copy</button>
      <button type="button" class="link" onClick={() => actions.save(claims)}>Save…</button>
      <label title="The form in which results are copied and saved">
        as{' '}
        <select aria-label="Form of the report" value={format} onChange={event => actions.chooseFormat(event.currentTarget.value as RunFormatName)}>
          {Object.entries(runFormats).map(([id, { name }]) => <option key={id} value={id}>{name}</option>)}
        </select>
      </label>
    </span>
  );
}

function ClaimProgress({ running: { claim, progress, done, next } }: { readonly running: RunningClaims }): JSX.Element {
  const total = done + 1 + next.length;
  const share = progress.phase === 'measuring' ? progress.done / progress.of : 0;
  return (
    <div class="progress" role="status">
      <progress max={1} value={(done + share) / total} aria-label="Progress of the experiments" />
      <span class="progress-text">{total > 1 ? `${done + 1} of ${total}: ` : ''}{claim} · {progress.detail ?? PHASES[progress.phase]}</span>
    </div>
  );
}
