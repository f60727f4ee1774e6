// How a statement ends, and the ways that end early in one arm of a condition that is not known.
import type { Delta } from './trail.ts';
import type { Value } from './values.ts';

/** Undefined is the normal end. A thrown value travels as a `ProgramThrow` instead. */
export type Completion =
  | undefined
  | { readonly type: 'return'; readonly value: Value }
  | { readonly type: 'break' | 'continue'; readonly label: string | undefined };

/** A way that was left while another arm goes on; it is joined where both meet again. */
export interface PendingExit {
  readonly completion: NonNullable<Completion> | { readonly type: 'throw' };
  /** Where in the undo log both ways had the same state. */
  readonly position: number;
  /** What was born last before that. */
  readonly born: number;
  /** What the left way had changed since. */
  readonly delta: Delta;
}

/** The program throws. */
export class ProgramThrow extends Error {
  constructor(readonly value: Value) {
    super('the program throws');
  }
}
