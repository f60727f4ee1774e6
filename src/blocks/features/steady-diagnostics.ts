// Problems that stay calm while a statement is being typed. Half-typed text contradicts itself all the time: `{ kernel`
// is an unknown attribute, `shape: [28` makes the convolution below one of too few dims.
//
// So from the first edit of a statement until the caret leaves it nothing new is said, at no line; nothing at all changes
// while the text does not parse. What was said before goes as soon as it no longer holds, and where it holds still it says
// so with the figures of the text as it is.
import type { Problem } from '../problems/problem.ts';
import { movedRange, type Edit } from '../text/edit.ts';
import type { TypedStatement } from './typing.ts';

/** The problems of one document from version to version, each with whatever else is known of it. */
export class SteadyDiagnostics<Found extends { readonly problem: Problem }> {
  /** At their places in the text as it is now. */
  private shown: readonly Found[] = [];

  /** To be told of every edit: a problem moves with its line, and goes where its own place is edited. */
  edit(edit: Edit): void {
    this.shown = this.shown.flatMap(found => {
      const at = movedRange(found.problem.at, edit);
      return at ? [{ ...found, problem: { ...found.problem, at } }] : [];
    });
  }

  /** What to show of all problems of a version while `typed` is being typed; everything where nothing is. */
  of(found: readonly Found[], parses: boolean, typed: TypedStatement | undefined): readonly Found[] {
    if (parses) this.shown = typed ? found.filter(({ problem }) => this.wasShown(problem)) : found;
    return this.shown;
  }

  private wasShown({ id, at }: Problem): boolean {
    return this.shown.some(({ problem }) => problem.id === id && problem.at.start === at.start);
  }
}
