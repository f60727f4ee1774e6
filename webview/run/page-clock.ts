// Time as a page has it: it can be hidden, it must breathe to stay alive, and the run can be stopped at every breath.
import type { World } from './sampling.ts';

/** Thrown at the next breath once the run was stopped from outside. */
export class Stopped extends Error {}

/** Breathing more often than this costs more than it gives. */
const BREATH_MS = 50;

export class PageClock implements World {
  private lastBreath = performance.now();

  constructor(private readonly signal: AbortSignal) {}

  /** True where the run was stopped because the block changed, so that nothing of the run is worth keeping. */
  get isStale(): boolean {
    return this.signal.aborted && this.signal.reason === 'stale';
  }

  now(): number {
    return performance.now();
  }

  isVisible(): boolean {
    return document.visibilityState === 'visible';
  }

  async breathe(): Promise<void> {
    this.throwIfStopped();
    await nextTask();
    while (!this.isVisible() && !this.signal.aborted) await this.untilVisibleOrStopped();
    this.lastBreath = this.now();
    this.throwIfStopped();
  }

  /** For loops of many short steps. */
  async breatheNowAndThen(): Promise<void> {
    if (this.now() - this.lastBreath > BREATH_MS) await this.breathe();
    else this.throwIfStopped();
  }

  private throwIfStopped(): void {
    if (this.signal.aborted) throw new Stopped();
  }

  private untilVisibleOrStopped(): Promise<void> {
    return new Promise(resolve => {
      const done = (): void => {
        document.removeEventListener('visibilitychange', done);
        this.signal.removeEventListener('abort', done);
        resolve();
      };
      document.addEventListener('visibilitychange', done);
      this.signal.addEventListener('abort', done);
    });
  }
}

/** A new task without a timer: timers of hidden and throttled pages are held back for up to a second. */
function nextTask(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
