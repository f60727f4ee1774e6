// The chain of calls of the user's functions that led to a place.
import type { CallStep } from '../graph/block-graph.ts';
import type { FunctionNode } from '../syntax/tree.ts';
import type { Location } from '../text/location.ts';
import { birth } from './birth.ts';
import type { Marked } from './marks.ts';

/** The function that a frame runs. */
export interface Callee {
  readonly node: FunctionNode;
  readonly file: string;
  readonly shownName: string | undefined;
}

export class CallFrame implements Marked {
  readonly born = birth();
  mark = 0;
  private steps: readonly CallStep[] | undefined = undefined;
  readonly depth: number;
  /** The called function's name; empty where it has none. */
  readonly name: string;
  /** True inside of a function that was evaluated although nobody calls it. */
  readonly hypothetical: boolean;

  constructor(
    readonly parent: CallFrame | undefined,
    /** Undefined for the file itself. */
    readonly callee: Callee | undefined,
    /** Where it was called. */
    readonly at: Location,
    /** False for the function that was evaluated although nobody calls it, and for the file itself. */
    readonly called: boolean,
    /** How many conditions lie around the call that are not known. */
    readonly conditions = 0,
    private readonly shownAs?: string,
  ) {
    this.depth = parent ? parent.depth + 1 : 0;
    this.name = callee?.shownName ?? '';
    this.hypothetical = parent !== undefined && (parent.hypothetical || !called);
  }

  /** Outermost first; without the file itself and without functions that nobody calls. */
  path(): readonly CallStep[] {
    if (!this.steps) {
      const outer = this.parent?.path() ?? [];
      this.steps = this.called ? [...outer, { name: this.name, at: this.at, ...(this.shownAs === undefined ? {} : { shownAs: this.shownAs }) }] : outer;
    }
    return this.steps;
  }
}
