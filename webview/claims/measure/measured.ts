// What the experiment of a claim gives, before it is compared.
import type { Effort, Measure, Quantity, Spiral } from '../../../src/blocks/protocol/claim-report.ts';
import type { Backend } from '../../run/backends.ts';
import type { PageClock } from '../../run/page-clock.ts';

/** What an experiment is run with. */
export interface Bench {
  readonly backend: Backend;
  readonly effort: Effort;
  readonly clock: PageClock;
  /** `done` is a share of the whole; the text says what is under way. */
  readonly onProgress: (done: number, text: string) => void;
}

export interface Measured {
  readonly measures: readonly Measure[];
  /** What varies, by quantity and contender: values at the same place are of the same round or seed. */
  readonly samples: ReadonlyMap<string, readonly number[]>;
  readonly spirals?: readonly Spiral[];
  readonly notes: readonly string[];
}

export const sampleKey = (quantity: Quantity, contender: string): string => `${quantity} ${contender}`;
