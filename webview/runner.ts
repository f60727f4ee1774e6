// One run at a time: starts it, stops it, and forgets one that no longer matters. TensorFlow.js is loaded with the first
// run, so that the picture does not wait for it.
import type { Outcome } from './run/outcome.ts';
import { PageClock } from './run/page-clock.ts';
import type { Progress } from './run/progress.ts';

/** Drawing the progress takes time from what is measured. */
const PROGRESS_MS = 150;

/** Passes on every change of phase, and within a phase no more than one in a while. */
function sparingly(onProgress: (progress: Progress) => void): (progress: Progress) => void {
  let [phase, next] = ['', 0];
  return progress => {
    if (progress.phase === phase && performance.now() < next) return;
    [phase, next] = [progress.phase, performance.now() + PROGRESS_MS];
    onProgress(progress);
  };
}

/** What the run belongs to, as messages name it. */
export interface RunOf {
  readonly id: string;
  readonly version: number;
}

/** What runs: it never throws, and is loaded by whoever starts it. */
export type Job<Report> = (clock: PageClock, onProgress: (progress: Progress) => void) => Promise<Outcome<Report>>;

export type EndedOutcome<Report> = Exclude<Outcome<Report>, { kind: 'cancelled' }> | { readonly kind: 'cancelled'; readonly reason: 'user' | 'stale' };

export interface Ended<Report> {
  readonly of: RunOf;
  readonly outcome: EndedOutcome<Report>;
}

interface Running {
  of: RunOf;
  readonly stop: AbortController;
  /** Tells whoever started it that nothing will come of it. */
  giveUp(): void;
}

export class Runner {
  private current: Running | undefined;
  /** TensorFlow.js has one engine: a run that was stopped has to leave it before the next one starts, whoever starts it. */
  private static last: Promise<void> = Promise.resolve();

  constructor(private readonly onProgress: (progress: Progress) => void) {}

  /** A run that is under way is stopped first. `load` gives what runs. */
  start<Report>(of: RunOf, load: () => Promise<Job<Report>>, onEnd: (ended: Ended<Report>) => void): void {
    this.cancel('stale');
    const running: Running = { of, stop: new AbortController(), giveUp: () => onEnd({ of: running.of, outcome: { kind: 'cancelled', reason: 'stale' } }) };
    this.current = running;
    this.onProgress({ phase: 'loading', done: 0, of: 1 });
    Runner.last = Runner.last.then(() => this.run(running, load, onEnd));
  }

  /** The run ends at its next breath. One that was stopped as stale is reported at once and its outcome dropped. */
  cancel(reason: 'user' | 'stale'): void {
    const running = this.current;
    if (!running || running.stop.signal.aborted) return;
    running.stop.abort(reason);
    if (reason === 'stale') {
      this.current = undefined;
      running.giveUp();
    }
  }

  /** The same block under a new document version: its run goes on and answers for that version. */
  renumber(version: number): void {
    if (this.current) this.current.of = { ...this.current.of, version };
  }

  private async run<Report>(running: Running, load: () => Promise<Job<Report>>, onEnd: (ended: Ended<Report>) => void): Promise<void> {
    if (this.current !== running) return;
    const { signal } = running.stop;
    let outcome: Outcome<Report>;
    try {
      const job = await load();
      outcome = await job(new PageClock(signal), sparingly(progress => {
        if (this.current === running && !signal.aborted) this.onProgress(progress);
      }));
    } catch (error) {
      outcome = { kind: 'failed', message: `TensorFlow.js could not be loaded: ${error instanceof Error ? error.message : String(error)}` };
    }
    if (this.current !== running) return;
    this.current = undefined;
    onEnd({ of: running.of, outcome: outcome.kind === 'cancelled' ? { kind: 'cancelled', reason: 'user' } : outcome });
  }
}
