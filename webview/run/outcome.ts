// How a run ends.
import { CannotRun, messageOf } from './cannot-run.ts';
import type { Estimate } from './estimate.ts';
import { Stopped } from './page-clock.ts';
import * as tf from './tensorflow.ts';
import { whyVoid } from './whether-void.ts';

export type Outcome<Report> =
  | { readonly kind: 'finished'; readonly report: Report }
  | { readonly kind: 'too-large'; readonly estimate: Estimate }
  | { readonly kind: 'failed'; readonly message: string; readonly node?: number }
  | { readonly kind: 'cancelled' };

/** What an exception during a run means. */
export function failureOf(error: unknown): Outcome<never> {
  if (error instanceof Stopped) return { kind: 'cancelled' };
  if (error instanceof CannotRun) return { kind: 'failed', message: error.message, ...(error.node === undefined ? {} : { node: error.node }) };
  return { kind: 'failed', message: whyVoid(tf.getBackend()) ?? messageOf(error) };
}
