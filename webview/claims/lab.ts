// The claim lab: experiments run one after the other, and their results leave it as text.
import type { RunFormatName } from '../../src/blocks/features/run-formats.ts';
import type { ClaimReport } from '../../src/blocks/protocol/claim-report.ts';
import type { BackendName, BlockPayload } from '../../src/blocks/protocol/messages.ts';
import type { Post } from '../host.ts';
import { Runner, type Ended } from '../runner.ts';
import type { LabActions } from './lab-actions.ts';
import type { LabState } from './lab-state.ts';

/** What the page as a whole has chosen. */
interface Settings {
  readonly backend: BackendName;
  readonly format: RunFormatName;
}

/** What the lab needs of the page that it is a part of. */
export interface LabHost {
  readonly post: Post;
  state(): LabState;
  update(change: Partial<LabState>): void;
  settings(): Settings;
  choose(choice: Partial<Settings>): void;
  /** Ends the run of a block. */
  stopOtherRun(): void;
  showBlock(block: BlockPayload, claim: string): void;
}

export class Lab {
  private readonly runner: Runner;

  constructor(private readonly host: LabHost) {
    this.runner = new Runner(progress => {
      const { running } = host.state();
      if (running) host.update({ running: { ...running, progress } });
    });
  }

  readonly actions: LabActions = {
    open: claim => this.host.update({ open: claim }),
    run: claims => {
      this.host.stopOtherRun();
      this.stop('stale');
      this.next(claims, 0);
    },
    stop: () => this.stop('user'),
    chooseBackend: backend => this.host.choose({ backend }),
    chooseEffort: effort => this.host.update({ effort }),
    chooseFormat: format => this.host.choose({ format }),
    copy: claims => void this.textOf(claims).then(({ text }) => this.host.post('copy', { text })),
    save: claims => void this.textOf(claims).then(({ text, extension }) => this.host.post('save', { name: `${claims.length === 1 ? claims[0] : 'claims'}.${extension}`, text })),
    showBlock: (claim, contender) => void import('./contender-payload.ts').then(({ contenderPayload }) => {
      const block = contenderPayload(claim, contender);
      if (block) this.host.showBlock(block, claim);
    }),
  };

  /** Those that are named, or else all there are. */
  async runAll(ids: readonly string[]): Promise<void> {
    this.actions.run(ids.length > 0 ? ids : (await import('../../src/blocks/claims/claim-formats.ts')).claimIds);
  }

  stop(reason: 'user' | 'stale'): void {
    const { running } = this.host.state();
    if (!running) return;
    this.host.update({ running: { ...running, next: [] } });
    this.runner.cancel(reason);
  }

  private next([claim, ...next]: readonly string[], done: number): void {
    const { host } = this;
    if (claim === undefined) {
      host.update({ running: null });
      return host.post('claimsEnded', { stopped: false });
    }
    const { failures, effort } = host.state();
    const otherFailures = Object.fromEntries(Object.entries(failures).filter(([id]) => id !== claim));
    host.update({ running: { claim, next, done, progress: { phase: 'loading', done: 0, of: 1 } }, failures: otherFailures });
    const { backend } = host.settings();
    this.runner.start<ClaimReport>(
      { id: claim, version: 0 },
      async () => {
        const [{ runClaim }, { claimOf }] = await Promise.all([import('./run-claim.ts'), import('../../src/blocks/claims/claim-formats.ts')]);
        const found = claimOf(claim);
        return found ? (clock, onProgress) => runClaim({ claim: found, backend, effort }, clock, onProgress)
          : () => Promise.resolve({ kind: 'failed', message: `There is no claim “${claim}”.` });
      },
      ended => this.ended(claim, done, ended),
    );
  }

  private ended(claim: string, done: number, { outcome }: Ended<ClaimReport>): void {
    const { host } = this;
    if (outcome.kind === 'cancelled') {
      host.update({ running: null });
      return host.post('claimsEnded', { stopped: true });
    }
    if (outcome.kind === 'finished') {
      host.update({ reports: { ...host.state().reports, [claim]: outcome.report } });
      host.post('claimFinished', { report: outcome.report });
    } else {
      const message = outcome.kind === 'failed' ? outcome.message : outcome.estimate.sentence;
      host.update({ failures: { ...host.state().failures, [claim]: message } });
      host.post('claimFailed', { claim, message });
    }
    this.next(host.state().running?.next ?? [], done + 1);
  }

  private async textOf(claims: readonly string[]): Promise<{ readonly text: string; readonly extension: string }> {
    const [{ claimTexts }, { runFormats }] = await Promise.all([import('../../src/blocks/claims/claim-formats.ts'), import('../../src/blocks/features/run-formats.ts')]);
    const { format } = this.host.settings();
    const { reports } = this.host.state();
    return { text: claimTexts[format](claims.flatMap(claim => reports[claim] ?? [])), extension: runFormats[format].extension };
  }
}
