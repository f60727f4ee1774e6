// Runs that are stopped, or that fail, and what is left of them. Bundled by ended-runs.test.ts.
import { claimOf } from '../../src/blocks/claims/claim-formats.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { runClaim } from '../../webview/claims/run-claim.ts';
import type { Outcome } from '../../webview/run/outcome.ts';
import { PageClock } from '../../webview/run/page-clock.ts';
import type { Phase } from '../../webview/run/progress.ts';
import { runBlock } from '../../webview/run/run-block.ts';
import * as tf from '../../webview/run/tensorflow.ts';

/** At which breath of which phase a run is stopped. */
export interface StopAt {
  readonly phase: Phase;
  readonly breath: number;
}

export interface Ended {
  readonly kind: Outcome<unknown>['kind'];
  /** The message of a run that failed or was refused. */
  readonly message?: string;
  /** The backend of a run that finished, and whether all its layers were measured. */
  readonly backend?: string;
  readonly complete?: boolean;
  /** How many tensors, buffers and bytes there are more than before. */
  readonly left: readonly [tensors: number, buffers: number, bytes: number];
  /** The phases that there were, in their order. */
  readonly phases: readonly Phase[];
}

/** Stops the run by itself. */
class StoppingClock extends PageClock {
  private breaths = 0;

  constructor(private readonly stop: AbortController, private readonly at: StopAt | undefined, private readonly phase: () => Phase | undefined) {
    super(stop.signal);
  }

  override breathe(): Promise<void> {
    this.stopIfTime();
    return super.breathe();
  }

  override breatheNowAndThen(): Promise<void> {
    this.stopIfTime();
    return super.breatheNowAndThen();
  }

  private stopIfTime(): void {
    if (this.phase() === this.at?.phase && this.breaths++ === this.at?.breath) this.stop.abort('user');
  }
}

async function runUntil(graph: BlockGraph, backend: BackendName, training: boolean, at?: StopAt): Promise<Ended> {
  const before = memory();
  const phases: Phase[] = [];
  const stop = new AbortController();
  const clock = new StoppingClock(stop, at, () => phases.at(-1));
  const outcome = await runBlock({ graph, lines: graph.nodes.map(({ id }) => id + 1), sizes: {}, backend, training, quick: true, evenIfLarge: true }, clock, ({ phase }) => { if (phases.at(-1) !== phase) phases.push(phase); });
  const after = memory();
  return {
    kind: outcome.kind, phases, left: [after[0] - before[0], after[1] - before[1], after[2] - before[2]],
    ...(outcome.kind === 'failed' ? { message: outcome.message } : outcome.kind === 'too-large' ? { message: outcome.estimate.sentence } : {}),
    ...(outcome.kind === 'finished' ? { backend: outcome.report.backend, complete: outcome.report.layersComplete } : {}),
  };
}

/** The message of a claim that could not be tried. */
async function tryClaim(id: string, backend: BackendName): Promise<string | undefined> {
  const outcome = await runClaim({ claim: claimOf(id)!, backend, effort: 'quick' }, new PageClock(new AbortController().signal), () => {});
  return outcome.kind === 'failed' ? outcome.message : undefined;
}

/** `tf.memory` wants a backend, and before the first run there is none. */
const memory = (): [number, number, number] => {
  const { numTensors, numDataBuffers, numBytes } = tf.engine().state;
  return [numTensors, numDataBuffers, numBytes];
};

Object.assign(window, { runUntil, tryClaim });
