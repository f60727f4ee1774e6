// Every claim in a line, with what came of it on this machine.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Claim } from '../../src/blocks/claims/claim.ts';
import { duration } from '../../src/blocks/claims/claim-words.ts';
import { expectedSeconds } from '../../src/blocks/claims/duration.ts';
import { claims } from '../../src/blocks/claims/index.generated.ts';
import { isEmulated } from '../panels/backend-names.ts';
import { macsPerMs } from '../run/estimate.ts';
import { LabControls } from './lab-controls.tsx';
import type { LabProps } from './lab-actions.ts';
import { VerdictLabel } from './verdict-label.tsx';

const all = claims.map(({ id }) => id);

export function ClaimList(props: LabProps): JSX.Element {
  const { lab, backend, gpus, actions } = props;
  const speed = macsPerMs(backend, isEmulated(backend, gpus));
  const seconds = claims.reduce((sum, claim) => sum + expectedSeconds(claim, lab.effort, speed), 0);
  const list = useRef<HTMLUListElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...list.current?.querySelectorAll('button') ?? []];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (step === undefined || at < 0) return;
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  };
  // Whoever comes back from a claim goes on at its line.
  useLayoutEffect(() => {
    if (lastOpen !== null) list.current?.querySelector<HTMLButtonElement>(`[data-claim="${lastOpen}"]`)?.focus();
  }, []);
  return (
    <>
      <header class="lab-header">
        <h1>Claim lab</h1>
        <p class="quiet">What papers say of blocks, as experiments on this machine: what has to come out is written down before anything is measured.</p>
      </header>
      <LabControls {...props} claims={all} run="Run all" expected={seconds} />
      <ul class="claims" ref={list} onKeyDown={move} aria-label="Claims">
        {claims.map(claim => (
          <li key={claim.id}>
            <button type="button" class="claim" data-claim={claim.id} onClick={() => { lastOpen = claim.id; actions.open(claim.id); }}>
              <span class="claim-text">{claim.claim}</span>
              <State claim={claim} lab={lab} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** For the focus alone, which a page that was hidden has lost anyway. */
let lastOpen: string | null = null;

function State({ claim, lab: { running, reports, failures } }: { readonly claim: Claim } & Pick<LabProps, 'lab'>): JSX.Element {
  const report = reports[claim.id];
  if (running?.claim === claim.id) return <span class="claim-state quiet">running…</span>;
  if (running?.next.includes(claim.id)) return <span class="claim-state quiet">waiting</span>;
  if (failures[claim.id] !== undefined) return <span class="claim-state verdict failed" title={failures[claim.id]}>did not run</span>;
  if (!report) return <span class="claim-state quiet">not run yet</span>;
  return <span class="claim-state"><VerdictLabel verdict={report.verdict} /><span class="quiet"> {report.backend}{report.software ? ', software' : ''} · {duration(report.seconds)}</span></span>;
}
